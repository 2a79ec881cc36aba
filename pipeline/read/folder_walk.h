// SPDX-License-Identifier: Apache-2.0
// Walks a folder for its regular files, in no particular order. The rules for
// hidden names and symbolic links stand in input_list.h.
#ifndef WINNOW_PIPELINE_READ_FOLDER_WALK_H_
#define WINNOW_PIPELINE_READ_FOLDER_WALK_H_

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

struct FoundFile {
  std::string path;  // below the folder, '/' between parts
  uint64_t bytes;
};

// Appends the files below `folder`. A folder below it that cannot be opened is
// appended as if it were a file: opening it will fail, and be counted. Throws
// Error(kUsage) if `folder` itself cannot be opened, and Error(kIo) if a folder
// fails while it is read.
void WalkFolder(const std::string& folder, std::vector<FoundFile>* found);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_FOLDER_WALK_H_
