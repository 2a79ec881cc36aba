// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/text/corpus_text.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace winnow::testing {
namespace {

namespace fs = std::filesystem;

fs::path Archive(std::string_view part) {
  const char* root = std::getenv("WINNOW_CORPORA");
  const fs::path folder =
      root != nullptr ? fs::path(root)
                      : fs::path(WINNOW_SOURCE_DIR) / "../shared/corpora";
  return folder / (std::string(part) + ".tar.zst");
}

// The unpacked folder, or an empty path.
fs::path Unpacked(std::string_view part) {
  std::error_code error;
  const fs::path folder = fs::temp_directory_path() / "corpora" / part;
  if (fs::exists(folder, error)) return folder;
  const fs::path archive = Archive(part);
  if (!fs::exists(archive, error)) return {};
  const fs::path fresh = folder.string() + ".unpacking";
  fs::create_directories(fresh, error);
  const std::string command = "zstd -dc --long=27 '" + archive.string() +
                              "' | tar -x -C '" + fresh.string() + "'";
  if (std::system(command.c_str()) != 0) return {};
  fs::rename(fresh, folder, error);
  return error ? fs::path() : folder;
}

}  // namespace

std::vector<std::string> CorpusText(std::string_view part,
                                    std::string_view extension,
                                    size_t max_bytes) {
  const fs::path folder = Unpacked(part);
  std::vector<std::string> texts;
  if (folder.empty()) return texts;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == extension) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  size_t bytes = 0;
  const auto take = [&](std::string text) {
    if (bytes >= max_bytes || !simdjson::validate_utf8(text)) return;
    bytes += text.size();
    texts.push_back(std::move(text));
  };
  for (const fs::path& path : paths) {
    if (bytes >= max_bytes) break;
    std::ifstream in(path, std::ios::binary);
    if (extension != ".jsonl") {
      take(std::string(std::istreambuf_iterator<char>(in), {}));
      continue;
    }
    simdjson::dom::parser parser;
    std::string line;
    while (bytes < max_bytes && std::getline(in, line)) {
      std::string_view text;
      if (parser.parse(line)["text"].get(text) == simdjson::SUCCESS) {
        take(std::string(text));
      }
    }
  }
  return texts;
}

}  // namespace winnow::testing
