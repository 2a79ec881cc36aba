// SPDX-License-Identifier: Apache-2.0
// An input file, read by position. No mmap: a file that is cut while we read
// it must not end in SIGBUS. Standard input and FIFOs are read from the front.
#ifndef WINNOW_PIPELINE_READ_FILE_H_
#define WINNOW_PIPELINE_READ_FILE_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace winnow {

class File {
 public:
  static constexpr uint64_t kNoSize = std::numeric_limits<uint64_t>::max();

  File() = default;
  ~File() { Close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  // Opens a file, or standard input for "-". False if it cannot be opened or
  // is nothing that can be read.
  bool Open(const std::string& os_path);
  void Close();

  // True for a regular file: ReadAt() takes any position, from any thread.
  bool seekable() const { return seekable_; }
  // As the file was opened; kNoSize for a stream.
  uint64_t size() const { return size_; }
  // The first bytes, up to four, that tell the codec.
  std::string_view head() const { return {head_, head_size_}; }

  // Reads up to n bytes at `at` and returns how many: fewer only at the end of
  // the file. -1: the system could not read. A stream takes only the position
  // behind the last byte it gave.
  int64_t ReadAt(uint64_t at, char* out, size_t n);

 private:
  int64_t ReadSystem(uint64_t at, char* out, size_t n);

  int fd_ = -1;
  bool seekable_ = false;
  uint64_t size_ = 0;
  uint64_t stream_at_ = 0;
  char head_[4];
  size_t head_size_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_FILE_H_
