// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4), for data whose publisher names its hash: vocabularies
// and models. Not for hot paths: hash.h is the door for those.
#ifndef WINNOW_PIPELINE_TEXT_SHA256_H_
#define WINNOW_PIPELINE_TEXT_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// Takes bytes in any number of calls. Thread-compatible.
class Sha256 {
 public:
  Sha256();
  void Update(std::string_view bytes);
  // The digest of all bytes so far; nothing may be added afterwards.
  std::array<uint8_t, 32> Finish();

 private:
  void Block(const unsigned char* block);

  std::array<uint32_t, 8> state_;
  std::array<unsigned char, 64> buffer_;
  uint64_t bytes_ = 0;
};

// Digest of `bytes` as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SHA256_H_
