// SPDX-License-Identifier: Apache-2.0
// A chunk (a run without white space) as code points with their classes, the
// form in which the exact tokenizer reads it.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_DECODE_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_DECODE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

// Valid until the next Decode; views the bytes of the chunk.
class SpacyChunk {
 public:
  void Decode(std::string_view bytes);

  size_t size() const { return size_; }
  char32_t code(size_t i) const { return code_[i]; }
  // SpacyClass bits.
  uint32_t bits(size_t i) const { return bits_[i]; }
  // Bits that any of its characters has.
  uint32_t any() const { return any_; }
  bool is_ascii() const { return size_ == bytes_.size(); }
  bool Is(size_t i, uint32_t any) const { return (bits_[i] & any) != 0; }
  // Byte offset of character i, i <= size().
  uint32_t at(size_t i) const { return at_[i]; }
  std::string_view Slice(size_t first, size_t last) const {
    return bytes_.substr(at_[first], at_[last] - at_[first]);
  }

 private:
  std::string_view bytes_;
  size_t size_ = 0;
  uint32_t any_ = 0;
  // Arrays that only grow.
  std::vector<char32_t> code_;
  std::vector<uint32_t> bits_;
  std::vector<uint32_t> at_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_DECODE_H_
