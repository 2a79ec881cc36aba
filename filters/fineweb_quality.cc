// SPDX-License-Identifier: Apache-2.0
#include "filters/fineweb_quality.h"

#include <memory>

#include "filters/first_seen_table.h"
#include "filters/python_space.h"
#include "filters/rule_params.h"
#include "filters/rule_sequence.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/punctuation.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

constexpr std::string_view kName = "fineweb_quality";

enum Reason : unsigned {
  kEmpty,
  kFewTerminalLines,
  kShortLines,
  kDuplicateLineChars,
  kNewlines,
};

constexpr std::array kReasons = {
    ReasonSpec{"empty", "no line with more than white space"},
    ReasonSpec{"few_terminal_lines",
               "share of lines that end with terminal punctuation below "
               "min_terminal_lines"},
    ReasonSpec{"short_lines", "share of short lines above max_short_lines"},
    ReasonSpec{"duplicate_line_chars",
               "share of characters in repeated lines above "
               "max_duplicate_line_chars"},
    ReasonSpec{"newlines", "more line feeds a word than max_newlines_per_word"},
};
constexpr auto kCodes = ReasonCodes(kReasons);

bool EndsTerminal(std::string_view line) {
  const auto last = static_cast<unsigned char>(line.back());
  if (last < 0x80) return last == '.' || last == '!' || last == '?';
  size_t pos = line.size() - 1;
  while (pos > 0 && (static_cast<unsigned char>(line[pos]) & 0xC0U) == 0x80) {
    --pos;
  }
  return IsTerminalPunctuation(DecodeUtf8(line, &pos));
}

struct Scratch : StageScratch {
  std::vector<Line> lines;       // those with more than white space
  std::vector<uint64_t> hashes;  // of their bytes
  FirstSeenTable table;
};

class FinewebQuality final : public Stage {
 public:
  explicit FinewebQuality(const Params& params)
      : Stage(kName),
        profile_(ProfileOf(params)),
        min_terminal_lines_(params.OptionalFloat("min_terminal_lines")),
        allow_no_terminal_line_(params.Bool("allow_no_terminal_line")),
        short_line_chars_(
            static_cast<uint64_t>(params.Int("short_line_chars"))),
        max_short_lines_(params.OptionalFloat("max_short_lines")),
        max_duplicate_line_chars_(
            params.OptionalFloat("max_duplicate_line_chars")),
        max_newlines_per_word_(params.OptionalFloat("max_newlines_per_word")) {}

  std::span<const std::string_view> reasons() const override { return kCodes; }
  AnalysisNeeds needs() const override {
    return AnalysisNeeds::Words(profile_) | AnalysisNeeds::Lines();
  }
  std::unique_ptr<StageScratch> NewScratch() const override {
    return std::make_unique<Scratch>();
  }

  Verdict Judge(Document&, const Analysis& analysis,
                StageContext& context) const override {
    auto& scratch = static_cast<Scratch&>(*context.scratch);
    uint64_t terminal = 0;
    uint64_t brief = 0;
    scratch.lines.clear();
    for (const Line& line : analysis.lines) {
      const std::string_view slice = analysis.Slice(line.begin, line.end);
      if (StripLeft(slice).empty()) continue;
      terminal += EndsTerminal(slice) ? 1U : 0U;
      brief += line.chars <= short_line_chars_ ? 1U : 0U;
      scratch.lines.push_back(line);
    }
    const size_t lines = scratch.lines.size();
    if (lines == 0) return Verdict::Drop(kEmpty);

    RuleSequence rules(kCodes, context.explain);
    const Limit min_terminal = terminal == 0 && allow_no_terminal_line_
                                   ? std::nullopt
                                   : min_terminal_lines_;
    if (rules.Below(kFewTerminalLines, Ratio(terminal, lines), min_terminal) ||
        rules.Above(kShortLines, Ratio(brief, lines), max_short_lines_)) {
      return rules.verdict();
    }
    if (max_duplicate_line_chars_ &&
        rules.Above(kDuplicateLineChars,
                    Ratio(DuplicateChars(analysis, &scratch),
                          analysis.counts.chars - analysis.counts.line_feeds),
                    max_duplicate_line_chars_)) {
      return rules.verdict();
    }
    rules.Above(
        kNewlines,
        Ratio(analysis.counts.line_feeds, analysis.word(profile_).size()),
        max_newlines_per_word_);
    return rules.verdict();
  }

 private:
  // Characters of the second and later copies of a line.
  static uint64_t DuplicateChars(const Analysis& analysis, Scratch* scratch) {
    uint64_t chars = 0;
    std::vector<uint64_t>& hashes = scratch->hashes;
    hashes.clear();
    const FirstSeenTable::Entries table =
        scratch->table.Start(scratch->lines.size(), scratch->lines.size());
    for (const Line& line : scratch->lines) {
      const auto index = static_cast<uint32_t>(hashes.size());
      hashes.push_back(Hash64(analysis.Slice(line.begin, line.end)));
      const uint32_t first = table.Enter(hashes.back(), index, [&](uint32_t i) {
        return hashes[i] == hashes[index];
      });
      if (first != index) chars += line.chars;
    }
    return chars;
  }

  Profile profile_;
  Limit min_terminal_lines_;
  bool allow_no_terminal_line_;
  uint64_t short_line_chars_;
  Limit max_short_lines_;
  Limit max_duplicate_line_chars_;
  Limit max_newlines_per_word_;
};

std::unique_ptr<Stage> Make(const Params& params, const StageSetup&) {
  return std::make_unique<FinewebQuality>(params);
}

}  // namespace

const StageSpec& FinewebQualitySpec() {
  static const StageSpec spec = {
      .name = kName,
      .summary =
          "FineWeb's rules: lines without an end, short lines, repeated "
          "lines, lists. Lines are cut at line feeds, blank ones left "
          "out.",
      .source =
          "arXiv 2406.17557 section 3.6; huggingface/datatrove 0.10 : "
          "src/datatrove/pipeline/filters/fineweb_quality_filter.py",
      .params =
          {
              ProfileParam(),
              LimitParam("min_terminal_lines", "0.12",
                         "Drop when lines that end with terminal punctuation "
                         "/ lines < this."),
              SwitchParam("allow_no_terminal_line", false,
                          "Keep a text in which no line at all ends with "
                          "terminal punctuation."),
              {.key = "short_line_chars",
               .type = ParamType::kInt,
               .default_value = "30",
               .help = "A line is short with <= this many characters.",
               .min = 0},
              LimitParam("max_short_lines", "0.67",
                         "Drop when short lines / lines > this."),
              LimitParam("max_duplicate_line_chars", "0.01",
                         "Drop when characters in second and later copies of "
                         "a line / characters without line feeds > this."),
              LimitParam("max_newlines_per_word", "0.3",
                         "Drop when line feeds / words > this."),
          },
      .reasons = {kReasons.begin(), kReasons.end()},
      .make = Make};
  return spec;
}

}  // namespace winnow
