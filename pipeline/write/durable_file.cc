// SPDX-License-Identifier: Apache-2.0
#include "pipeline/write/durable_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "pipeline/error.h"

namespace winnow {
namespace {

[[noreturn]] void Fail(const char* what, const std::string& path) {
  const int code = errno;
  std::string advice;
  if (code == ENOSPC || code == EDQUOT) {
    advice = ": make room, then run the same command again";
  }
  throw Error(ErrorKind::kIo, std::string(what) + ": " + path + ": " +
                                  std::strerror(code) + advice);
}

void WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      Fail("cannot write", path);
    }
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

}  // namespace

AppendFile::AppendFile(const std::string& path, uint64_t length)
    : path_(path), size_(length) {
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) Fail("cannot open", path);
  struct stat info {};
  if (::fstat(fd_, &info) != 0) Fail("cannot stat", path);
  if (static_cast<uint64_t>(info.st_size) < length) {
    Close();
    throw Error(ErrorKind::kCorruption,
                path +
                    ": shorter than manifest.json says: start again in a "
                    "new folder");
  }
  if (::ftruncate(fd_, static_cast<off_t>(length)) != 0) {
    Fail("cannot cut", path);
  }
  if (::lseek(fd_, 0, SEEK_END) < 0) Fail("cannot seek", path);
}

AppendFile::AppendFile(AppendFile&& other) noexcept {
  *this = std::move(other);
}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  if (this != &other) {
    Close();
    path_ = std::move(other.path_);
    fd_ = std::exchange(other.fd_, -1);
    size_ = other.size_;
  }
  return *this;
}

AppendFile::~AppendFile() { Close(); }

void AppendFile::Close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void AppendFile::Append(std::string_view bytes) {
  WriteAll(fd_, bytes, path_);
  size_ += bytes.size();
}

void AppendFile::Sync() {
  if (fd_ >= 0 && ::fsync(fd_) != 0) Fail("cannot sync", path_);
}

void ReplaceFile(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".tmp";
  const int fd =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) Fail("cannot open", temporary);
  try {
    WriteAll(fd, bytes, temporary);
    if (::fsync(fd) != 0) Fail("cannot sync", temporary);
  } catch (...) {
    ::close(fd);
    throw;
  }
  ::close(fd);
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    Fail("cannot rename", temporary);
  }
  const size_t slash = path.rfind('/');
  SyncFolder(slash == std::string::npos ? "." : path.substr(0, slash + 1));
}

void MakeFolder(const std::string& path) {
  std::error_code code;
  std::filesystem::create_directories(path, code);
  if (code) {
    throw Error(ErrorKind::kIo,
                "cannot make folder: " + path + ": " + code.message());
  }
}

void SyncFolder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) Fail("cannot open folder", path);
  // Some file systems cannot sync a folder; the rename is then as safe as it
  // gets.
  static_cast<void>(::fsync(fd));
  ::close(fd);
}

std::string ReadWholeFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const int code = errno;
    throw Error(code == ENOENT ? ErrorKind::kNotFound : ErrorKind::kIo,
                "cannot open: " + path + ": " + std::strerror(code));
  }
  std::string bytes;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t n = ::read(fd, buffer, sizeof buffer);
    if (n == 0) break;
    if (n < 0) {
      if (errno == EINTR) continue;
      ::close(fd);
      Fail("cannot read", path);
    }
    bytes.append(buffer, static_cast<size_t>(n));
  }
  ::close(fd);
  return bytes;
}

FileLock::FileLock(const std::string& path) {
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) Fail("cannot open", path);
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd_);
    throw Error(ErrorKind::kUsage,
                path +
                    ": another run is writing to this folder: wait for it, "
                    "or choose another --output");
  }
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace winnow
