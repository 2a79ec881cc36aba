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
  size_t n = 0;
  uint32_t any = 0;
  for (size_t pos = 0; pos < bytes.size(); ++n) {
    at_[n] = static_cast<uint32_t>(pos);
    const auto byte = static_cast<unsigned char>(bytes[pos]);
    if (byte < 0x80) {
      code_[n] = byte;
      bits_[n] = classes.Ascii(byte);
      ++pos;
    } else {
      code_[n] = DecodeUtf8(bytes, &pos);
      bits_[n] = classes[code_[n]];
    }
    any |= bits_[n];
  }
  at_[n] = static_cast<uint32_t>(bytes.size());
  size_ = n;
  any_ = any;
}

}  // namespace winnow
