// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "pipeline/error.h"

namespace winnow {

bool File::Open(const std::string& os_path) {
  Close();
  if (os_path == "-") {
    fd_ = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  } else {
    fd_ = open(os_path.c_str(), O_RDONLY | O_CLOEXEC);
  }
  struct stat st;
  if (fd_ < 0 || fstat(fd_, &st) != 0 || S_ISDIR(st.st_mode)) {
    Close();
    return false;
  }
  // Standard input may be a file whose front was read by someone else.
  seekable_ = S_ISREG(st.st_mode) && os_path != "-";
  size_ = seekable_ ? static_cast<uint64_t>(st.st_size) : kNoSize;
  stream_at_ = 0;
  head_size_ = static_cast<size_t>(
      std::max<int64_t>(ReadSystem(0, head_, sizeof head_), 0));
  return true;
}

void File::Close() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

int64_t File::ReadAt(uint64_t at, char* out, size_t n) {
  if (seekable_) return ReadSystem(at, out, n);
  WINNOW_CHECK(at == stream_at_);
  size_t ready = 0;
  if (at < head_size_) {
    ready = std::min(n, head_size_ - static_cast<size_t>(at));
    std::memcpy(out, head_ + at, ready);
  }
  const int64_t got = ReadSystem(at + ready, out + ready, n - ready);
  if (got < 0) return -1;
  stream_at_ += ready + static_cast<uint64_t>(got);
  return static_cast<int64_t>(ready) + got;
}

int64_t File::ReadSystem(uint64_t at, char* out, size_t n) {
  size_t done = 0;
  while (done < n) {
    const ssize_t got = seekable_ ? pread(fd_, out + done, n - done,
                                          static_cast<off_t>(at + done))
                                  : read(fd_, out + done, n - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return static_cast<int64_t>(done);
}

}  // namespace winnow
