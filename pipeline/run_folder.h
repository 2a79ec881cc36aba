// SPDX-License-Identifier: Apache-2.0
// The output folder of a run: shards, dedup segments and the manifest that
// says which of their bytes count. At a mark: frames end, parts and segments
// are synced, then manifest.json is replaced. On opening: parts are cut to the
// recorded lengths and checked; files with names of ours that the manifest
// does not list are deleted, and no others. A run that is done is not touched.
#ifndef WINNOW_PIPELINE_RUN_FOLDER_H_
#define WINNOW_PIPELINE_RUN_FOLDER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/executor.h"
#include "pipeline/manifest.h"
#include "pipeline/run_folder_parts.h"
#include "pipeline/write/durable_file.h"

namespace winnow {

struct FolderOptions {
  std::string path;
  std::string extension = "jsonl.zst";
  uint64_t shard_bytes = uint64_t{1} << 30;
  const ShardFormat* format = nullptr;      // null: JSONL; outlives the folder
  std::vector<std::string> ordered_stages;  // names, for file names
};

class RunFolder : public RunSink {
 public:
  // Creates or opens the folder and takes its lock. `fresh` is the manifest of
  // this command at its start. Throws Error(kUsage) if the folder holds
  // another run (another run key), foreign files, or a run that is half done
  // with an input that has changed since.
  RunFolder(FolderOptions options, Manifest fresh);

  // The state to go on from: fresh, or what the folder already holds.
  const Manifest& manifest() const { return manifest_; }
  bool resumed() const { return resumed_; }
  // Of a run that is done: the first input that was written to since (same
  // size, same edges, another time), or "".
  const std::string& touched_input() const { return touched_input_; }

  void WriteFrame(const Frame& frame) override;
  void Checkpoint(const Cursor& cursor, const Tally& total,
                  const std::vector<std::string>& segments) override;

  // Called after each mark has been made safe; for the log.
  std::function<void(const Cursor&)> on_mark;

  std::vector<std::string> SegmentPaths(uint32_t stage) const;
  std::string Path(const std::string& relative) const;

  // Marks the run as done: the last manifest.
  void Finish();

 private:
  void Open(Manifest found);
  void CheckTimes(const std::vector<ManifestInput>& before);
  void RemoveUnlisted(const std::string& folder);

  FolderOptions options_;
  Manifest manifest_;
  bool resumed_ = false;
  std::string touched_input_;
  std::unique_ptr<FileLock> lock_;
  std::vector<PartStream> streams_;
  std::vector<size_t> segment_counts_;  // by ordered stage
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_RUN_FOLDER_H_
