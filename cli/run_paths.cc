// SPDX-License-Identifier: Apache-2.0
#include "cli/run_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "pipeline/error.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;

// Links resolved as far as the path exists.
fs::path RealPath(const std::string& path) {
  std::error_code code;
  fs::path real = fs::weakly_canonical(fs::absolute(path, code), code);
  if (code) real = fs::absolute(path, code).lexically_normal();
  return real.has_filename() ? real : real.parent_path();
}

// True also where both are the same.
bool IsInside(const fs::path& inner, const fs::path& outer) {
  const auto [end, unused] =
      std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return end == outer.end();
}

}  // namespace

void CheckRunPaths(const InputList& inputs, const std::string& output) {
  if (output.empty()) {
    throw Error(ErrorKind::kUsage,
                "--output: empty: give a folder, or - for stdout");
  }
  if (!inputs.streams.empty()) {
    const std::string& stream = inputs.streams[0];
    throw Error(ErrorKind::kUsage,
                "--input " + stream +
                    ": not a regular file, and a run must be able to read "
                    "twice: save it to a file, or write to stdout with "
                    "--output -");
  }
  const fs::path out = RealPath(output);
  for (const std::string& root : inputs.roots) {
    const fs::path in = RealPath(root);
    std::error_code code;
    if (fs::is_directory(in, code) && IsInside(out, in)) {
      throw Error(
          ErrorKind::kUsage,
          fmt::format("--output {}: inside the input {}, where the next "
                      "run would read it: choose an --output outside",
                      output, root));
    }
    if (IsInside(in, out)) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("--input {}: inside the output {}, which belongs "
                              "to the run: choose another --output",
                              root, output));
    }
  }
}

}  // namespace winnow
