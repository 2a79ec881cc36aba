// SPDX-License-Identifier: Apache-2.0
#include "tests/corpora.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace winnow::testing {
namespace {

namespace fs = std::filesystem;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// $variable, else a folder in the home directory.
fs::path XdgFolder(const char* variable, const char* below_home) {
  const std::string value = Environment(variable);
  if (!value.empty()) return value;
  const std::string home = Environment("HOME");
  return (home.empty() ? fs::temp_directory_path() : fs::path(home)) /
         below_home;
}

std::string Quoted(const fs::path& path) {
  std::string quoted = "'";
  for (const char c : path.string()) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace

std::optional<fs::path> CorpusDir(const std::string& part) {
  fs::path corpora = Environment("WINNOW_CORPORA");
  if (corpora.empty()) {
    corpora = fs::path(WINNOW_SOURCE_DIR).parent_path() / "shared/corpora";
  }
  std::error_code ec;
  if (fs::is_directory(corpora / part, ec)) return corpora / part;
  const fs::path archive = corpora / (part + ".tar.zst");
  if (!fs::is_regular_file(archive, ec)) return std::nullopt;
  const fs::path cache =
      XdgFolder("XDG_CACHE_HOME", ".cache") / "winnow/corpora";
  const fs::path unpacked = cache / part;
  if (fs::is_directory(unpacked, ec)) return unpacked;
  // Unpack beside and rename, for other tests may want it at the same time.
  const fs::path partial =
      cache / ("." + part + "." + std::to_string(::getpid()));
  fs::create_directories(partial, ec);
  const std::string command = "zstd -d --long=27 -q -c " + Quoted(archive) +
                              " | tar -x -C " + Quoted(partial);
  const bool done = std::system(command.c_str()) == 0;
  if (done) fs::rename(partial, unpacked, ec);
  fs::remove_all(partial, ec);
  if (!fs::is_directory(unpacked, ec)) return std::nullopt;
  return unpacked;
}

std::vector<fs::path> FilesBelow(const fs::path& dir, std::string_view suffix) {
  std::vector<fs::path> files;
  std::error_code ec;
  for (fs::recursive_directory_iterator it(dir, ec), end; it != end;
       it.increment(ec)) {
    if (it->is_regular_file(ec) &&
        it->path().filename().string().ends_with(suffix)) {
      files.push_back(it->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

fs::path DataDir() {
  const std::string data = Environment("WINNOW_DATA");
  if (!data.empty()) return data;
  return XdgFolder("XDG_DATA_HOME", ".local/share") / "winnow";
}

std::string ReadWholeFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string TextBetweenTags(std::string_view html) {
  std::string text;
  bool in_tag = false;
  for (const char c : html) {
    if (c == '<') {
      in_tag = true;
      if (!text.empty() && text.back() != ' ') text += ' ';
    } else if (c == '>' && in_tag) {
      in_tag = false;
    } else if (!in_tag) {
      text += c;
    }
  }
  return text;
}

}  // namespace winnow::testing
