// SPDX-License-Identifier: Apache-2.0
// Files that survive a kill: append and fsync, or replace as a whole. The one
// place where the run touches the output file system, so that faults (full
// disk, failed sync) surface as Error(kIo) with the path.
#ifndef WINNOW_PIPELINE_WRITE_DURABLE_FILE_H_
#define WINNOW_PIPELINE_WRITE_DURABLE_FILE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace winnow {

// An append-only file. Move-only; closes on destruction without a sync.
class AppendFile {
 public:
  AppendFile() = default;
  // Opens, cut to `length` bytes; creates where `length` is 0. Throws
  // Error(kCorruption) if the file is shorter, or missing.
  AppendFile(const std::string& path, uint64_t length);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&& other) noexcept;
  ~AppendFile();

  bool open() const { return fd_ >= 0; }
  uint64_t size() const { return size_; }
  const std::string& path() const { return path_; }
  void Append(std::string_view bytes);
  void Sync();
  void Close();

 private:
  std::string path_;
  int fd_ = -1;
  uint64_t size_ = 0;
};

// Writes path.tmp, syncs it, renames it over `path`, syncs the folder: after
// a kill the file is the old one or the new one, never a mixture.
void ReplaceFile(const std::string& path, std::string_view bytes);
// The same for bytes that come in pieces: `write` calls its argument with
// each.
using ByteSink = std::function<void(std::string_view)>;
void ReplaceFile(const std::string& path,
                 const std::function<void(const ByteSink&)>& write);

// Creates the folder and its parents, and syncs the parents of what is new.
// Throws Error(kUsage) where the path cannot be a folder of ours (read-only,
// a file in the way), else Error(kIo).
void MakeFolder(const std::string& path);
// A file system that cannot sync folders at all is no error.
void SyncFolder(const std::string& path);

// Whole file; Error(kNotFound) or Error(kIo).
std::string ReadWholeFile(const std::string& path);

// Holds an exclusive lock on `path` (created if missing) until destroyed.
// Throws Error(kUsage) if another process holds it.
class FileLock {
 public:
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int fd_ = -1;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_WRITE_DURABLE_FILE_H_
