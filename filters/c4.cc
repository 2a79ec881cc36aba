// SPDX-License-Identifier: Apache-2.0
#include "filters/c4.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "filters/c4_line.h"
#include "filters/c4_marks.h"
#include "filters/c4_sentences.h"
#include "filters/c4_words.h"
#include "filters/kept_spans.h"
#include "filters/rule_params.h"
#include "filters/rule_sequence.h"

namespace winnow {
namespace {

constexpr std::string_view kName = "c4";

enum Reason : unsigned { kEmpty, kLoremIpsum, kCurlyBracket, kFewSentences };

constexpr std::array kReasons = {
    ReasonSpec{"empty", "no text, or none left after the line rules"},
    ReasonSpec{"lorem_ipsum", "a line with 'lorem ipsum'"},
    ReasonSpec{"curly_bracket", "a line with '{'"},
    ReasonSpec{"few_sentences",
               "fewer sentences in the kept lines than min_sentences"},
};
constexpr auto kCodes = ReasonCodes(kReasons);

// What becomes of a line.
enum Fate : unsigned {
  kKeep,
  kLongWord,
  kNoTerminal,
  kFewWords,
  kJavascript,
  kPolicy,
  kDropsDocument,
  kFates,
};
constexpr std::array<std::string_view, kFates> kFateNames = {
    "lines_kept",      "lines_long_word",  "lines_no_terminal",
    "lines_few_words", "lines_javascript", "lines_policy",
    "lines_drop_text",
};

bool EndsTerminal(std::string_view line) {
  return !line.empty() &&
         std::string_view(".?!\"'").find(line.back()) != line.npos &&
         !line.ends_with("...");
}

struct Scratch : StageScratch {
  explicit Scratch(Profile profile) : sentences(profile) {}

  std::vector<C4Mark> marks;
  C4Line line;
  KeptSpans kept;
  C4Sentences sentences;
};

// State of one document.
struct Progress {
  Scratch* scratch;
  std::string_view text;
  bool explain;
  uint64_t sentences = 0;
  uint64_t lorem_lines = 0;
  uint64_t curly_lines = 0;
  Verdict first = {};  // of the rules that drop a document inside a line
  std::array<uint64_t, kFates> fates{};

  // Returns whether the document is done.
  bool Drop(unsigned reason, uint64_t* lines) {
    ++*lines;
    if (first.kept()) first = Verdict::Drop(reason);
    return !explain;
  }
};

class C4 final : public Stage {
 public:
  explicit C4(const Params& params)
      : Stage(kName),
        profile_(ProfileOf(params)),
        terminal_punct_(params.Bool("terminal_punct")),
        min_words_per_line_(params.OptionalInt("min_words_per_line")),
        max_word_length_(params.OptionalInt("max_word_length")),
        min_sentences_(params.OptionalInt("min_sentences")),
        lorem_ipsum_(params.Bool("lorem_ipsum")),
        curly_bracket_(params.Bool("curly_bracket")),
        javascript_(params.Bool("javascript")),
        policy_(params.Bool("policy")),
        citations_(params.Bool("citations")) {}

  std::span<const std::string_view> reasons() const override { return kCodes; }
  AnalysisNeeds needs() const override { return AnalysisNeeds::Lines(); }
  std::unique_ptr<StageScratch> NewScratch() const override {
    return std::make_unique<Scratch>(profile_);
  }

  Verdict Judge(Document&, const Analysis& analysis,
                StageContext& context) const override {
    if (analysis.text.empty()) return Verdict::Drop(kEmpty);
    auto& scratch = static_cast<Scratch&>(*context.scratch);
    Progress progress{.scratch = &scratch,
                      .text = analysis.text,
                      .explain = context.explain != nullptr};
    FindC4Marks(analysis.text, &scratch.marks);
    scratch.kept.Clear();
    auto mark = scratch.marks.cbegin();
    for (const Line& line : analysis.split_lines) {
      const auto first = mark;
      while (mark != scratch.marks.cend() && mark->at < line.end) ++mark;
      const Fate fate = JudgeLine(line, {first, mark}, &progress);
      ++progress.fates[fate];
      if (fate == kDropsDocument) return progress.first;
      if (fate == kKeep) KeepLine(&scratch);
    }
    return JudgeWhole(progress, context);
  }

