// SPDX-License-Identifier: Apache-2.0
// The output folder of a run: shards, dedup segments and the manifest that
// says which of their bytes count. At a mark: frames end, parts and segments
// are synced, then manifest.json is replaced. On opening: parts are cut to the
// recorded lengths, files the manifest does not list are deleted.
#ifndef WINNOW_PIPELINE_RUN_FOLDER_H_
#define WINNOW_PIPELINE_RUN_FOLDER_H_

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/executor.h"
#include "pipeline/manifest.h"
#include "pipeline/write/durable_file.h"

namespace winnow {

struct FolderOptions {
  std::string path;
  std::string extension = "jsonl.zst";
  uint64_t shard_bytes = uint64_t{1} << 30;
  std::vector<std::string> ordered_stages;  // names, for file names
};

class RunFolder : public RunSink {
 public:
  // Creates or opens the folder and takes its lock. `fresh` is the manifest of
  // this command at its start. Throws Error(kUsage) if the folder holds
  // another run (another run key) or foreign files.
  RunFolder(FolderOptions options, Manifest fresh);

  // The state to go on from: fresh, or what the folder already holds.
  const Manifest& manifest() const { return manifest_; }
  bool resumed() const { return resumed_; }

  void WriteFrame(const Frame& frame) override;
  void Checkpoint(const Cursor& cursor, const Tally& total,
                  const std::vector<std::string>& segments) override;

  // Called after each mark has been made safe; for the log.
  std::function<void(const Cursor&)> on_mark;

  std::vector<std::string> SegmentPaths(uint32_t stage) const;
  std::string Path(const std::string& relative) const;

  // Marks the run as done: checksums of all parts, then the last manifest.
  void Finish();

 private:
  void Recover();
  void RemoveUnlisted(const std::string& folder);

  FolderOptions options_;
  Manifest manifest_;
  bool resumed_ = false;
  std::unique_ptr<FileLock> lock_;
  std::array<AppendFile, kStreams> open_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_RUN_FOLDER_H_
