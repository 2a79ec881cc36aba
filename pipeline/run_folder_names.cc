// SPDX-License-Identifier: Apache-2.0
#include "pipeline/run_folder_names.h"

#include <algorithm>
#include <filesystem>

#include "pipeline/error.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;

bool IsNumber(std::string_view s) {
  return s.size() >= 5 && std::all_of(s.begin(), s.end(), [](char c) {
           return c >= '0' && c <= '9';
         });
}

bool TakeSuffix(std::string_view suffix, std::string_view* s) {
  if (!s->ends_with(suffix)) return false;
  s->remove_suffix(suffix.size());
  return true;
}

}  // namespace

std::string NumberedName(std::string_view folder, std::string_view stem,
                         size_t number, std::string_view extension) {
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 5 ? 5 - digits.size() : 0, '0');
  std::string name(folder);
  name.append("/").append(stem).append(digits).append(".").append(extension);
  return name;
}

bool IsRunFileName(std::string_view relative) {
  const size_t slash = relative.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view folder = relative.substr(0, slash);
  std::string_view name = relative.substr(slash + 1);
  if (folder == "data" || folder == "dropped") {
    const bool suffix =
        TakeSuffix(".jsonl.zst", &name) || TakeSuffix(".jsonl", &name);
    return suffix && IsNumber(name);
  }
  if (folder != "dedup") return false;
  if (name == "clusters.jsonl" || name == "clusters.jsonl.tmp") return true;
  if (!TakeSuffix(".seg", &name)) return false;
  const size_t dash = name.rfind('-');
  return dash != std::string_view::npos && dash != 0 &&
         IsNumber(name.substr(dash + 1));
}

void CheckFreeForRun(const std::string& root) {
  std::error_code code;
  if (!fs::exists(root, code)) return;
  if (!fs::is_directory(root, code)) {
    throw Error(ErrorKind::kUsage,
                root + ": not a folder: choose another --output");
  }
  const auto refuse = [&](const std::string& name) {
    throw Error(ErrorKind::kUsage, root +
                                       ": holds files that are not winnow's (" +
                                       name + "): choose an empty --output");
  };
  fs::directory_iterator entries(root, code);
  if (code) {
    throw Error(ErrorKind::kUsage, root +
                                       ": cannot be read: " + code.message() +
                                       ": choose another --output");
  }
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (name == ".lock" || name == "manifest.json.tmp") continue;
    const bool folder =
        std::find(std::begin(kRunFolders), std::end(kRunFolders), name) !=
        std::end(kRunFolders);
    if (!folder || !entry.is_directory(code)) refuse(name);
    for (const auto& inner : fs::directory_iterator(entry.path(), code)) {
      refuse(name + "/" + inner.path().filename().string());
    }
    if (code) refuse(name);
  }
}

}  // namespace winnow
