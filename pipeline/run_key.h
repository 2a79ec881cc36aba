// SPDX-License-Identifier: Apache-2.0
// The run key: the hash of everything that decides a run's bytes. A folder
// with another key is refused. Threads, memory and verbosity are outside it.
#ifndef WINNOW_PIPELINE_RUN_KEY_H_
#define WINNOW_PIPELINE_RUN_KEY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document.h"

namespace winnow {

class RunKey {
 public:
  // Order matters; name and value are both hashed.
  void Add(std::string_view name, std::string_view value);
  void Add(std::string_view name, uint64_t value);
  // Label, path, size, and XXH3-128 of the first and last 4 KiB of each file.
  void AddInputs(const std::vector<SourceFile>& files);
  // 32 hex digits.
  std::string Finish() const;

 private:
  std::string text_;
};

// "1.5.4" of the zstd library that runs, for the key.
std::string ZstdVersion();

}  // namespace winnow

#endif  // WINNOW_PIPELINE_RUN_KEY_H_
