// SPDX-License-Identifier: Apache-2.0
#include "pipeline/run_folder_parts.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "pipeline/error.h"
#include "pipeline/run_folder_names.h"
#include "pipeline/run_key.h"
#include "pipeline/text/hash.h"

namespace winnow {

struct PartStream::Hasher {
  XXH3_state_t state;  // aligned to 64 bytes by its type
};

PartStream::PartStream(std::string root, std::string folder,
                       std::string extension, uint64_t shard_bytes,
                       const ShardFormat* format)
    : root_(std::move(root)),
      folder_(std::move(folder)),
      extension_(std::move(extension)),
      shard_bytes_(shard_bytes),
      format_(format),
      hasher_(std::make_unique<Hasher>()) {}

PartStream::~PartStream() = default;
PartStream::PartStream(PartStream&&) noexcept = default;

std::string PartStream::Digest() const {
  const XXH128_hash_t h = XXH3_128bits_digest(&hasher_->state);
  return HexDigits({h.low64, h.high64});
}

// Hashes the first part.bytes bytes, read back from disk.
void PartStream::HashBack(const PartFile& part) {
  const std::string path = root_ + "/" + part.path;
  XXH3_128bits_reset(&hasher_->state);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw Error(ErrorKind::kIo, "cannot open: " + path);
  std::string buffer(size_t{1} << 20, '\0');
  ssize_t n = 0;
  do {
    n = ::read(fd, buffer.data(), buffer.size());
    if (n > 0) {
      XXH3_128bits_update(&hasher_->state, buffer.data(),
                          static_cast<size_t>(n));
    }
  } while (n > 0 || (n < 0 && errno == EINTR));
  ::close(fd);
  if (n < 0) throw Error(ErrorKind::kIo, "cannot read: " + path);
  if (Digest() != part.xxh3) {
    throw Error(ErrorKind::kCorruption,
                path +
                    ": not what was written: start again in a new folder, and "
                    "look after that disk");
  }
}

void PartStream::Recover(const std::vector<PartFile>& parts) {
  for (size_t i = 0; i < parts.size(); ++i) {
    AppendFile file(root_ + "/" + parts[i].path, parts[i].bytes);
    HashBack(parts[i]);
    if (i + 1 == parts.size() && parts[i].bytes < shard_bytes_) {
      file_ = std::move(file);
    }
  }
}

void PartStream::Append(std::string_view encoded, uint64_t documents,
                        std::vector<PartFile>* parts) {
  if (!file_.open()) {
    PartFile part;
    part.path = NumberedName(folder_, "", parts->size(), extension_);
    file_ = AppendFile(root_ + "/" + part.path, 0);
    XXH3_128bits_reset(&hasher_->state);
    parts->push_back(std::move(part));
    if (format_ != nullptr) Write(format_->header());
  }
  Write(encoded);
  parts->back().bytes = file_.size();
  parts->back().documents += documents;
  if (file_.size() >= shard_bytes_) End(parts);
}

void PartStream::Write(std::string_view bytes) {
  file_.Append(bytes);
  XXH3_128bits_update(&hasher_->state, bytes.data(), bytes.size());
}

void PartStream::Sync(std::vector<PartFile>* parts) {
  if (!file_.open()) return;
  file_.Sync();
  parts->back().xxh3 = Digest();
}

void PartStream::End(std::vector<PartFile>* parts) {
  if (!file_.open()) return;
  if (format_ != nullptr) {
    Write(format_->Footer(file_.path(), file_.size()));
    parts->back().bytes = file_.size();
  }
  Sync(parts);
  file_.Close();
}

}  // namespace winnow
