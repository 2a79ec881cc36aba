// SPDX-License-Identifier: Apache-2.0
// The parts of one stream of a run: numbered files that are appended to, each
// up to `shard_bytes`, with a running XXH3-128 of what was written. A resume
// reads the parts back once and compares: what was damaged since is found
// then, not blessed at the end.
#ifndef WINNOW_PIPELINE_RUN_FOLDER_PARTS_H_
#define WINNOW_PIPELINE_RUN_FOLDER_PARTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/manifest.h"
#include "pipeline/write/durable_file.h"
#include "pipeline/write/shard_format.h"

namespace winnow {

class PartStream {
 public:
  // Of the run folder at `root`; `folder` below it. `format` null: JSONL.
  PartStream(std::string root, std::string folder, std::string extension,
             uint64_t shard_bytes, const ShardFormat* format = nullptr);
  ~PartStream();
  PartStream(PartStream&&) noexcept;

  // Cuts the listed parts to their lengths, checks their hashes and goes on
  // behind the last. Throws Error(kCorruption).
  void Recover(const std::vector<PartFile>& parts);
  void Append(std::string_view encoded, uint64_t documents,
              std::vector<PartFile>* parts);
  // Syncs the open part and brings its hash in `parts` up to date.
  void Sync(std::vector<PartFile>* parts);
  // Ends the open part, with the format's footer, and closes it.
  void End(std::vector<PartFile>* parts);

 private:
  struct Hasher;

  void HashBack(const PartFile& part);
  void Write(std::string_view bytes);
  std::string Digest() const;

  std::string root_;
  std::string folder_;
  std::string extension_;
  uint64_t shard_bytes_;
  const ShardFormat* format_;
  AppendFile file_;
  std::unique_ptr<Hasher> hasher_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_RUN_FOLDER_PARTS_H_