 private:
  Fate JudgeLine(const Line& physical, std::span<const C4Mark> marks,
                 Progress* progress) const {
    C4Line& line = progress->scratch->line;
    line.Read(progress->text, physical, marks, citations_);
    if (max_word_length_) {
      const auto limit = static_cast<uint64_t>(*max_word_length_);
      if (physical.chars > limit && HasLongWord(line.stripped(), limit)) {
        return kLongWord;
      }
    }
    if (terminal_punct_ && !EndsTerminal(line.content())) return kNoTerminal;
    if (min_words_per_line_ &&
        !HasWords(line.stripped(),
                  static_cast<uint64_t>(*min_words_per_line_))) {
      return kFewWords;
    }
    if (lorem_ipsum_ && (line.kinds() & kMarkLorem) != 0 &&
        progress->Drop(kLoremIpsum, &progress->lorem_lines)) {
      return kDropsDocument;
    }
    if (javascript_ && (line.kinds() & kMarkJavascript) != 0) {
      return kJavascript;
    }
    if (curly_bracket_ && (line.kinds() & kMarkCurly) != 0 &&
        progress->Drop(kCurlyBracket, &progress->curly_lines)) {
      return kDropsDocument;
    }
    if (policy_ && (line.kinds() & kMarkPolicy) != 0) return kPolicy;
    CountSentences(line.content(), progress);
    return kKeep;
  }

  void CountSentences(std::string_view line, Progress* progress) const {
    if (!min_sentences_) return;
    const auto enough = static_cast<uint64_t>(*min_sentences_);
    uint64_t at_most = std::numeric_limits<uint32_t>::max();
    if (!progress->explain) {
      if (progress->sentences >= enough) return;
      at_most = std::min(at_most, enough - progress->sentences);
    }
    progress->sentences += progress->scratch->sentences.Count(
        line, static_cast<uint32_t>(at_most));
  }

  static void KeepLine(Scratch* scratch) {
    bool new_line = true;
    for (const C4Line::Piece& piece : scratch->line.pieces()) {
      scratch->kept.Add(piece.begin, piece.end, new_line);
      new_line = false;
    }
  }

  Verdict JudgeWhole(const Progress& progress, StageContext& context) const {
    RuleSequence rules(kCodes, context.explain);
    if (progress.explain) {
      if (lorem_ipsum_) rules.Any(kLoremIpsum, progress.lorem_lines);
      if (curly_bracket_) rules.Any(kCurlyBracket, progress.curly_lines);
      for (unsigned fate = 0; fate < kDropsDocument; ++fate) {
        context.explain->Note(kFateNames[fate],
                              std::to_string(progress.fates[fate]));
      }
    }
    if (min_sentences_) {
      rules.Below(kFewSentences, AsDouble(progress.sentences),
                  static_cast<double>(*min_sentences_));
    }
    if (!progress.first.kept()) return progress.first;
    if (!rules.verdict().kept()) return rules.verdict();
    KeptSpans& kept = progress.scratch->kept;
    if (!kept.Strip(progress.text)) return Verdict::Drop(kEmpty);
    if (context.edits != nullptr) {
      kept.AppendEdits(progress.text, context.edits);
    }
    return Verdict::Keep();
  }

  Profile profile_;
  bool terminal_punct_;
  std::optional<int64_t> min_words_per_line_;
  std::optional<int64_t> max_word_length_;
  std::optional<int64_t> min_sentences_;
  bool lorem_ipsum_;
  bool curly_bracket_;
  bool javascript_;
  bool policy_;
  bool citations_;
};

std::unique_ptr<Stage> Make(const Params& params, const StageSetup&) {
  return std::make_unique<C4>(params);
}

}  // namespace

const StageSpec& C4Spec() {
  static const StageSpec spec = {
      .name = kName,
      .summary =
          "C4's line and document rules. Rewrites: kept lines stripped "
          "and joined by line feeds, citation marks removed.",
      .source =
          "JMLR 21 20-074 section 2.2; huggingface/datatrove 0.10 : "
          "src/datatrove/pipeline/filters/c4_filters.py",
      .params =
          {
              ProfileParam(),
              SwitchParam("terminal_punct", true,
                          "Remove lines that do not end with . ? ! \" or ', "
                          "or that end with '...'."),
              CountParam("min_words_per_line", "3",
                         "Remove lines with words < this."),
              CountParam("max_word_length", "1000",
                         "Remove lines with a word of characters > this."),
              CountParam("min_sentences", "5",
                         "Drop when sentences in kept lines < this."),
              SwitchParam("lorem_ipsum", true,
                          "Drop when a line has 'lorem ipsum'."),
              SwitchParam("curly_bracket", true, "Drop when a line has '{'."),
              SwitchParam("javascript", true,
                          "Remove lines with 'javascript'."),
              SwitchParam("policy", true,
                          "Remove lines about terms of use, privacy policy "
                          "or cookies."),
              SwitchParam("citations", true,
                          "Remove the marks [1], [], [edit] and [citation "
                          "needed]."),
          },
      .reasons = {kReasons.begin(), kReasons.end()},
      .make = Make};
  return spec;
}

}  // namespace winnow
