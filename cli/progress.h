// SPDX-License-Identifier: Apache-2.0
// The progress line on a terminal: bytes, MB/s, documents, kept so far, time
// left. Redrawn at most five times a second, and only if stderr is a terminal
// that can (TERM is not dumb). No colour.
#ifndef WINNOW_CLI_PROGRESS_H_
#define WINNOW_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "pipeline/executor.h"

namespace winnow {

// What the line says; `width` columns.
std::string ProgressLine(const ProgressSample& sample, uint64_t total_bytes,
                         uint64_t start_bytes, uint64_t start_decoded,
                         double seconds, size_t width);

class Progress {
 public:
  Progress(uint64_t total_bytes, bool quiet);
  ~Progress();
  void Update(const ProgressSample& sample);
  // Clears the line.
  void Done();

 private:
  uint64_t total_bytes_;
  bool shown_;
  bool drawn_ = false;
  bool first_ = true;
  ProgressSample start_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace winnow

#endif  // WINNOW_CLI_PROGRESS_H_
