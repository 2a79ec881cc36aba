// SPDX-License-Identifier: Apache-2.0
#include "cli/explain_run.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>

#include "cli/document_walk.h"
#include "cli/explaining.h"
#include "cli/output.h"
#include "cli/registry.h"
#include "pipeline/error.h"
#include "pipeline/json_reader.h"
#include "pipeline/manifest.h"
#include "pipeline/read/input_list.h"
#include "pipeline/write/durable_file.h"

namespace winnow {
namespace {

void AddClusters(std::string_view rows, const std::string& path,
                 Duplicates* duplicates) {
  while (!rows.empty()) {
    const size_t end = std::min(rows.find('\n'), rows.size());
    const JsonValue row = JsonValue::Parse(rows.substr(0, end), path);
    (*duplicates)[row.at("dropped").String()] = {row.at("stage").String(),
                                                 row.at("kept").String(),
                                                 row.at("similarity").ToJson()};
    rows.remove_prefix(std::min(end + 1, rows.size()));
  }
}

// `--limit` of a run that is done; UINT64_MAX: none.
uint64_t LimitOf(const std::string& folder) {
  std::error_code code;
  const std::string path = folder + "/report.json";
  if (!std::filesystem::exists(path, code)) return UINT64_MAX;
  const JsonValue report = JsonValue::Parse(ReadWholeFile(path), path);
  const JsonValue* limit = report.Find("limit");
  return limit != nullptr ? limit->Uint() : UINT64_MAX;
}

class RunExplainer {
 public:
  RunExplainer(const std::string& folder, Manifest manifest,
               const std::function<void(const Explanation&)>& show)
      : manifest_(std::move(manifest)),
        recipe_(
            ParseRecipe(manifest_.recipe, manifest_.recipe_name, AllStages())),
        explaining_(recipe_),
        show_(show) {
    LoadDuplicates(folder);
    if (manifest_.done) limit_ = LimitOf(folder);
  }

  // Those of `ids` that are identities; the rest is returned.
  std::set<std::string> ByIdentity(std::set<std::string> ids);
  // Those that are documents' own ids; the rest is returned.
  std::set<std::string> ByNativeId(const std::set<std::string>& ids);

  bool unreadable() const { return !told_.empty(); }

 private:
  struct Files {
    std::vector<SourceFile> files;
    std::vector<uint32_t> ranks;  // among the run's inputs
  };

  void LoadDuplicates(const std::string& folder);
  // The run's inputs that `wanted` says yes to and that can be opened.
  Files Choose(const std::function<bool(const SourceFile&)>& wanted);
  bool CanOpen(const SourceFile& file);
  // Calls `visit` with every document and whether it was read (empty), or why
  // not.
  void Walk(const Files& files,
            const std::function<bool(Document&, Arena*, std::string)>& visit);
  void Show(Document& d, Arena* arena, std::string not_read);

