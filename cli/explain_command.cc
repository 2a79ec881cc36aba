// SPDX-License-Identifier: Apache-2.0
// `winnow explain`: reads documents again, judges them with the run's recipe,
// and tells which stage dropped them, the rule, the value and the threshold;
// for a duplicate, what was kept instead. A JSON object a line.
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <set>

#include "cli/commands.h"
#include "cli/data_dir.h"
#include "cli/document_walk.h"
#include "cli/recipes.h"
#include "cli/registry.h"
#include "pipeline/error.h"
#include "pipeline/json_reader.h"
#include "pipeline/json_writer.h"
#include "pipeline/judge.h"
#include "pipeline/manifest.h"
#include "pipeline/memory_plan.h"
#include "pipeline/read/input_list.h"
#include "pipeline/write/durable_file.h"

namespace winnow {
namespace {

constexpr uint64_t kIndexBytes = uint64_t{256} << 20;

// A duplicate's entry in clusters.jsonl.
struct Kept {
  std::string stage;
  std::string id;
  std::string similarity;
};

class JsonExplainer : public Explainer {
 public:
  explicit JsonExplainer(JsonWriter* w) : w_(w) {}
  void Rule(std::string_view rule, double value, std::string_view op,
            double threshold, bool fired) override {
    w_->BeginObject();
    w_->Key("rule").String(rule);
    w_->Key("value").Number(value);
    w_->Key("drop_if").String(op);
    w_->Key("threshold").Number(threshold);
    w_->Key("fired").Bool(fired);
    w_->EndObject();
  }
  void Note(std::string_view key, std::string_view value) override {
    w_->BeginObject().Key(key).String(value).EndObject();
  }

 private:
  JsonWriter* w_;
};

// Judges documents one by one and prints them.
class Explaining {
 public:
  explicit Explaining(const Recipe& recipe)
      : chain_(recipe, Setup()), judge_(&chain_, nullptr, 0, false) {
    ReserveIndexes(kIndexBytes, chain_.ordered());
  }

  // `duplicates`: what a run decided, by identity; null: decide here.
  void Explain(Document& d, Arena* arena,
               const std::map<std::string, Kept>* duplicates);

 private:
  static StageSetup Setup() {
    StageSetup setup;
    setup.data_dir = DataDir();
    return setup;
  }
  void Decide(size_t section, const std::string& id, Document& d,
              const std::map<std::string, Kept>* duplicates, JsonWriter* w);

