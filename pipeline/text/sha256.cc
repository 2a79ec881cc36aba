// SPDX-License-Identifier: Apache-2.0
// SHA-256 as FIPS 180-4 section 6.2 describes it. The two tables of constants
// are the fractional parts of square and cube roots of the first primes; they
// are computed here in integers, so that no table can hold a typing error.
#include "pipeline/text/sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace winnow {
namespace {

constexpr bool IsPrime(uint32_t n) {
  for (uint32_t d = 2; d * d <= n; ++d) {
    if (n % d == 0) return false;
  }
  return true;
}

// Whether (x / 2^32)^power <= prime, in 128 bits. `x` stays below 2^36, so the
// cube needs 108 bits.
constexpr bool RootAtMost(uint64_t x, int power, uint32_t prime) {
  __extension__ using Wide = unsigned __int128;
  const Wide square = static_cast<Wide>(x) * x;
  if (power == 2) return square <= static_cast<Wide>(prime) << 64;
  return square * x <= static_cast<Wide>(prime) << 96;
}

// First 32 bits of the fractional part of the root of `prime`.
constexpr uint32_t RootFraction(uint32_t prime, int power) {
  uint64_t x = 0;
  for (int bit = 36; bit >= 0; --bit) {
    const uint64_t candidate = x | (uint64_t{1} << bit);
    if (RootAtMost(candidate, power, prime)) x = candidate;
  }
  return static_cast<uint32_t>(x);
}

template <size_t kCount>
constexpr std::array<uint32_t, kCount> RootTable(int power) {
  std::array<uint32_t, kCount> table{};
  uint32_t prime = 2;
  for (size_t i = 0; i < kCount; ++prime) {
    if (IsPrime(prime)) table[i++] = RootFraction(prime, power);
  }
  return table;
}

constexpr std::array<uint32_t, 8> kInitial = RootTable<8>(2);
constexpr std::array<uint32_t, 64> kRound = RootTable<64>(3);

uint32_t LoadBigEndian(const unsigned char* p) {
  return (uint32_t{p[0]} << 24) | (uint32_t{p[1]} << 16) |
         (uint32_t{p[2]} << 8) | uint32_t{p[3]};
}

void StoreBigEndian(uint32_t value, unsigned char* p) {
  for (int i = 0; i < 4; ++i) {
    p[i] = static_cast<unsigned char>(value >> (24 - 8 * i));
  }
}

}  // namespace

Sha256::Sha256() : state_(kInitial), buffer_{} {}

void Sha256::Block(const unsigned char* block) {
  std::array<uint32_t, 64> w;
  for (size_t t = 0; t < 16; ++t) w[t] = LoadBigEndian(block + 4 * t);
  for (size_t t = 16; t < 64; ++t) {
    const uint32_t a = w[t - 15];
    const uint32_t b = w[t - 2];
    const uint32_t s0 = std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3);
    const uint32_t s1 = std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  std::array<uint32_t, 8> v = state_;
  auto& [a, b, c, d, e, f, g, h] = v;
  for (size_t t = 0; t < 64; ++t) {
    const uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + kRound[t] + w[t];
    const uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  for (size_t i = 0; i < 8; ++i) state_[i] += v[i];
}

void Sha256::Update(std::string_view bytes) {
  while (!bytes.empty()) {
    const size_t used = bytes_ % 64;
    const size_t take = std::min(bytes.size(), 64 - used);
    std::memcpy(buffer_.data() + used, bytes.data(), take);
    bytes_ += take;
    bytes.remove_prefix(take);
    if (used + take == 64) Block(buffer_.data());
  }
}

std::array<uint8_t, 32> Sha256::Finish() {
  const uint64_t bits = bytes_ * 8;
  Update(std::string_view("\x80", 1));
  static constexpr char kZeros[64] = {};
  Update({kZeros, (120 - bytes_ % 64) % 64});
  unsigned char length[8];
  StoreBigEndian(static_cast<uint32_t>(bits >> 32), length);
  StoreBigEndian(static_cast<uint32_t>(bits), length + 4);
  for (const unsigned char byte : length) {
    const char c = static_cast<char>(byte);
    Update({&c, 1});
  }
  std::array<uint8_t, 32> digest;
  for (size_t i = 0; i < 8; ++i) StoreBigEndian(state_[i], &digest[4 * i]);
  return digest;
}

std::string Sha256Hex(std::string_view bytes) {
  Sha256 hash;
  hash.Update(bytes);
  std::string hex;
  for (const uint8_t byte : hash.Finish()) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

}  // namespace winnow
