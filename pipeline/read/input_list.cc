// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/input_list.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "pipeline/error.h"
#include "pipeline/read/folder_walk.h"
#include "pipeline/read/path_escape.h"
#include "pipeline/text/hash.h"

namespace winnow {
namespace {

// Without "." and empty names. ".." stays: what it means depends on links.
std::string CleanPath(std::string_view path) {
  std::string clean(path.substr(0, 1) == "/" ? "/" : "");
  while (!path.empty()) {
    const size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size()
                                                       : slash + 1);
    if (name.empty() || name == ".") continue;
    if (!clean.empty() && clean.back() != '/') clean += '/';
    clean += name;
  }
  if (clean == "-") return "./-";  // a file of that name, not stdin
  return clean.empty() ? "." : clean;
}

// The last name of a path; "." and ".." are resolved to a real name first.
std::string BaseName(const std::string& path) {
  if (path == "-") return "stdin";
  std::string name = std::filesystem::path(path).filename().string();
  if (name.empty() || name == "." || name == "..") {
    std::error_code error;
    const auto real = std::filesystem::canonical(path, error);
    name = error ? "" : real.filename().string();
  }
  return name.empty() ? "root" : name;
}

// A line of NAME=@LIST as the path of an identity: no "/" in front.
std::string ListedPath(std::string_view line) {
  std::string path = CleanPath(line);
  if (path == "./-") return "-";
  path.erase(0, path.find_first_not_of('/'));
  return path;
}

struct ListLine {
  size_t number;
  std::string text;
};

std::vector<ListLine> ReadLines(const std::string& list) {
  std::ifstream in(list, std::ios::binary);
  if (!in) {
    throw Error(ErrorKind::kNotFound,
                "cannot open list of inputs: " + list + ": check the path");
  }
  std::vector<ListLine> lines;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty() && line[0] != '#') lines.push_back({number, line});
  }
  if (in.bad()) {
    throw Error(ErrorKind::kIo, "cannot read list of inputs: " + list);
  }
  return lines;
}

// Calls add(line) for each line; an error tells which it was.
template <typename Add>
void ForEachLine(const std::string& list, const Add& add) {
  for (const ListLine& line : ReadLines(list)) {
    try {
      add(line.text);
    } catch (const Error& error) {
      throw Error(error.kind(), list + ":" + std::to_string(line.number) +
                                    ": " + error.what());
    }
  }
}

class Builder {
 public:
  void Add(const std::string& input) {
    const auto [name, path] = SplitName(input);
    if (path.substr(0, 1) == "@") {
      AddList(input, name, path.substr(1));
    } else {
      const std::string clean = path == "-" ? path : CleanPath(path);
      const std::string label = name.empty() ? BaseName(clean) : name;
      if (Claim(label, clean, input)) AddPath(label, "", clean);
    }
  }

  // Files, roots and streams.
  InputList Take() { return std::move(list_); }

 private:
  // NAME=PATH if '=' stands before any '/', else no name.
  static std::pair<std::string, std::string> SplitName(
      const std::string& input) {
    if (input.empty()) {
      throw Error(ErrorKind::kUsage, "empty input: give PATH or NAME=PATH");
    }
    const size_t at = input.find_first_of("=/");
    if (input[0] == '@' || at == std::string::npos || input[at] == '/') {
      return {"", input};
    }
    if (at == 0 || at + 1 == input.size()) {
      throw Error(ErrorKind::kUsage,
                  "input without name or path: " + input + ": give NAME=PATH");
    }
    return {input.substr(0, at), input.substr(at + 1)};
  }

  void AddList(const std::string& input, const std::string& name,
               const std::string& list) {
    if (name.empty()) {
      ForEachLine(list, [this](const std::string& line) {
        if (line[0] == '@') {
          throw Error(ErrorKind::kUsage,
                      "list inside a list: " + line + ": name it as an input");
        }
        Add(line);
      });
    } else if (Claim(name, "@" + list, input)) {
      ForEachLine(list, [&](const std::string& line) {
        AddPath(name, ListedPath(line), line == "-" ? line : CleanPath(line));
      });
    }
  }

