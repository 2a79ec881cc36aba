// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "cli/output.h"
#include "stats/human.h"

namespace winnow {
namespace {

bool CanRedraw() {
  const char* term = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 &&
         (term == nullptr || std::string_view(term) != "dumb");
}

}  // namespace

std::string ProgressLine(const ProgressSample& sample, uint64_t total_bytes,
                         uint64_t start_bytes, uint64_t start_decoded,
                         double seconds, size_t width) {
  const uint64_t done = std::min(sample.disk_bytes, total_bytes);
  const double share = total_bytes == 0 ? 0.0
                                        : static_cast<double>(done) /
                                              static_cast<double>(total_bytes);
  const double rate =
      seconds > 0 ? static_cast<double>(sample.decoded_bytes - start_decoded) /
                        seconds / 1e6
                  : 0.0;
  std::string left = "?";
  if (sample.disk_bytes > start_bytes && seconds > 1) {
    const double speed =
        static_cast<double>(sample.disk_bytes - start_bytes) / seconds;
    left = HumanSeconds(static_cast<double>(total_bytes - done) / speed);
  }
  constexpr size_t kBar = 24;
  const auto full = static_cast<size_t>(share * static_cast<double>(kBar));
  std::string bar(kBar, '.');
  std::fill_n(bar.begin(), std::min(full, kBar), '#');
  std::string line = fmt::format(
      "[{}] {:3.0f}%  {} of {}  {:.1f} MB/s  {} docs  {} kept  {} left", bar,
      100 * share, HumanBytes(done), HumanBytes(total_bytes), rate,
      HumanCount(sample.documents), HumanCount(sample.kept), left);
  if (line.size() > width) line.resize(width);
  return line;
}

Progress::Progress(uint64_t total_bytes, bool quiet)
    : total_bytes_(total_bytes),
      shown_(!quiet && CanRedraw()),
      started_(std::chrono::steady_clock::now()),
      last_(started_) {}

Progress::~Progress() { Done(); }

void Progress::Update(const ProgressSample& sample) {
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (first_) {
    start_ = sample;
    first_ = false;
  }
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  const size_t columns = TerminalColumns(STDERR_FILENO);
  const size_t width = columns > 1 ? columns - 1 : 99;
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const std::string line = ProgressLine(sample, total_bytes_, start_.disk_bytes,
                                        start_.decoded_bytes, seconds, width);
  Note("\r\x1b[K{}", line);
  drawn_ = true;
}

void Progress::Done() {
  if (drawn_) NoteText("\r\x1b[K");
  drawn_ = false;
}

}  // namespace winnow
