// SPDX-License-Identifier: Apache-2.0
// Bytes in some encoding to valid UTF-8. The order: byte-order mark; UTF-8 if
// all of it is; the label of the transport, then the label in a page's <meta>,
// if the bytes decode under it; UTF-8 with U+FFFD where it is nearly that; a
// statistical detector's guess, if the bytes decode under that; windows-1252
// where the text could be Western. What is left is undecodable: counted,
// rather than kept as gibberish. docs/charset.md tells it in full.
// Source: the WHATWG Encoding and HTML standards; where they say "errors are
// replaced" this asks how many there are first.
#ifndef WINNOW_PIPELINE_READ_CHARSET_CHARSET_H_
#define WINNOW_PIPELINE_READ_CHARSET_CHARSET_H_

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/read/charset/labels.h"
#include "pipeline/text/utf8.h"

namespace winnow {

// What told the encoding.
enum class CharsetBy : uint8_t {
  kValidUtf8,
  kMark,       // byte-order mark
  kTransport,  // the label given to Decode()
  kMeta,       // the page's own
  kEscapes,    // of a seven-bit encoding
  kRepair,     // UTF-8 but for some bytes
  kDetector,
  kFallback,  // windows-1252
};

struct DecodedText {
  // Without byte-order mark. A view into the input where that was UTF-8, else
  // into the decoder, until its next call.
  std::string_view text;
  std::string_view charset;  // the standard's name; static
  bool converted = false;    // `text` is the decoder's
  bool replaced = false;     // some bytes became U+FFFD
  CharsetBy by = CharsetBy::kValidUtf8;

  // A name for the count of what was mended, or empty: the encoding was
  // guessed, or is one that the standard refuses. Static.
  std::string_view Mended() const;
};

// One for each worker; keeps scratch and a detector. Nothing is allocated once
// the scratch has grown, but by the detector.
class CharsetDecoder {
 public:
  CharsetDecoder();
  ~CharsetDecoder();
  CharsetDecoder(const CharsetDecoder&) = delete;
  CharsetDecoder& operator=(const CharsetDecoder&) = delete;

  // `label` is what the transport says, or empty; `html` allows <meta>. False
  // if the bytes are text in no encoding that we know of.
  [[nodiscard]] bool Decode(std::string_view bytes, std::string_view label,
                            bool html, DecodedText* out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_CHARSET_H_
