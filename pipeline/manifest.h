// SPDX-License-Identifier: Apache-2.0
// manifest.json: what a run folder is, and how far it has got. Replaced
// atomically at every mark; what it does not list does not exist. The inputs
// stand beside it in inputs.json, which is written once. Layout of both in
// docs/formats.md.
#ifndef WINNOW_PIPELINE_MANIFEST_H_
#define WINNOW_PIPELINE_MANIFEST_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/batch.h"
#include "pipeline/manifest_inputs.h"
#include "pipeline/read/cut.h"
#include "pipeline/run_key.h"
#include "pipeline/tally.h"

namespace winnow {

struct PartFile {
  std::string path;  // relative to the run folder
  uint64_t bytes = 0;
  uint64_t documents = 0;
  std::string xxh3;  // 32 hex digits, of the first `bytes` bytes
};

struct SegmentFile {
  std::string path;
  uint64_t bytes = 0;
  uint32_t stage = 0;  // rank among ordered stages
};

struct Manifest {
  std::string run_key;
  KeyParts key;  // what run_key is the hash of
  std::string recipe_name;
  std::string recipe;                 // resolved, YAML
  std::vector<ManifestInput> inputs;  // in inputs.json
  std::optional<Cursor> cursor;       // none before the first mark
  bool done = false;
  std::array<std::vector<PartFile>, kStreams> parts;
  std::vector<SegmentFile> segments;
  std::string tally;  // JSON

  // Without the inputs.
  std::string ToJson() const;
  // Without the inputs. Throws Error(kCorruption).
  static Manifest FromJson(std::string_view json);
  // manifest.json and inputs.json of a run folder. Throws Error(kCorruption),
  // Error(kNotFound) or Error(kIo).
  static Manifest Load(const std::string& folder);
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_MANIFEST_H_
