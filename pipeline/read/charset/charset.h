// SPDX-License-Identifier: Apache-2.0
// Bytes in some encoding to valid UTF-8. The order: byte-order mark; UTF-8 if
// all of it is; the label of the transport, else the label in a page's <meta>,
// if the bytes decode under it; UTF-8 with U+FFFD where it is nearly that;
// windows-1252 where nothing is declared and the text could be Western. What
// is left is undecodable: counted, rather than kept as gibberish.
#ifndef WINNOW_PIPELINE_READ_CHARSET_CHARSET_H_
#define WINNOW_PIPELINE_READ_CHARSET_CHARSET_H_

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/read/charset/labels.h"
#include "pipeline/text/utf8.h"

namespace winnow {

struct DecodedText {
  // Without byte-order mark. A view into the input where that was UTF-8, else
  // into the decoder, until its next call.
  std::string_view text;
  std::string_view charset;  // the standard's name; static
  bool converted = false;    // `text` is the decoder's
  bool replaced = false;     // some bytes became U+FFFD
};

// One for each worker; keeps converters and scratch.
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
