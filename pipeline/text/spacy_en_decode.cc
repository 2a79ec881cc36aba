// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_decode.h"

#include "pipeline/text/spacy_en_classes.h"
#include "pipeline/text/unicode.h"

namespace winnow {

void SpacyChunk::Decode(std::string_view bytes) {
  static const SpacyClasses& classes = SpacyClasses::Get();
  bytes_ = bytes;
  if (at_.size() <= bytes.size()) {
    code_.resize(bytes.size());
    bits_.resize(bytes.size());
    at_.resize(bytes.size() + 1);
  }
  size_ = 0;
  size_t pos = 0;
  while (pos < bytes.size()) {
    at_[size_] = static_cast<uint32_t>(pos);
    const auto byte = static_cast<unsigned char>(bytes[pos]);
    char32_t c = byte;
    if (byte < 0x80) {
      ++pos;
    } else {
      c = DecodeUtf8(bytes, &pos);
    }
    code_[size_] = c;
    bits_[size_] = classes[c];
    ++size_;
  }
  at_[size_] = static_cast<uint32_t>(bytes.size());
}

}  // namespace winnow
