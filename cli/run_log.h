// SPDX-License-Identifier: Apache-2.0
// OUT/run.log: what a run did when, in lines. Not part of the result; it lets
// a resumed run say how much work it repeats, and lets a test prove it.
#ifndef WINNOW_CLI_RUN_LOG_H_
#define WINNOW_CLI_RUN_LOG_H_

#include <cstdint>
#include <string>

namespace winnow {

class RunLog {
 public:
  RunLog(const std::string& path, uint64_t checkpoint_bytes);
  ~RunLog();
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  // Decoded bytes, counted over the whole dump.
  void Start();
  void Resume(uint64_t mark);
  void Cut(uint64_t decoded);  // written every eighth of a mark
  void Mark(uint64_t decoded);
  void Done();

  // The furthest that an earlier session had begun, from the log; 0 if none.
  uint64_t furthest() const { return furthest_; }

 private:
  void Write(const char* what, uint64_t decoded);

  int fd_ = -1;
  uint64_t step_;
  uint64_t next_ = 0;
  uint64_t furthest_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_CLI_RUN_LOG_H_
