// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/digest.h"

#include <openssl/evp.h>

#include <array>
#include <iterator>

#include "pipeline/error.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

struct Algorithm {
  std::string_view name;
  std::string_view alias;
  const char* fetched_as;
  size_t size;  // bytes
};
constexpr Algorithm kAlgorithms[] = {
    {"sha1", "sha-1", "SHA1", 20},
    {"md5", "md-5", "MD5", 16},
    {"sha256", "sha-256", "SHA256", 32},
    {"sha512", "sha-512", "SHA512", 64},
};

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
int Base32Value(char c) {
  if (c >= '2' && c <= '7') return c - '2' + 26;
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
}
int Base64Value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

// Unpacks `bits` a character into *out. False at a foreign character.
bool Unpack(std::string_view text, int bits, int (*value)(char),
            std::string* out) {
  out->clear();
  uint32_t window = 0;
  int have = 0;
  for (const char c : text) {
    const int v = value(c);
    if (v < 0) return false;
    window = window << bits | static_cast<uint32_t>(v);
    have += bits;
    if (have < 8) continue;
    have -= 8;
    out->push_back(static_cast<char>(window >> have & 0xFF));
  }
  return true;
}

// The digest of `size` bytes that `text` stands for.
bool Decode(std::string_view text, size_t size, std::string* out) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() == 2 * size && Unpack(text, 4, HexValue, out)) return true;
  if (text.size() == (size * 8 + 4) / 5) {
    return Unpack(text, 5, Base32Value, out) && out->size() == size;
  }
  if (text.size() == (size * 8 + 5) / 6) {
    return Unpack(text, 6, Base64Value, out) && out->size() == size;
  }
  return false;
}

}  // namespace

struct DigestChecker::State {
  State() {
    // Fetched once: to name an algorithm costs locks and memory each time.
    for (size_t i = 0; i < std::size(kAlgorithms); ++i) {
      methods[i] = EVP_MD_fetch(nullptr, kAlgorithms[i].fetched_as, nullptr);
    }
  }
  ~State() {
    for (EVP_MD* method : methods) EVP_MD_free(method);
    EVP_MD_CTX_free(context);
  }

  EVP_MD_CTX* context = EVP_MD_CTX_new();
  // Null where the library has it not: FIPS builds refuse md5.
  EVP_MD* methods[std::size(kAlgorithms)];
};

DigestChecker::DigestChecker() : state_(std::make_unique<State>()) {
  if (state_->context == nullptr) {
    throw Error(ErrorKind::kMemory, "libcrypto has no memory to hash with");
  }
}
DigestChecker::~DigestChecker() = default;

DigestVerdict DigestChecker::Check(std::string_view field,
                                   std::string_view bytes) {
  const size_t colon = field.find(':');
  if (colon == std::string_view::npos) return DigestVerdict::kUnknown;
  const std::string_view name = TrimHttpSpace(field.substr(0, colon));
  for (size_t i = 0; i < std::size(kAlgorithms); ++i) {
    const Algorithm& algorithm = kAlgorithms[i];
    if (!EqualsIgnoreCase(name, algorithm.name) &&
        !EqualsIgnoreCase(name, algorithm.alias)) {
      continue;
    }
    if (!Decode(TrimHttpSpace(field.substr(colon + 1)), algorithm.size,
                &expected_)) {
      return DigestVerdict::kUnknown;
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> made{};
    unsigned length = 0;
    EVP_MD* const method = state_->methods[i];
    if (method == nullptr ||
        EVP_DigestInit_ex(state_->context, method, nullptr) != 1 ||
        EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(state_->context, made.data(), &length) != 1) {
      return DigestVerdict::kUnknown;
    }
    const std::string_view found(reinterpret_cast<const char*>(made.data()),
                                 length);
    return found == expected_ ? DigestVerdict::kMatch
                              : DigestVerdict::kMismatch;
  }
  return DigestVerdict::kUnknown;
}

}  // namespace winnow