  // False if this very input was added before.
  bool Claim(const std::string& label, const std::string& path,
             const std::string& input) {
    const auto [at, is_new] = labels_.emplace(label, path);
    if (is_new) return true;
    if (at->second == path) return false;
    throw Error(ErrorKind::kUsage, "two inputs are called " + label + ": " +
                                       at->second + " and " + path +
                                       ": give one a name, NAME=" + input);
  }

  void AddPath(const std::string& label, const std::string& path,
               const std::string& os_path) {
    struct stat st;
    list_.roots.push_back(os_path);
    if (os_path == "-") {
      list_.streams.push_back(os_path);
      Push(label, path, os_path, 0);
    } else if (stat(os_path.c_str(), &st) != 0) {
      throw Error(ErrorKind::kNotFound,
                  "no such input: " + os_path + ": check the path");
    } else if (S_ISDIR(st.st_mode)) {
      std::vector<FoundFile> found;
      WalkFolder(os_path, &found);
      const std::string prefix = path.empty() ? "" : path + "/";
      for (FoundFile& file : found) {
        Push(label, prefix + file.path,
             os_path == "/" ? "/" + file.path : os_path + "/" + file.path,
             file.bytes);
      }
    } else {
      const bool regular = S_ISREG(st.st_mode);
      if (!regular) list_.streams.push_back(os_path);
      Push(label, path, os_path,
           regular ? static_cast<uint64_t>(st.st_size) : 0);
    }
  }

  void Push(const std::string& label, const std::string& path,
            const std::string& os_path, uint64_t bytes) {
    list_.files.push_back(
        {EscapePath(label), EscapePath(path), os_path, bytes, 0, 0});
  }

  std::map<std::string, std::string> labels_;
  InputList list_;
};

std::tuple<const std::string&, const std::string&> Order(const SourceFile& f) {
  return std::tie(f.label, f.path);
}

// Sorts, and refuses two files of one identity (lists can name one twice).
void Sort(std::vector<SourceFile>* files) {
  std::sort(files->begin(), files->end(),
            [](const SourceFile& a, const SourceFile& b) {
              return Order(a) < Order(b);
            });
  const auto same = [](const SourceFile& a, const SourceFile& b) {
    if (Order(a) != Order(b)) return false;
    if (a.os_path == b.os_path) return true;
    throw Error(ErrorKind::kUsage, "two files are called " + FileIdentity(a) +
                                       ": " + a.os_path + " and " + b.os_path +
                                       ": give their inputs other names");
  };
  files->erase(std::unique(files->begin(), files->end(), same), files->end());
}

}  // namespace

std::string FileIdentity(const SourceFile& file) {
  return file.path.empty() ? file.label : file.label + "/" + file.path;
}

InputList BuildInputList(const std::vector<std::string>& inputs,
                         InputPart part) {
  if (part.parts == 0 || part.part >= part.parts) {
    throw Error(ErrorKind::kUsage,
                "no such part of the input: " + std::to_string(part.part) +
                    "/" + std::to_string(part.parts) + ": count parts from 0");
  }
  Builder builder;
  for (const std::string& input : inputs) builder.Add(input);
  InputList list = builder.Take();
  if (list.files.empty()) {
    throw Error(ErrorKind::kUsage,
                "no input file: name files, or folders that hold some");
  }
  Sort(&list.files);
  if (part.parts > 1) {
    std::erase_if(list.files, [&](const SourceFile& file) {
      return Hash64(FileIdentity(file)) % part.parts != part.part;
    });
  }
  for (SourceFile& file : list.files) {
    if (list.labels.empty() || list.labels.back() != file.label) {
      list.labels.push_back(file.label);
    }
    file.index = static_cast<uint32_t>(&file - list.files.data());
    file.label_index = static_cast<uint32_t>(list.labels.size() - 1);
    list.bytes += file.bytes;
  }
  return list;
}

}  // namespace winnow
