// SPDX-License-Identifier: Apache-2.0
// inputs.json: the files of a run, as they were when it began.
#ifndef WINNOW_PIPELINE_MANIFEST_INPUTS_H_
#define WINNOW_PIPELINE_MANIFEST_INPUTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document.h"

namespace winnow {

struct ManifestInput {
  std::string label;
  std::string path;
  std::string os_path;  // where it was; `explain` reads it again
  uint64_t bytes = 0;
  // XXH3-128 of the first and last 4 KiB, 32 hex digits; empty where it is no
  // file that can be read.
  std::string edges;
  // Seconds and nanoseconds of the last change ("1700000000.000000000").
  // Empty with `edges`.
  std::string mtime;

  friend bool operator==(const ManifestInput&, const ManifestInput&) = default;
};

// `label/path`.
std::string InputIdentity(const ManifestInput& input);

// Looks at the edges and the time of each file. Opens regular files alone.
std::vector<ManifestInput> ProbeInputs(const std::vector<SourceFile>& files);

// Hash of what identifies the inputs: label, path, bytes, edges. 32 hex digits.
std::string InputsHash(const std::vector<ManifestInput>& inputs);

// Says which file differs first in what identifies it, or "" if none does.
std::string FirstDifference(const std::vector<ManifestInput>& before,
                            const std::vector<ManifestInput>& now);

std::string InputsToJson(const std::vector<ManifestInput>& inputs);
// Throws Error(kCorruption).
std::vector<ManifestInput> InputsFromJson(std::string_view json);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_MANIFEST_INPUTS_H_
