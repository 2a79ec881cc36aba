// SPDX-License-Identifier: Apache-2.0
#include "pipeline/run_folder.h"

#include <filesystem>
#include <set>

#include "pipeline/error.h"
#include "pipeline/run_folder_names.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void RefuseOtherRun(const std::string& path,
                                 const std::string& difference) {
  throw Error(ErrorKind::kUsage, path + ": holds another run: " + difference +
                                     ": choose another --output");
}

}  // namespace

RunFolder::RunFolder(FolderOptions options, Manifest fresh)
    : options_(std::move(options)), manifest_(std::move(fresh)) {
  if (options_.path.empty()) {
    throw Error(ErrorKind::kUsage,
                "--output: empty: give a folder, or - for stdout");
  }
  std::error_code code;
  if (!fs::exists(Path("manifest.json"), code)) CheckFreeForRun(options_.path);
  MakeFolder(options_.path);
  lock_ = std::make_unique<FileLock>(Path(".lock"));
  for (size_t s = 0; s < kStreams; ++s) {
    streams_.emplace_back(options_.path, kRunFolders[s], options_.extension,
                          options_.shard_bytes, options_.format);
  }
  segment_counts_.resize(options_.ordered_stages.size());
  if (fs::exists(Path("manifest.json"), code)) {
    Open(Manifest::FromJson(ReadWholeFile(Path("manifest.json"))));
    return;
  }
  for (const char* folder : kRunFolders) MakeFolder(Path(folder));
  // A kill between the two leaves a run without a mark, which writes its
  // inputs again.
  ReplaceFile(Path("manifest.json"), manifest_.ToJson());
  ReplaceFile(Path("inputs.json"), InputsToJson(manifest_.inputs));
}

// Goes on with the run that the folder holds.
void RunFolder::Open(Manifest found) {
  std::error_code code;
  std::vector<ManifestInput> before = manifest_.inputs;
  const bool has_inputs = fs::exists(Path("inputs.json"), code);
  if (has_inputs) before = InputsFromJson(ReadWholeFile(Path("inputs.json")));
  if (found.run_key != manifest_.run_key) {
    std::string difference = KeyDifference(found.key, manifest_.key);
    if (difference == "other inputs") {
      const std::string first = FirstDifference(before, manifest_.inputs);
      if (!first.empty()) difference += " (" + first + ")";
    }
    RefuseOtherRun(options_.path, difference);
  }
  // Where the files are now, and with the times they have now.
  found.inputs = std::move(manifest_.inputs);
  manifest_ = std::move(found);
  resumed_ = true;
  CheckTimes(before);
  if (manifest_.done) return;
  for (const char* folder : kRunFolders) MakeFolder(Path(folder));
  if (!has_inputs || before != manifest_.inputs) {
    ReplaceFile(Path("inputs.json"), InputsToJson(manifest_.inputs));
  }
  for (const char* folder : kRunFolders) RemoveUnlisted(folder);
  for (size_t s = 0; s < kStreams; ++s) {
    streams_[s].Recover(manifest_.parts[s]);
  }
  for (const SegmentFile& s : manifest_.segments) ++segment_counts_[s.stage];
}

// The key holds size and edges. A file of the same size and edges that was
// written to since may have changed between them: what was read of it and what
// is yet to be read would not fit together.
void RunFolder::CheckTimes(const std::vector<ManifestInput>& before) {
  if (before.size() != manifest_.inputs.size()) return;
  const auto begun = [&](size_t i) {
    if (!manifest_.cursor.has_value()) return false;
    const Cursor& c = *manifest_.cursor;
    return i < c.file || (i == c.file && c.decoded_offset != 0);
  };
  for (size_t i = 0; i < before.size(); ++i) {
    const ManifestInput& was = before[i];
    const ManifestInput& is = manifest_.inputs[i];
    if (was.mtime == is.mtime || !begun(i)) continue;
    touched_input_ = is.os_path;
    if (manifest_.done) return;
    throw Error(ErrorKind::kUsage,
                is.os_path +
                    ": written to since this run read it: choose another "
                    "--output; or, if you know that its content is the same, "
                    "give it its time back: touch -d @" +
                    was.mtime + " '" + is.os_path + "'");
  }
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
  for (const auto& entry : fs::directory_iterator(Path(folder))) {
    const std::string name = folder + "/" + entry.path().filename().string();
    if (listed.contains(name) || !IsRunFileName(name)) continue;
    std::error_code code;
    if (entry.is_regular_file(code)) fs::remove(entry.path(), code);
  }
}

void RunFolder::WriteFrame(const Frame& frame) {
  const auto s = static_cast<size_t>(frame.stream);
  streams_[s].Append(frame.encoded, frame.documents, &manifest_.parts[s]);
}

void RunFolder::Checkpoint(const Cursor& cursor, const Tally& total,
                           const std::vector<std::string>& segments) {
  for (size_t s = 0; s < kStreams; ++s) streams_[s].Sync(&manifest_.parts[s]);
  for (size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].empty()) continue;
    SegmentFile segment;
    segment.path = NumberedName("dedup", options_.ordered_stages[i] + "-",
                                segment_counts_[i]++, "seg");
    segment.bytes = segments[i].size();
    segment.stage = static_cast<uint32_t>(i);
    AppendFile file(Path(segment.path), 0);
    file.Append(segments[i]);
    file.Sync();
    manifest_.segments.push_back(std::move(segment));
  }
  for (const char* folder : kRunFolders) SyncFolder(Path(folder));
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
  for (size_t s = 0; s < kStreams; ++s) streams_[s].End(&manifest_.parts[s]);
  manifest_.done = true;
  ReplaceFile(Path("manifest.json"), manifest_.ToJson());
}

}  // namespace winnow
