// SPDX-License-Identifier: Apache-2.0
#include "cli/run_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "pipeline/write/durable_file.h"

namespace winnow {

RunLog::RunLog(const std::string& path, uint64_t checkpoint_bytes)
    : step_(std::max<uint64_t>(checkpoint_bytes / 8, 1)) {
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd_ < 0) return;  // a run does not fail for want of its log
  std::istringstream lines(ReadWholeFile(path));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("start") || line.starts_with("resume")) furthest_ = 0;
    if (line.starts_with("cut ")) {
      furthest_ = std::max<uint64_t>(
          furthest_, std::strtoull(line.c_str() + 4, nullptr, 10));
    }
  }
}

RunLog::~RunLog() {
  if (fd_ >= 0) ::close(fd_);
}

void RunLog::Write(const char* what, uint64_t decoded) {
  if (fd_ < 0) return;
  char line[64];
  const int n = std::snprintf(line, sizeof line, "%s %llu\n", what,
                              static_cast<unsigned long long>(decoded));
  if (::write(fd_, line, static_cast<size_t>(n)) < 0) return;
}

void RunLog::Start() { Write("start", 0); }
void RunLog::Resume(uint64_t mark) {
  next_ = mark;
  Write("resume", mark);
}
void RunLog::Cut(uint64_t decoded) {
  if (decoded < next_) return;
  next_ = decoded + step_;
  Write("cut", decoded);
}
void RunLog::Mark(uint64_t decoded) { Write("mark", decoded); }
void RunLog::Done() { Write("done", 0); }

}  // namespace winnow
