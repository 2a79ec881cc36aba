// SPDX-License-Identifier: Apache-2.0
#include "pipeline/run_key.h"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>

#include "pipeline/text/hash.h"

namespace winnow {
namespace {

constexpr size_t kEdgeBytes = 4096;

// Hash of a file's edges; 0 where it cannot be read (counted later, by the
// source).
Hash128 HashEdges(const SourceFile& file) {
  const int fd = ::open(file.os_path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  char buffer[2 * kEdgeBytes];
  const ssize_t head = ::pread(fd, buffer, kEdgeBytes, 0);
  ssize_t tail = 0;
  if (file.bytes > kEdgeBytes && head > 0) {
    tail = ::pread(fd, buffer + head, kEdgeBytes,
                   static_cast<off_t>(file.bytes - kEdgeBytes));
  }
  ::close(fd);
  const auto size = static_cast<size_t>(std::max<ssize_t>(head, 0) +
                                        std::max<ssize_t>(tail, 0));
  return HashBytes128({buffer, size});
}

}  // namespace

void RunKey::Add(std::string_view name, std::string_view value) {
  text_.append(name);
  text_.push_back('=');
  text_.append(std::to_string(value.size()));
  text_.push_back(':');
  text_.append(value);
  text_.push_back('\n');
}

void RunKey::Add(std::string_view name, uint64_t value) {
  Add(name, std::string_view(std::to_string(value)));
}

void RunKey::AddInputs(const std::vector<SourceFile>& files) {
  for (const SourceFile& file : files) {
    Add("label", file.label);
    Add("path", file.path);
    Add("bytes", file.bytes);
    // A pipe has no edges to look at.
    if (file.os_path == "-") continue;
    const Hash128 hash = HashEdges(file);
    Add("edges", hash.hi);
    Add("edges", hash.lo);
  }
}

std::string RunKey::Finish() const {
  const Hash128 h = HashBytes128(text_);
  std::string out;
  for (const uint64_t part : {h.hi, h.lo}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      out += "0123456789abcdef"[part >> shift & 15];
    }
  }
  return out;
}

std::string ZstdVersion() { return ZSTD_versionString(); }

}  // namespace winnow
