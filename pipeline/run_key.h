// SPDX-License-Identifier: Apache-2.0
// The run key: the hash of everything that decides a run's bytes. A folder
// with another key is refused. Threads, memory and verbosity are outside it.
#ifndef WINNOW_PIPELINE_RUN_KEY_H_
#define WINNOW_PIPELINE_RUN_KEY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/text/hash.h"

namespace winnow {

// Name and value, in order. Names: recipe, winnow, limit, dropped, part, zstd,
// unicode, vocabularies, inputs.
using KeyParts = std::vector<std::pair<std::string, std::string>>;

class RunKey {
 public:
  // Order matters; name and value are both hashed.
  void Add(std::string_view name, std::string_view value);
  const KeyParts& parts() const { return parts_; }
  // 32 hex digits.
  std::string Finish() const;

 private:
  KeyParts parts_;
};

// Says in what two keys differ: "another limit (100, not 200)"; the first
// difference only.
std::string KeyDifference(const KeyParts& before, const KeyParts& now);

// 32 hex digits.
std::string HexDigits(const Hash128& hash);

// "1.5.4" of the zstd library that runs, for the key.
std::string ZstdVersion();

}  // namespace winnow

#endif  // WINNOW_PIPELINE_RUN_KEY_H_
