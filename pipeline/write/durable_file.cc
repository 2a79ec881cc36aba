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
#include <vector>

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

// Closes on the way out of a throw.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// What the user gave as --output cannot be one: their command is wrong, not
// the disk.
bool IsUsersMistake(int code) {
  return code == EACCES || code == EPERM || code == EROFS || code == ENOTDIR ||
         code == EEXIST || code == ENAMETOOLONG || code == ELOOP ||
         code == ENOENT || code == EISDIR;
}

[[noreturn]] void FailOnOutput(const char* what, const std::string& path,
                               int code) {
  if (!IsUsersMistake(code)) {
    errno = code;
    Fail(what, path);
  }
  throw Error(ErrorKind::kUsage, std::string(what) + ": " + path + ": " +
                                     std::strerror(code) +
                                     ": choose another --output");
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

}  // namespace

AppendFile::AppendFile(const std::string& path, uint64_t length)
    : path_(path), size_(length) {
  Descriptor file(::open(
      path.c_str(), O_RDWR | O_CLOEXEC | (length == 0 ? O_CREAT : 0), 0644));
  struct stat info {};
  const bool missing = file.get() < 0 && errno == ENOENT && length != 0;
  if (file.get() < 0 && !missing) Fail("cannot open", path);
  if (!missing && ::fstat(file.get(), &info) != 0) Fail("cannot stat", path);
  if (missing || static_cast<uint64_t>(info.st_size) < length) {
    throw Error(ErrorKind::kCorruption,
                path +
                    (missing ? ": missing, but in manifest.json"
                             : ": shorter than manifest.json says") +
                    ": start again in a new folder");
  }
  if (::ftruncate(file.get(), static_cast<off_t>(length)) != 0) {
    Fail("cannot cut", path);
  }
  if (::lseek(file.get(), 0, SEEK_END) < 0) Fail("cannot seek", path);
  fd_ = file.Release();
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

void ReplaceFile(const std::string& path,
                 const std::function<void(const ByteSink&)>& write) {
  const std::string temporary = path + ".tmp";
  Descriptor file(::open(temporary.c_str(),
                         O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.get() < 0) Fail("cannot open", temporary);
  write(
      [&](std::string_view bytes) { WriteAll(file.get(), bytes, temporary); });
  if (::fsync(file.get()) != 0) Fail("cannot sync", temporary);
  // Network file systems tell of a full disk here.
  if (::close(file.Release()) != 0 && errno != EINTR) {
    Fail("cannot close", temporary);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    Fail("cannot rename", temporary);
  }
  SyncFolder(FolderOf(path));
}

void ReplaceFile(const std::string& path, std::string_view bytes) {
  ReplaceFile(path, [&](const ByteSink& sink) { sink(bytes); });
}

void MakeFolder(const std::string& path) {
  namespace fs = std::filesystem;
  std::vector<fs::path> missing;  // deepest first
  std::error_code code;
  for (fs::path at = path; !at.empty() && !fs::exists(at, code);
       at = at.parent_path()) {
    if (code && code != std::errc::no_such_file_or_directory) break;
    missing.push_back(at);
  }
  fs::create_directories(path, code);
  if (code) FailOnOutput("cannot make folder", path, code.value());
  for (const fs::path& made : missing) {
    if (!made.has_filename()) continue;  // "x/": its parent is x itself
    const fs::path parent = made.parent_path();
    SyncFolder(parent.empty() ? "." : parent.string());
  }
}

void SyncFolder(const std::string& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // A folder that we may write to but not list: its rename is as safe as it
  // gets.
  if (folder.get() < 0 && errno == EACCES) return;
  if (folder.get() < 0) Fail("cannot open folder", path);
  if (::fsync(folder.get()) == 0) return;
  // Some file systems cannot sync a folder; any other failure is real.
  if (errno != EINVAL && errno != ENOTSUP) Fail("cannot sync folder", path);
}

std::string ReadWholeFile(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    const int code = errno;
    throw Error(code == ENOENT ? ErrorKind::kNotFound : ErrorKind::kIo,
                "cannot open: " + path + ": " + std::strerror(code));
  }
  std::string bytes;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t n = ::read(file.get(), buffer, sizeof buffer);
    if (n == 0) break;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) Fail("cannot read", path);
    bytes.append(buffer, static_cast<size_t>(n));
  }
  return bytes;
}

FileLock::FileLock(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (file.get() < 0) FailOnOutput("cannot open", path, errno);
  int locked = 0;
  do {
    locked = ::flock(file.get(), LOCK_EX | LOCK_NB);
  } while (locked != 0 && errno == EINTR);
  if (locked != 0 && errno != EWOULDBLOCK) Fail("cannot lock", path);
  if (locked != 0) {
    throw Error(ErrorKind::kUsage,
                path +
                    ": another run is writing to this folder: wait for it, "
                    "or choose another --output");
  }
  fd_ = file.Release();
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace winnow
