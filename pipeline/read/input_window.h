// SPDX-License-Identifier: Apache-2.0
// A contiguous view of a file that slides forward and grows on demand, so that
// codecs can look as far ahead as a member reaches.
#ifndef WINNOW_PIPELINE_READ_INPUT_WINDOW_H_
#define WINNOW_PIPELINE_READ_INPUT_WINDOW_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "pipeline/read/file.h"

namespace winnow {

class InputWindow {
 public:
  // Views `file` from now on. Memory above 4 MiB goes back to the system.
  void Reset(File* file);

  // All bytes at `at` that are at hand: at least `want`, or up to the end of
  // the file or to a read error, see failed(). Valid until the next call. On a
  // stream `at` must not lie before that of any call since Reset(), but for
  // bytes that a larger `want` of an earlier call still holds.
  std::string_view View(uint64_t at, size_t want);

  // The system could not read on.
  bool failed() const { return failed_; }

 private:
  static constexpr size_t kLeastRead = size_t{64} << 10;
  static constexpr size_t kKept = size_t{4} << 20;

  void MakeRoom(size_t skip, size_t want);

  File* file_ = nullptr;
  std::unique_ptr<char[]> data_;
  size_t capacity_ = 0;
  uint64_t start_ = 0;  // file position of data_[0]
  size_t size_ = 0;
  bool failed_ = false;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_INPUT_WINDOW_H_
