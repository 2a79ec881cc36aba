// SPDX-License-Identifier: Apache-2.0
// Checks `WARC-Block-Digest` and `WARC-Payload-Digest`: `algorithm:value`, with
// sha1, md5, sha256 or sha512 in base32 (the specification's example), hex, or
// base64 of either alphabet. Which one is told by the length; base64 and base32
// of one length never stand for the same digest.
// Source: WARC 1.1, 5.8 and 5.9; warcio : warcio/digestverifyingreader.py for
// what is written in the wild. Hashing is libcrypto's.
#ifndef WINNOW_PIPELINE_READ_WARC_DIGEST_H_
#define WINNOW_PIPELINE_READ_WARC_DIGEST_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace winnow {

enum class DigestVerdict : uint8_t {
  kMatch,
  kMismatch,
  kUnknown,  // an algorithm or a value that we cannot read
};

// One for each worker: keeps the hash context.
class DigestChecker {
 public:
  DigestChecker();
  ~DigestChecker();
  DigestChecker(const DigestChecker&) = delete;
  DigestChecker& operator=(const DigestChecker&) = delete;

  // Whether `bytes` hash to what `field` says.
  DigestVerdict Check(std::string_view field, std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::string expected_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_DIGEST_H_
