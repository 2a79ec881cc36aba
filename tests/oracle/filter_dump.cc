// SPDX-License-Identifier: Apache-2.0
// Test-only: judges documents for datatrove_oracle.py. A line of stdin is an
// object with a string `text`; a line of stdout is an object with what each
// filter says of that text ("keep" or the reason), what fineweb_quality says of
// the text after c4, and that text. As FineWeb runs them: c4 without its rule
// of terminal punctuation.
#include <simdjson.h>

#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "filters/c4.h"
#include "filters/fineweb_quality.h"
#include "filters/gopher_quality.h"
#include "filters/gopher_repetition.h"
#include "pipeline/edit.h"
#include "pipeline/json_writer.h"

namespace winnow {
namespace {

class Filter {
 public:
  explicit Filter(const StageSpec& spec) {
    Params params = DefaultParams(spec.params);
    if (spec.name == "c4") {
      params.Set("terminal_punct", {.text = "false", .list = {}, .at = {}});
    }
    stage_ = spec.make(params, {});
    scratch_ = stage_->NewScratch();
  }

  // Writes a member with the verdict. Returns the text after it.
  std::string_view Judge(std::string_view text, std::string_view key,
                         Arena* arena, JsonWriter* json) {
    const Analysis& analysis = analyzer_.Analyze(text);
    Document document;
    document.text = text;
    edits_.clear();
    StageContext context{arena, scratch_.get(), &edits_, nullptr};
    const Verdict verdict = stage_->Judge(document, analysis, context);
    json->Key(key).String(verdict.kept() ? "keep"
                                         : stage_->reasons()[verdict.reason]);
    return ApplyEdits(text, edits_, arena);
  }

 private:
  std::unique_ptr<Stage> stage_;
  std::unique_ptr<StageScratch> scratch_;
  Analyzer analyzer_{AnalysisNeeds::Words(Profile::kSpacyEn) |
                     AnalysisNeeds::Lines()};
  std::vector<Edit> edits_;
};

int Run() {
  Filter repetition(GopherRepetitionSpec());
  Filter quality(GopherQualitySpec());
  Filter c4(C4Spec());
  Filter fineweb(FinewebQualitySpec());
  Arena arena;
  simdjson::dom::parser parser;
  std::string line;
  std::string out;
  while (std::getline(std::cin, line)) {
    std::string_view text;
    if (parser.parse(line)["text"].get(text) != simdjson::SUCCESS) return 1;
    arena.Reset();
    out.clear();
    JsonWriter json(&out);
    json.BeginObject();
    repetition.Judge(text, "gopher_repetition", &arena, &json);
    quality.Judge(text, "gopher_quality", &arena, &json);
    const std::string_view after = c4.Judge(text, "c4", &arena, &json);
    fineweb.Judge(text, "fineweb_quality", &arena, &json);
    fineweb.Judge(after, "fineweb_after_c4", &arena, &json);
    json.Key("text").String(after).EndObject();
    std::cout << out << '\n' << std::flush;
  }
  return 0;
}

}  // namespace
}  // namespace winnow

int main() { return winnow::Run(); }