  StageChain chain_;
  Judge judge_;
};

void Explaining::Decide(size_t section, const std::string& id, Document& d,
                        const std::map<std::string, Kept>* duplicates,
                        JsonWriter* w) {
  OrderedStage* stage = chain_.sections()[section].ordered;
  if (duplicates == nullptr) {
    const Verdict verdict = stage->Decide(d);
    if (verdict.kept()) return;
    d.dropped_by = static_cast<uint8_t>(chain_.sections()[section].last - 1);
    d.reason = verdict.reason;
    return;
  }
  const auto it = duplicates->find(id);
  if (it == duplicates->end() || it->second.stage != stage->name()) return;
  d.dropped_by = static_cast<uint8_t>(chain_.sections()[section].last - 1);
  d.reason = 0;
  w->BeginObject();
  w->Key("duplicate_of").String(it->second.id);
  w->Key("similarity").Raw(it->second.similarity);
  w->EndObject();
}

void Explaining::Explain(Document& d, Arena* arena,
                         const std::map<std::string, Kept>* duplicates) {
  std::string id;
  d.AppendIdentity(&id);
  std::string out;
  JsonWriter w(&out);
  w.BeginObject();
  w.Key("id").String(d.native_id.empty() ? id : d.native_id);
  w.Key("winnow_id").String(id);
  judge_.Measure(d, arena, nullptr);
  w.Key("bytes").Number(d.read.bytes).Key("words").Number(d.read.words);
  w.Key("rules").BeginArray();
  JsonExplainer explainer(&w);
  for (size_t s = 0; s < chain_.sections().size() && d.kept(); ++s) {
    judge_.RunSection(s, d, arena, nullptr, &explainer);
    if (d.kept() && chain_.sections()[s].ordered != nullptr) {
      Decide(s, id, d, duplicates, &w);
    }
  }
  w.EndArray();
  w.Key("kept").Bool(d.kept());
  if (!d.language.empty()) w.Key("language").String(d.language);
  w.Key("reason");
  if (d.kept()) {
    w.Null();
  } else {
    const Stage& stage = chain_.stage(d.dropped_by);
    w.String(stage.name() + "." + std::string(stage.reasons()[d.reason]));
  }
  w.EndObject();
  fmt::print("{}\n", out);
}

std::map<std::string, Kept> ReadClusters(const std::string& path) {
  std::map<std::string, Kept> kept;
  const std::string lines = ReadWholeFile(path);
  size_t start = 0;
  while (start < lines.size()) {
    size_t end = lines.find('\n', start);
    if (end == std::string::npos) end = lines.size();
    const JsonValue row = JsonValue::Parse(
        std::string_view(lines).substr(start, end - start), path);
    kept[row.at("dropped").String()] = {row.at("stage").String(),
                                        row.at("kept").String(),
                                        row.at("similarity").ToJson()};
    start = end + 1;
  }
  return kept;
}

// The files that may hold one of the ids: by identity where it has one.
std::vector<SourceFile> Candidates(const Manifest& manifest,
                                   const std::set<std::string>& ids) {
  std::vector<SourceFile> files;
  bool any_foreign = false;
  for (const std::string& id : ids) {
    any_foreign = any_foreign || id.find('#') == std::string::npos;
  }
  for (const ManifestInput& input : manifest.inputs) {
    SourceFile file;
    file.label = input.label;
    file.path = input.path;
    file.os_path = input.os_path;
    file.bytes = input.bytes;
    const std::string prefix = FileIdentity(file) + "#";
    const auto at = ids.lower_bound(prefix);
    const bool holds = at != ids.end() && at->starts_with(prefix);
    if (!holds && !any_foreign) continue;
    file.index = static_cast<uint32_t>(files.size());
    files.push_back(std::move(file));
  }
  return files;
}

int ExplainRun(const ExplainArguments& a) {
  const Manifest manifest = Manifest::Load(a.first);
  const Recipe recipe =
      ParseRecipe(manifest.recipe, manifest.recipe_name, AllStages());
  std::map<std::string, Kept> clusters;
  if (manifest.done) clusters = ReadClusters(a.first + "/dedup/clusters.jsonl");
  std::set<std::string> wanted(a.rest.begin(), a.rest.end());
  Explaining explaining(recipe);
  const std::vector<SourceFile> files = Candidates(manifest, wanted);
  std::string id;
  if (!files.empty()) {
    WalkDocuments(files, recipe.read_options(), [&](Document& d, Arena* arena) {
      id.clear();
      d.AppendIdentity(&id);
      const bool hit =
          wanted.erase(id) + wanted.erase(std::string(d.native_id)) > 0;
      if (hit) explaining.Explain(d, arena, &clusters);
      return !wanted.empty();
    });
  }
  for (const std::string& missing : wanted) {
    fmt::print(stderr, "winnow: {}: no such document in this run's inputs\n",
               missing);
  }
  return wanted.empty() ? 0 : 1;
}

}  // namespace

int ExplainCommand(const ExplainArguments& a) {
  std::error_code code;
  if (std::filesystem::is_directory(a.first, code)) {
    if (!std::filesystem::exists(a.first + "/manifest.json", code)) {
      throw Error(ErrorKind::kNotFound,
                  a.first + ": no manifest.json: not the output of a run");
    }
    return ExplainRun(a);
  }
  const Recipe recipe = LoadRecipe(a.first);
  const InputList inputs = BuildInputList(a.rest);
  Explaining explaining(recipe);
  WalkDocuments(inputs.files, recipe.read_options(),
                [&](Document& d, Arena* arena) {
                  explaining.Explain(d, arena, nullptr);
                  return true;
                });
  return 0;
}

}  // namespace winnow
