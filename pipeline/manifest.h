// SPDX-License-Identifier: Apache-2.0
// manifest.json: what a run folder is, and how far it has got. Replaced
// atomically at every mark; what it does not list does not exist. Layout in
// docs/formats.md.
#ifndef WINNOW_PIPELINE_MANIFEST_H_
#define WINNOW_PIPELINE_MANIFEST_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/batch.h"
#include "pipeline/read/cut.h"
#include "pipeline/tally.h"

namespace winnow {

struct PartFile {
  std::string path;  // relative to the run folder
  uint64_t bytes = 0;
  uint64_t documents = 0;
  std::string xxh3;  // 32 hex digits; only once the run is done
};

struct SegmentFile {
  std::string path;
  uint64_t bytes = 0;
  uint32_t stage = 0;  // rank among ordered stages
};

struct ManifestInput {
  std::string label;
  std::string path;
  std::string os_path;  // where it was; `explain` reads it again
  uint64_t bytes = 0;
};

struct Manifest {
  std::string run_key;
  std::string recipe_name;
  std::string recipe;  // resolved, YAML
  std::vector<ManifestInput> inputs;
  std::optional<Cursor> cursor;  // none before the first mark
  bool done = false;
  std::array<std::vector<PartFile>, kStreams> parts;
  std::vector<SegmentFile> segments;
  std::string tally;  // JSON

  std::string ToJson() const;
  // Throws Error(kCorruption).
  static Manifest FromJson(std::string_view json);
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_MANIFEST_H_
