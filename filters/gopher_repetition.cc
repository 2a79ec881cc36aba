// SPDX-License-Identifier: Apache-2.0
#include "filters/gopher_repetition.h"

#include <array>
#include <memory>

#include "filters/repeated_lines.h"
#include "filters/repeated_ngrams.h"
#include "filters/rule_params.h"
#include "filters/rule_sequence.h"

namespace winnow {
namespace {

constexpr std::string_view kName = "gopher_repetition";

constexpr unsigned kShortestTop = 2;
constexpr unsigned kShortestDuplicate = 5;
constexpr unsigned kLongest = 10;

// Rules on n-grams follow in order of n.
enum Reason : unsigned {
  kEmpty,
  kDuplicateParagraphs,
  kDuplicateParagraphChars,
  kDuplicateLines,
  kDuplicateLineChars,
  kNgrams,
};

constexpr std::array kReasons = {
    ReasonSpec{"empty", "no text"},
    ReasonSpec{"duplicate_paragraphs",
               "share of repeated paragraphs above max_duplicate_paragraphs"},
    ReasonSpec{"duplicate_paragraph_chars",
               "share of characters in repeated paragraphs above "
               "max_duplicate_paragraph_chars"},
    ReasonSpec{"duplicate_lines",
               "share of repeated lines above max_duplicate_lines"},
    ReasonSpec{"duplicate_line_chars",
               "share of characters in repeated lines above "
               "max_duplicate_line_chars"},
    ReasonSpec{"top_2_gram",
               "share of characters in the most common pair of words above "
               "max_top_2_gram"},
    ReasonSpec{"top_3_gram", "the same for 3 words, max_top_3_gram"},
    ReasonSpec{"top_4_gram", "the same for 4 words, max_top_4_gram"},
    ReasonSpec{"duplicate_5_grams",
               "share of characters in repeated runs of 5 words above "
               "max_duplicate_5_grams"},
    ReasonSpec{"duplicate_6_grams",
               "the same for 6 words, max_duplicate_6_grams"},
    ReasonSpec{"duplicate_7_grams",
               "the same for 7 words, max_duplicate_7_grams"},
    ReasonSpec{"duplicate_8_grams",
               "the same for 8 words, max_duplicate_8_grams"},
    ReasonSpec{"duplicate_9_grams",
               "the same for 9 words, max_duplicate_9_grams"},
    ReasonSpec{"duplicate_10_grams",
               "the same for 10 words, max_duplicate_10_grams"},
};
constexpr auto kCodes = ReasonCodes(kReasons);

// The thresholds for n = 2 ... 10, in the order of their reasons.
constexpr std::array<std::string_view, kLongest - kShortestTop + 1> kNgramKeys =
    {
        "max_top_2_gram",         "max_top_3_gram",
        "max_top_4_gram",         "max_duplicate_5_grams",
        "max_duplicate_6_grams",  "max_duplicate_7_grams",
        "max_duplicate_8_grams",  "max_duplicate_9_grams",
        "max_duplicate_10_grams",
};

struct Scratch : StageScratch {
  RepeatedLines lines;
  RepeatedNgrams ngrams;
};

class GopherRepetition final : public Stage {
 public:
  explicit GopherRepetition(const Params& params)
      : Stage(kName),
        profile_(ProfileOf(params)),
        max_duplicate_paragraphs_(
            params.OptionalFloat("max_duplicate_paragraphs")),
        max_duplicate_paragraph_chars_(
            params.OptionalFloat("max_duplicate_paragraph_chars")),
        max_duplicate_lines_(params.OptionalFloat("max_duplicate_lines")),
        max_duplicate_line_chars_(
            params.OptionalFloat("max_duplicate_line_chars")) {
    for (size_t i = 0; i < kNgramKeys.size(); ++i) {
      max_ngrams_[i] = params.OptionalFloat(kNgramKeys[i]);
      if (max_ngrams_[i]) longest_ = kShortestTop + static_cast<unsigned>(i);
    }
  }

  std::span<const std::string_view> reasons() const override { return kCodes; }
  AnalysisNeeds needs() const override {
    return longest_ == 0
               ? AnalysisNeeds::Lines()
               : AnalysisNeeds::Words(profile_) | AnalysisNeeds::Lines();
  }
  std::unique_ptr<StageScratch> NewScratch() const override {
    return std::make_unique<Scratch>();
  }

  Verdict Judge(Document&, const Analysis& analysis,
                StageContext& context) const override {
    if (analysis.text.empty()) return Verdict::Drop(kEmpty);
    auto& scratch = static_cast<Scratch&>(*context.scratch);
    RuleSequence rules(kCodes, context.explain);
    if (JudgeLines(analysis, &scratch.lines, &rules)) return rules.verdict();
    JudgeNgrams(analysis, &scratch.ngrams, &rules);
    return rules.verdict();
  }

