// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_decode.h"

#include "pipeline/text/spacy_en_classes.h"
#include "pipeline/text/unicode.h"

namespace winnow {

void SpacyChunk::Decode(std::string_view bytes) {
  const SpacyClasses& classes = SpacyClasses::Get();
  bytes_ = bytes;
  code_.clear();
  bits_.clear();
  at_.clear();
  size_t pos = 0;
  while (pos < bytes.size()) {
    at_.push_back(static_cast<uint32_t>(pos));
    const char32_t c = DecodeUtf8(bytes, &pos);
    code_.push_back(c);
    bits_.push_back(classes[c]);
  }
  at_.push_back(static_cast<uint32_t>(bytes.size()));
}

}  // namespace winnow
