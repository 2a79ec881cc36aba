// SPDX-License-Identifier: Apache-2.0
#include "pipeline/run_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "pipeline/error.h"
#include "pipeline/text/hash.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolders[] = {"data", "dropped", "dedup"};

std::string Numbered(const std::string& folder, const std::string& stem,
                     size_t number, const std::string& extension) {
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 5 ? 5 - digits.size() : 0, '0');
  return folder + "/" + stem + digits + "." + extension;
}

std::string Hex(const XXH128_hash_t& h) {
  std::string out;
  for (const uint64_t part : {h.high64, h.low64}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      out += "0123456789abcdef"[part >> shift & 15];
    }
  }
  return out;
}

// XXH3-128 of a file, read back from disk.
std::string ChecksumFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw Error(ErrorKind::kIo, "cannot open: " + path);
  XXH3_state_t* state = XXH3_createState();
  XXH3_128bits_reset(state);
  std::string buffer(1 << 20, '\0');
  ssize_t n = 0;
  while ((n = ::read(fd, buffer.data(), buffer.size())) > 0) {
    XXH3_128bits_update(state, buffer.data(), static_cast<size_t>(n));
  }
  ::close(fd);
  const XXH128_hash_t hash = XXH3_128bits_digest(state);
  XXH3_freeState(state);
  if (n < 0) throw Error(ErrorKind::kIo, "cannot read: " + path);
  return Hex(hash);
}

}  // namespace

RunFolder::RunFolder(FolderOptions options, Manifest fresh)
    : options_(std::move(options)), manifest_(std::move(fresh)) {
  const fs::path root(options_.path);
  std::error_code code;
  if (fs::exists(root, code) && !fs::is_directory(root, code)) {
    throw Error(ErrorKind::kUsage,
                options_.path + ": not a folder: choose another --output");
  }
  const bool had_manifest = fs::exists(root / "manifest.json", code);
  if (!had_manifest && fs::exists(root, code)) {
    for (const auto& entry : fs::directory_iterator(root, code)) {
      const std::string name = entry.path().filename().string();
      const bool ours = name == ".lock" || name == "manifest.json.tmp" ||
                        std::find(std::begin(kFolders), std::end(kFolders),
                                  name) != std::end(kFolders);
      if (!ours) {
        throw Error(ErrorKind::kUsage,
                    options_.path + ": holds files that are not winnow's (" +
                        name + "): choose an empty --output");
      }
    }
  }
  MakeFolder(options_.path);
  lock_ = std::make_unique<FileLock>(Path(".lock"));
  for (const char* folder : kFolders) MakeFolder(Path(folder));
  if (fs::exists(root / "manifest.json", code)) {
    Manifest found = Manifest::FromJson(ReadWholeFile(Path("manifest.json")));
    if (found.run_key != manifest_.run_key) {
      throw Error(ErrorKind::kUsage,
                  options_.path +
                      ": holds another run (other recipe, inputs, limit or "
                      "version): choose another --output");
    }
    manifest_ = std::move(found);
    resumed_ = true;
  }
  Recover();
  if (!resumed_) ReplaceFile(Path("manifest.json"), manifest_.ToJson());
}

std::string RunFolder::Path(const std::string& relative) const {
  return options_.path + "/" + relative;
}

void RunFolder::RemoveUnlisted(const std::string& folder) {
  std::set<std::string> listed;
  for (const auto& parts : manifest_.parts) {
    for (const PartFile& part : parts) listed.insert(part.path);
  }
  for (const SegmentFile& s : manifest_.segments) listed.insert(s.path);
  if (manifest_.done) listed.insert("dedup/clusters.jsonl");
  for (const auto& entry : fs::directory_iterator(Path(folder))) {
    const std::string name = folder + "/" + entry.path().filename().string();
    if (!listed.contains(name)) fs::remove_all(entry.path());
  }
}

void RunFolder::Recover() {
  for (const char* folder : kFolders) RemoveUnlisted(folder);
  for (size_t stream = 0; stream < kStreams; ++stream) {
    const auto& parts = manifest_.parts[stream];
    for (size_t i = 0; i < parts.size(); ++i) {
      AppendFile file(Path(parts[i].path), parts[i].bytes);
      const bool last = i + 1 == parts.size();
      if (last && parts[i].bytes < options_.shard_bytes) {
        open_[stream] = std::move(file);
      }
    }
  }
}

void RunFolder::WriteFrame(const Frame& frame) {
  const auto stream = static_cast<size_t>(frame.stream);
  auto& parts = manifest_.parts[stream];
  AppendFile& file = open_[stream];
  if (!file.open()) {
    PartFile part;
    part.path =
        Numbered(kFolders[stream], "", parts.size(), options_.extension);
    file = AppendFile(Path(part.path), 0);
    parts.push_back(std::move(part));
  }
  file.Append(frame.encoded);
  parts.back().bytes = file.size();
  parts.back().documents += frame.documents;
  if (file.size() >= options_.shard_bytes) {
    file.Sync();
    file.Close();
  }
}

void RunFolder::Checkpoint(const Cursor& cursor, const Tally& total,
                           const std::vector<std::string>& segments) {
  for (AppendFile& file : open_) file.Sync();
  for (size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].empty()) continue;
    size_t number = 0;
    for (const SegmentFile& s : manifest_.segments) number += s.stage == i;
    SegmentFile segment;
    segment.path =
        Numbered("dedup", options_.ordered_stages[i] + "-", number, "seg");
    segment.bytes = segments[i].size();
    segment.stage = static_cast<uint32_t>(i);
    AppendFile file(Path(segment.path), 0);
    file.Append(segments[i]);
    file.Sync();
    manifest_.segments.push_back(std::move(segment));
  }
  for (const char* folder : kFolders) SyncFolder(Path(folder));
  manifest_.cursor = cursor;
  manifest_.tally.clear();
  total.AppendJson(&manifest_.tally);
  ReplaceFile(Path("manifest.json"), manifest_.ToJson());
  if (on_mark) on_mark(cursor);
}

std::vector<std::string> RunFolder::SegmentPaths(uint32_t stage) const {
  std::vector<std::string> paths;
  for (const SegmentFile& s : manifest_.segments) {
    if (s.stage == stage) paths.push_back(Path(s.path));
  }
  return paths;
}

void RunFolder::Finish() {
  for (AppendFile& file : open_) file.Close();
  for (auto& parts : manifest_.parts) {
    for (PartFile& part : parts) part.xxh3 = ChecksumFile(Path(part.path));
  }
  manifest_.done = true;
  ReplaceFile(Path("manifest.json"), manifest_.ToJson());
}

}  // namespace winnow