 private:
  bool JudgeLines(const Analysis& analysis, RepeatedLines* lines,
                  RuleSequence* rules) const {
    const uint64_t chars = analysis.counts.chars;
    lines->Start(analysis);
    const Repeats paragraph = lines->Paragraphs();
    if (rules->Above(kDuplicateParagraphs,
                     Ratio(paragraph.copies, paragraph.all),
                     max_duplicate_paragraphs_) ||
        rules->Above(kDuplicateParagraphChars, Ratio(paragraph.chars, chars),
                     max_duplicate_paragraph_chars_)) {
      return true;
    }
    const Repeats line = lines->Lines();
    return rules->Above(kDuplicateLines, Ratio(line.copies, line.all),
                        max_duplicate_lines_) ||
           rules->Above(kDuplicateLineChars, Ratio(line.chars, chars),
                        max_duplicate_line_chars_);
  }

  void JudgeNgrams(const Analysis& analysis, RepeatedNgrams* ngrams,
                   RuleSequence* rules) const {
    const uint64_t chars = analysis.counts.chars;
    const Words& words = analysis.word(profile_);
    for (unsigned n = kShortestTop; n <= longest_ && n <= words.size(); ++n) {
      if (n == kShortestTop) {
        ngrams->Start(words);
      } else {
        ngrams->Lengthen();
      }
      const Limit& limit = max_ngrams_[n - kShortestTop];
      if (!limit) continue;
      const uint64_t repeated = n < kShortestDuplicate
                                    ? TopChars(*ngrams)
                                    : ngrams->WalkDuplicateChars();
      if (rules->Above(kNgrams + n - kShortestTop, Ratio(repeated, chars),
                       limit)) {
        return;
      }
    }
  }

  // Characters of all occurrences of the most common n-gram, its words joined
  // by spaces.
  static uint64_t TopChars(const RepeatedNgrams& ngrams) {
    const RepeatedNgrams::Top& top = ngrams.top();
    return (ngrams.Chars(top.first) + ngrams.n() - 1) * top.count;
  }

  Profile profile_;
  Limit max_duplicate_paragraphs_;
  Limit max_duplicate_paragraph_chars_;
  Limit max_duplicate_lines_;
  Limit max_duplicate_line_chars_;
  std::array<Limit, kNgramKeys.size()> max_ngrams_;
  unsigned longest_ = 0;  // n of the last rule that is on
};

std::unique_ptr<Stage> Make(const Params& params, const StageSetup&) {
  return std::make_unique<GopherRepetition>(params);
}

}  // namespace

const StageSpec& GopherRepetitionSpec() {
  static constexpr std::string_view kTopHelp =
      "Drop when the most common run of this many words, joined by spaces: "
      "its characters * its count / characters > this.";
  static constexpr std::string_view kDuplicateHelp =
      "Drop when characters in repeated runs of this many words / "
      "characters > this.";
  static const StageSpec spec = {
      .name = kName,
      .summary =
          "Gopher's repetition rules: repeated paragraphs, lines and "
          "runs of words. First copies never count.",
      .source =
          "arXiv 2112.11446 table A1; huggingface/datatrove 0.10 : "
          "src/datatrove/pipeline/filters/gopher_repetition_filter.py",
      .params =
          {
              ProfileParam(),
              LimitParam("max_duplicate_paragraphs", "0.3",
                         "Drop when repeated paragraphs / paragraphs > this."),
              LimitParam("max_duplicate_paragraph_chars", "0.2",
                         "Drop when characters of repeated paragraphs / "
                         "characters > this."),
              LimitParam("max_duplicate_lines", "0.3",
                         "Drop when repeated lines / lines > this."),
              LimitParam("max_duplicate_line_chars", "0.2",
                         "Drop when characters of repeated lines / "
                         "characters > this."),
              LimitParam(kNgramKeys[0], "0.2", kTopHelp),
              LimitParam(kNgramKeys[1], "0.18", kTopHelp),
              LimitParam(kNgramKeys[2], "0.16", kTopHelp),
              LimitParam(kNgramKeys[3], "0.15", kDuplicateHelp),
              LimitParam(kNgramKeys[4], "0.14", kDuplicateHelp),
              LimitParam(kNgramKeys[5], "0.13", kDuplicateHelp),
              LimitParam(kNgramKeys[6], "0.12", kDuplicateHelp),
              LimitParam(kNgramKeys[7], "0.11", kDuplicateHelp),
              LimitParam(kNgramKeys[8], "0.1", kDuplicateHelp),
          },
      .reasons = {kReasons.begin(), kReasons.end()},
      .make = Make};
  return spec;
}

}  // namespace winnow
