// SPDX-License-Identifier: Apache-2.0
// What `winnow explain` says of one document: every rule that was measured on
// the way, by stage, and the one that decided. As a JSON line or for people.
#ifndef WINNOW_CLI_EXPLANATION_H_
#define WINNOW_CLI_EXPLANATION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipeline/stage.h"

namespace winnow {

// A number, or words where a rule compares names.
using Measured = std::variant<double, std::string>;

struct ExplainedRow {
  enum class Kind { kRule, kNote, kDuplicate };
  Kind kind = Kind::kRule;
  std::string stage;
  std::string name;     // rule, or key of a note
  Measured value;       // of a note: its words; of a duplicate: what was kept
  std::string drop_if;  // operator between value and threshold
  Measured threshold;   // of a duplicate: the similarity, as JSON
  bool holds = false;   // the condition held, decisive or not
  bool fired = false;   // this rule dropped the document
};

struct Explanation {
  std::string id;        // the document's own, else its identity
  std::string identity;  // label/path#offset
  uint64_t bytes = 0;
  uint64_t words = 0;
  std::vector<ExplainedRow> rows;
  std::string language;
  // "stage.code"; empty: kept, or not judged.
  std::string reason;
  // Why there is no verdict: the run has not read it. Empty: it was judged.
  std::string not_read;

  // Marks the row that decided: of the stage that dropped it, the rule that
  // has the reason's code, else the first that held.
  void MarkDecisive(std::string_view stage, std::string_view code);

  std::string ToJson() const;  // one line, with its line feed
  std::string ToText() const;
};

// Collects rows while stages judge.
class ExplanationRows : public Explainer {
 public:
  explicit ExplanationRows(std::vector<ExplainedRow>* rows) : rows_(rows) {}
  void Begin(std::string_view stage) override { stage_ = stage; }
  void Rule(std::string_view rule, double value, std::string_view op,
            double threshold, bool fired) override;
  void Choice(std::string_view rule, std::string_view value,
              std::string_view op, std::string_view threshold,
              bool fired) override;
  void Note(std::string_view key, std::string_view value) override;

 private:
  std::vector<ExplainedRow>* rows_;
  std::string stage_;
};

}  // namespace winnow

#endif  // WINNOW_CLI_EXPLANATION_H_
