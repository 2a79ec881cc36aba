// SPDX-License-Identifier: Apache-2.0
// Reads a part of a file from front to back through a small buffer. The file
// is open only while the buffer is filled, so thousands of windows need no
// more than one descriptor.
#ifndef WINNOW_DEDUP_FILE_WINDOW_H_
#define WINNOW_DEDUP_FILE_WINDOW_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

class FileWindow {
 public:
  // Bytes [begin, end) of the file. `path` outlives the window.
  FileWindow(const std::string& path, uint64_t begin, uint64_t end,
             size_t buffer_bytes)
      : path_(&path), next_(begin), end_(end), buffer_bytes_(buffer_bytes) {}

  bool done() const { return at_ == buffer_.size() && next_ == end_; }

  // The next `n` bytes, valid until the next call. Throws Error(kCorruption)
  // if the part has fewer, Error(kIo) if the file cannot be read.
  std::string_view Take(size_t n);
  // Whatever comes next, at most a buffer; empty at the end.
  std::string_view TakeSome();
  uint64_t TakeNumber(size_t bytes);

 private:
  void Fill(size_t at_least);

  const std::string* path_;
  uint64_t next_;  // file offset behind the buffer
  uint64_t end_;
  size_t buffer_bytes_;
  std::string buffer_;
  size_t at_ = 0;
};

// Size of a file. Throws Error(kIo).
uint64_t FileBytes(const std::string& path);

}  // namespace winnow

#endif  // WINNOW_DEDUP_FILE_WINDOW_H_
