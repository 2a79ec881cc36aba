// SPDX-License-Identifier: Apache-2.0
#include "dedup/file_window.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "dedup/little_endian.h"
#include "dedup/segment.h"
#include "pipeline/error.h"

namespace winnow {
namespace {

[[noreturn]] void ThrowIo(const std::string& path) {
  throw Error(ErrorKind::kIo, "cannot read dedup segment: " + path + ": " +
                                  std::generic_category().message(errno));
}

class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) ThrowIo(path);
  }
  ~Descriptor() { close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

void FileWindow::Fill(size_t at_least) {
  buffer_.erase(0, at_);
  at_ = 0;
  const size_t had = buffer_.size();
  if (at_least - had > end_ - next_) ThrowDamagedSegment("names");
  const size_t want = static_cast<size_t>(std::min<uint64_t>(
      std::max(at_least, buffer_bytes_) - had, end_ - next_));
  buffer_.resize(had + want);
  const Descriptor file(*path_);
  for (size_t got = 0; got < want;) {
    const ssize_t n = pread(file.get(), buffer_.data() + had + got, want - got,
                            static_cast<off_t>(next_));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) ThrowIo(*path_);
    if (n == 0) ThrowDamagedSegment("cut short");
    got += static_cast<size_t>(n);
    next_ += static_cast<uint64_t>(n);
  }
}

std::string_view FileWindow::Take(size_t n) {
  if (buffer_.size() - at_ < n) Fill(n);
  at_ += n;
  return std::string_view(buffer_).substr(at_ - n, n);
}

std::string_view FileWindow::TakeSome() {
  if (done()) return {};
  if (at_ == buffer_.size()) Fill(1);
  return Take(buffer_.size() - at_);
}

uint64_t FileWindow::TakeNumber(size_t bytes) {
  return LoadLittle(Take(bytes).data(), bytes);
}

uint64_t FileBytes(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) ThrowIo(path);
  return static_cast<uint64_t>(info.st_size);
}

}  // namespace winnow
