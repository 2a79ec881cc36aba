// SPDX-License-Identifier: Apache-2.0
#include "filters/gopher_quality.h"

#include <memory>

#include "filters/python_space.h"
#include "filters/rule_params.h"
#include "filters/rule_sequence.h"
#include "filters/stop_words.h"

namespace winnow {
namespace {

constexpr std::string_view kName = "gopher_quality";

enum Reason : unsigned {
  kEmpty,
  kShortDoc,
  kLongDoc,
  kShortWords,
  kLongWords,
  kHashes,
  kEllipses,
  kBulletLines,
  kEllipsisLines,
  kFewAlphaWords,
  kFewStopWords,
};

constexpr std::array kReasons = {
    ReasonSpec{"empty", "no text, or not one word"},
    ReasonSpec{"short_doc", "fewer words than min_words"},
    ReasonSpec{"long_doc", "more words than max_words"},
    ReasonSpec{"short_words", "mean word length below min_mean_word_length"},
    ReasonSpec{"long_words", "mean word length above max_mean_word_length"},
    ReasonSpec{"hashes", "more '#' a word than max_hash_ratio"},
    ReasonSpec{"ellipses", "more ellipses a word than max_ellipsis_ratio"},
    ReasonSpec{"bullet_lines",
               "share of lines that begin with a bullet above "
               "max_bullet_lines"},
    ReasonSpec{"ellipsis_lines",
               "share of lines that end with an ellipsis above "
               "max_ellipsis_lines"},
    ReasonSpec{"few_alpha_words",
               "share of words with a letter below min_alpha_words"},
    ReasonSpec{"few_stop_words",
               "fewer different stop words than min_stop_words"},
};
constexpr auto kCodes = ReasonCodes(kReasons);

struct WordTotals {
  uint64_t proper = 0;  // with a character that is no punctuation
  uint64_t proper_chars = 0;
  uint64_t alpha = 0;
};

WordTotals TotalWords(const Words& words) {
  WordTotals totals;
  const uint8_t* flags = words.flags.data();
  const uint32_t* chars = words.chars.data();
  for (size_t i = 0, n = words.size(); i < n; ++i) {
    const uint32_t proper = (flags[i] & kWordHasNonPunct) != 0 ? 1U : 0U;
    totals.proper += proper;
    totals.proper_chars += proper * chars[i];
    totals.alpha += (flags[i] & kWordHasAlpha) != 0 ? 1U : 0U;
  }
  return totals;
}

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";  // U+2026
constexpr std::string_view kBullet = "\xE2\x80\xA2";    // U+2022

bool BeginsWithBullet(std::string_view line) {
  line = StripLeft(line);
  return line.starts_with('-') || line.starts_with(kBullet);
}

bool EndsWithEllipsis(std::string_view line) {
  line = StripRight(line);
  return line.ends_with("...") || line.ends_with(kEllipsis);
}

struct Scratch : StageScratch {
  std::vector<uint8_t> seen;
};

class GopherQuality final : public Stage {
 public:
  explicit GopherQuality(const Params& params)
      : Stage(kName),
        profile_(ProfileOf(params)),
        min_words_(params.OptionalFloat("min_words")),
        max_words_(params.OptionalFloat("max_words")),
        min_mean_word_length_(params.OptionalFloat("min_mean_word_length")),
        max_mean_word_length_(params.OptionalFloat("max_mean_word_length")),
        max_hash_ratio_(params.OptionalFloat("max_hash_ratio")),
        max_ellipsis_ratio_(params.OptionalFloat("max_ellipsis_ratio")),
        max_bullet_lines_(params.OptionalFloat("max_bullet_lines")),
        max_ellipsis_lines_(params.OptionalFloat("max_ellipsis_lines")),
        min_alpha_words_(params.OptionalFloat("min_alpha_words")),
        min_stop_words_(params.OptionalFloat("min_stop_words")),
        stop_words_(params.Strings("stop_words")) {}

  std::span<const std::string_view> reasons() const override { return kCodes; }
  AnalysisNeeds needs() const override {
    return AnalysisNeeds::Words(profile_) | AnalysisNeeds::Lines();
  }
  std::unique_ptr<StageScratch> NewScratch() const override {
    return std::make_unique<Scratch>();
  }

  Verdict Judge(Document&, const Analysis& analysis,
                StageContext& context) const override {
    if (analysis.text.empty()) return Verdict::Drop(kEmpty);
    RuleSequence rules(kCodes, context.explain);
    const WordTotals totals = TotalWords(analysis.word(profile_));
    if (JudgeWords(totals, &rules)) return rules.verdict();
    if (analysis.word(profile_).size() == 0) {
      return rules.verdict().kept() ? Verdict::Drop(kEmpty) : rules.verdict();
    }
    if (JudgeSymbols(analysis, &rules)) return rules.verdict();
    if (JudgeLines(analysis, &rules)) return rules.verdict();
    JudgeVocabulary(analysis, totals, context, &rules);
    return rules.verdict();
  }

