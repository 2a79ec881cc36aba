// SPDX-License-Identifier: Apache-2.0
// The names that a run gives to its files: which of a folder's files are ours
// to delete, and which folders a new run may take.
#ifndef WINNOW_PIPELINE_RUN_FOLDER_NAMES_H_
#define WINNOW_PIPELINE_RUN_FOLDER_NAMES_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow {

// Folders of a run, those of the streams first.
inline constexpr const char* kRunFolders[] = {"data", "dropped", "dedup"};

// `data/00007.jsonl.zst`, `dedup/minhash-00007.seg`.
std::string NumberedName(std::string_view folder, std::string_view stem,
                         size_t number, std::string_view extension);

// True if a run makes files of this name (`data/00007.jsonl.zst`), here or
// with other options. Nothing else in a run's folders is ever deleted.
bool IsRunFileName(std::string_view relative);

// Throws Error(kUsage) unless a new run may take the folder at `root`: it is
// absent, or holds nothing but empty folders of a run that was killed before
// its first manifest.
void CheckFreeForRun(const std::string& root);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_RUN_FOLDER_NAMES_H_
