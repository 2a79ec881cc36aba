// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4), for checking vocabularies and models against the
// hashes that the project pins. Portable and plain: it runs once a file.
#ifndef WINNOW_PIPELINE_TEXT_SHA256_H_
#define WINNOW_PIPELINE_TEXT_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// Hash of bytes that arrive in parts. After Finish the object is spent.
class Sha256 {
 public:
  Sha256();

  void Update(std::string_view bytes);
  std::array<uint8_t, 32> Finish();
  // Finish, as 64 lower-case hexadecimal digits.
  std::string FinishHex();

 private:
  void Block(const unsigned char* block);

  std::array<uint32_t, 8> state_;
  std::array<unsigned char, 64> pending_;
  size_t num_pending_ = 0;
  uint64_t total_bytes_ = 0;
};

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SHA256_H_