 private:
  bool JudgeWords(const WordTotals& totals, RuleSequence* rules) const {
    if (rules->Below(kShortDoc, AsDouble(totals.proper), min_words_)) {
      return true;
    }
    if (rules->Above(kLongDoc, AsDouble(totals.proper), max_words_)) {
      return true;
    }
    // Without such a word the mean is not a number and fails no comparison.
    if (totals.proper == 0) return false;
    const double mean = Ratio(totals.proper_chars, totals.proper);
    return rules->Below(kShortWords, mean, min_mean_word_length_) ||
           rules->Above(kLongWords, mean, max_mean_word_length_);
  }

  bool JudgeSymbols(const Analysis& analysis, RuleSequence* rules) const {
    const uint64_t words = analysis.word(profile_).size();
    const TextCounts& counts = analysis.counts;
    return rules->Above(kHashes, Ratio(counts.hashes, words),
                        max_hash_ratio_) ||
           rules->Above(kEllipses, Ratio(counts.ellipses, words),
                        max_ellipsis_ratio_);
  }

  bool JudgeLines(const Analysis& analysis, RuleSequence* rules) const {
    uint64_t bullets = 0;
    uint64_t ellipses = 0;
    for (const Line& line : analysis.split_lines) {
      const std::string_view slice = analysis.Slice(line.begin, line.end);
      bullets += BeginsWithBullet(slice) ? 1U : 0U;
      ellipses += EndsWithEllipsis(slice) ? 1U : 0U;
    }
    const uint64_t lines = analysis.split_lines.size();
    return rules->Above(kBulletLines, Ratio(bullets, lines),
                        max_bullet_lines_) ||
           rules->Above(kEllipsisLines, Ratio(ellipses, lines),
                        max_ellipsis_lines_);
  }

  void JudgeVocabulary(const Analysis& analysis, const WordTotals& totals,
                       StageContext& context, RuleSequence* rules) const {
    const Words& words = analysis.word(profile_);
    if (rules->Below(kFewAlphaWords, Ratio(totals.alpha, words.size()),
                     min_alpha_words_)) {
      return;
    }
    if (!min_stop_words_) return;
    const uint64_t enough = rules->explaining()
                                ? stop_words_.size()
                                : static_cast<uint64_t>(*min_stop_words_);
    rules->Below(kFewStopWords,
                 AsDouble(stop_words_.CountDistinct(
                     analysis.text, words, enough,
                     &static_cast<Scratch*>(context.scratch)->seen)),
                 min_stop_words_);
  }

  Profile profile_;
  Limit min_words_;
  Limit max_words_;
  Limit min_mean_word_length_;
  Limit max_mean_word_length_;
  Limit max_hash_ratio_;
  Limit max_ellipsis_ratio_;
  Limit max_bullet_lines_;
  Limit max_ellipsis_lines_;
  Limit min_alpha_words_;
  Limit min_stop_words_;
  StopWords stop_words_;
};

std::unique_ptr<Stage> Make(const Params& params, const StageSetup&) {
  RequireOrder(kName, params, "min_words", "max_words");
  RequireOrder(kName, params, "min_mean_word_length", "max_mean_word_length");
  return std::make_unique<GopherQuality>(params);
}

}  // namespace

const StageSpec& GopherQualitySpec() {
  static const StageSpec spec = {
      .name = kName,
      .summary =
          "Gopher's quality rules: amount and shape of words, symbols, "
          "bullet and ellipsis lines, stop words.",
      .source =
          "arXiv 2112.11446 table A1; huggingface/datatrove 0.10 : "
          "src/datatrove/pipeline/filters/gopher_quality_filter.py",
      .params =
          {
              ProfileParam(),
              CountParam("min_words", "50",
                         "Drop when words other than punctuation < this."),
              CountParam("max_words", "100000",
                         "Drop when words other than punctuation > this."),
              LimitParam("min_mean_word_length", "3",
                         "Drop when characters / words < this, punctuation "
                         "left out."),
              LimitParam("max_mean_word_length", "10",
                         "Drop when characters / words > this, punctuation "
                         "left out."),
              ShareParam("max_hash_ratio", "0.1",
                         "Drop when '#' / words > this."),
              ShareParam("max_ellipsis_ratio", "0.1",
                         "Drop when ('...' + U+2026) / words > this."),
              ShareParam("max_bullet_lines", "0.9",
                         "Drop when lines that begin with '-' or U+2022 / "
                         "lines > this."),
              ShareParam("max_ellipsis_lines", "0.3",
                         "Drop when lines that end with '...' or U+2026 / "
                         "lines > this."),
              ShareParam("min_alpha_words", "0.8",
                         "Drop when words with a letter / words < this."),
              {.key = "stop_words",
               .type = ParamType::kStrings,
               .default_value = "[the, be, to, of, and, that, have, with]",
               .help = "The stop words; case counts."},
              CountParam("min_stop_words", "2",
                         "Drop when different stop words < this."),
          },
      .reasons = {kReasons.begin(), kReasons.end()},
      .make = Make};
  return spec;
}

}  // namespace winnow
