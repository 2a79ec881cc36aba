// SPDX-License-Identifier: Apache-2.0
// The encoding of text that declares none: libuchardet (freedesktop/uchardet,
// a descendant of Mozilla's detector) over the first and last 64 KiB, and what
// its answer must pass before it is believed. Its known mistakes: Western text
// with few accents taken for Mac Central Europe, IBM 852 or a rare part of
// ISO 8859, any text with a few high bytes for Thai or Greek, short Korean for
// Chinese. docs/charset.md has the rates.
#ifndef WINNOW_PIPELINE_READ_CHARSET_DETECT_H_
#define WINNOW_PIPELINE_READ_CHARSET_DETECT_H_

#include <memory>
#include <string_view>

#include "pipeline/read/charset/evidence.h"
#include "pipeline/read/charset/labels.h"

namespace winnow {

// One for each worker. Answers depend on the bytes alone.
class CharsetDetector {
 public:
  CharsetDetector();
  ~CharsetDetector();
  CharsetDetector(const CharsetDetector&) = delete;
  CharsetDetector& operator=(const CharsetDetector&) = delete;

  // `evidence` is that of the bytes. Null if there is no answer, or one that
  // nothing here decodes. The caller must see whether the bytes decode under
  // it.
  const Encoding* Guess(std::string_view bytes, const ByteEvidence& evidence);

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

// UTF-16 without a byte-order mark, or null: bytes of zero, all on one side.
const Encoding* GuessUtf16(std::string_view bytes);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_DETECT_H_