  Manifest manifest_;
  Recipe recipe_;
  Explaining explaining_;
  const std::function<void(const Explanation&)>& show_;
  Duplicates duplicates_;
  uint64_t limit_ = UINT64_MAX;
  std::set<std::string> told_;  // inputs that cannot be opened
};

// Of a run that is not done the segments tell: those of the manifest, so up to
// its last mark.
void RunExplainer::LoadDuplicates(const std::string& folder) {
  if (manifest_.done) {
    const std::string path = folder + "/dedup/clusters.jsonl";
    AddClusters(ReadWholeFile(path), path, &duplicates_);
    return;
  }
  const std::vector<OrderedStage*> ordered = explaining_.chain().ordered();
  for (size_t i = 0; i < ordered.size(); ++i) {
    std::vector<std::string> paths;
    for (const SegmentFile& segment : manifest_.segments) {
      if (segment.stage == i) paths.push_back(folder + "/" + segment.path);
    }
    std::string rows;
    ordered[i]->WriteClusters(paths, &rows);
    AddClusters(rows, folder + ": dedup segments", &duplicates_);
  }
}

bool RunExplainer::CanOpen(const SourceFile& file) {
  if (::access(file.os_path.c_str(), R_OK) == 0) return true;
  const int error = errno;
  if (told_.insert(file.os_path).second) {
    const bool relative = !file.os_path.starts_with('/');
    Note(
        "winnow: cannot open {}: {}: moved since the run?{}\n", file.os_path,
        std::strerror(error),
        relative ? " (the path is relative to where the run was started)" : "");
  }
  return false;
}

RunExplainer::Files RunExplainer::Choose(
    const std::function<bool(const SourceFile&)>& wanted) {
  Files chosen;
  for (size_t i = 0; i < manifest_.inputs.size(); ++i) {
    const ManifestInput& input = manifest_.inputs[i];
    SourceFile file;
    file.label = input.label;
    file.path = input.path;
    file.os_path = input.os_path;
    file.bytes = input.bytes;
    if (!wanted(file) || !CanOpen(file)) continue;
    file.index = static_cast<uint32_t>(chosen.files.size());
    chosen.files.push_back(std::move(file));
    chosen.ranks.push_back(static_cast<uint32_t>(i));
  }
  return chosen;
}

void RunExplainer::Walk(
    const Files& files,
    const std::function<bool(Document&, Arena*, std::string)>& visit) {
  if (files.files.empty()) return;
  uint64_t count = 0;
  const auto why_not = [&](const DocumentPlace& place) -> std::string {
    if (++count > limit_) {
      return "behind --limit " + std::to_string(limit_);
    }
    if (manifest_.done) return "";
    const char* later = "the run is not done and has not got there";
    if (!manifest_.cursor.has_value()) return later;
    const Cursor& cursor = *manifest_.cursor;
    const uint32_t rank = files.ranks[place.file];
    const bool read =
        rank < cursor.file ||
        (rank == cursor.file && place.decoded_offset < cursor.decoded_offset);
    return read ? "" : later;
  };
  WalkDocuments(files.files, recipe_.read_options(),
                [&](Document& d, Arena* arena, const DocumentPlace& place) {
                  return visit(d, arena, why_not(place));
                });
}

void RunExplainer::Show(Document& d, Arena* arena, std::string not_read) {
  show_(not_read.empty() ? explaining_.Explain(d, arena, &duplicates_)
                         : explaining_.NotRead(d, arena, std::move(not_read)));
}

std::set<std::string> RunExplainer::ByIdentity(std::set<std::string> ids) {
  bool any = false;
  const auto holds_one = [&](const SourceFile& file) {
    const std::string prefix = FileIdentity(file) + "#";
    const auto at = ids.lower_bound(prefix);
    const bool holds = at != ids.end() && at->starts_with(prefix);
    any = any || holds;
    return holds;
  };
  Files files = Choose(holds_one);
  // Whether a document is behind the limit shows only by counting.
  if (any && limit_ != UINT64_MAX) {
    files = Choose([](const SourceFile&) { return true; });
  }
  std::string id;
  Walk(files, [&](Document& d, Arena* arena, std::string not_read) {
    id.clear();
    d.AppendIdentity(&id);
    if (ids.erase(id) > 0) Show(d, arena, std::move(not_read));
    return !ids.empty();
  });
  return ids;
}

std::set<std::string> RunExplainer::ByNativeId(
    const std::set<std::string>& ids) {
  std::map<std::string, uint64_t, std::less<>> found;
  const Files files = Choose([](const SourceFile&) { return true; });
  Walk(files, [&](Document& d, Arena* arena, std::string not_read) {
    if (d.native_id.empty()) return true;
    const std::string id(d.native_id);
    if (ids.contains(id)) {
      ++found[id];
      Show(d, arena, std::move(not_read));
    }
    return true;
  });
  std::set<std::string> missing;
  for (const std::string& id : ids) {
    const auto it = found.find(id);
    if (it == found.end()) {
      missing.insert(id);
    } else if (it->second > 1) {
      Note("winnow: {}: {} documents have this id\n", id, it->second);
    }
  }
  return missing;
}

}  // namespace

int ExplainRun(const std::string& folder, const std::vector<std::string>& ids,
               const std::function<void(const Explanation&)>& show) {
  RunExplainer run(folder, Manifest::Load(folder), show);
  std::set<std::string> rest =
      run.ByIdentity(std::set<std::string>(ids.begin(), ids.end()));
  if (!rest.empty()) rest = run.ByNativeId(rest);
  for (const std::string& id : rest) {
    Note("winnow: {}: no such document in this run's inputs{}\n", id,
         run.unreadable() ? " that can be opened" : "");
  }
  return rest.empty() ? 0 : 1;
}

}  // namespace winnow
