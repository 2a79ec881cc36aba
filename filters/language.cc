// SPDX-License-Identifier: Apache-2.0
#include "filters/language.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "filters/lid_model.h"
#include "filters/lid_sample.h"
#include "filters/lid_worker.h"
#include "pipeline/error.h"

namespace winnow {
namespace {

constexpr std::string_view kName = "language";
constexpr std::string_view kAny = "any";

enum Reason : unsigned { kWrongLanguage, kLowScore };

constexpr std::array<ReasonSpec, 2> kReasons = {{
    {"wrong_language", "the most probable language is not in `keep`"},
    {"low_score", "no language in `keep` has a score above `min_score`"},
}};
constexpr std::array<std::string_view, 2> kCodes = {kReasons[0].code,
                                                    kReasons[1].code};

struct LanguageScratch : StageScratch {
  LanguageScratch(std::shared_ptr<const LidModel> model, size_t memo_bytes)
      : worker(std::move(model), memo_bytes) {}
  LidWorker worker;
};

class Language final : public Stage {
 public:
  // An empty `keep` keeps every language.
  Language(std::shared_ptr<const LidModel> model, std::vector<uint16_t> keep,
           double min_score, size_t memo_bytes)
      : Stage(kName),
        model_(std::move(model)),
        keep_(std::move(keep)),
        min_score_(min_score),
        memo_bytes_(memo_bytes) {}

  std::span<const std::string_view> reasons() const override { return kCodes; }
  AnalysisNeeds needs() const override { return AnalysisNeeds::None(); }
  std::unique_ptr<StageScratch> NewScratch() const override {
    return std::make_unique<LanguageScratch>(model_, memo_bytes_);
  }

  Verdict Judge(Document& document, const Analysis&,
                StageContext& context) const override {
    LidWorker& worker = static_cast<LanguageScratch*>(context.scratch)->worker;
    const LidResult best = worker.Predict(LidSample(document.text));
    // Text in which the model knows nothing gets its prior, English at 0.12.
    const bool evidence = worker.rows() > 1;
    document.language =
        evidence ? model_->label(best.label) : std::string_view();
    document.language_score = std::min(best.score, 1.0F);

    const bool listed = Listed(best.label);
    const double score = listed ? ScoreOf(best.score) : BestListed(worker);
    const bool low = !(score > min_score_);
    const bool wrong = low && !listed && evidence;
    if (context.explain != nullptr) {
      Explain(best.label, listed, wrong, worker, context.explain);
      context.explain->Rule(kCodes[kLowScore], score, "<=", min_score_, low);
    }
    if (wrong) return Verdict::Drop(kWrongLanguage);
    return low ? Verdict::Drop(kLowScore) : Verdict::Keep();
  }

 private:
  static double ScoreOf(float score) {
    return static_cast<double>(std::min(score, 1.0F));
  }
  bool Listed(uint16_t label) const {
    return keep_.empty() ||
           std::find(keep_.begin(), keep_.end(), label) != keep_.end();
  }
  // What the rules compare: the labels, and whose score it is.
  void Explain(uint16_t best, bool listed, bool wrong, const LidWorker& worker,
               Explainer* explain) const {
    explain->Note("language", model_->label(best));
    std::string keep;
    uint16_t scored = best;
    for (const uint16_t label : keep_) {
      keep += (keep.empty() ? "" : ", ") + std::string(model_->label(label));
      if (listed) continue;
      if (scored == best || worker.Score(label) > worker.Score(scored)) {
        scored = label;
      }
    }
    if (keep_.empty()) keep = kAny;
    explain->Choice(kCodes[kWrongLanguage], model_->label(best), "not in", keep,
                    wrong);
    explain->Note("low_score_of", model_->label(scored));
  }
  // datatrove keeps a document if any listed language's own score is high
  // enough, the most probable or not.
  double BestListed(const LidWorker& worker) const {
    float best = 0;
    for (const uint16_t label : keep_) {
      best = std::max(best, worker.Score(label));
    }
    return ScoreOf(best);
  }

  std::shared_ptr<const LidModel> model_;
  std::vector<uint16_t> keep_;
  double min_score_;
  size_t memo_bytes_;
};

// Country codes and names that are written for a language's code.
std::string Meant(const std::string& code) {
  static constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
      {"cn", "zh"},      {"de-DE", "de"},   {"dk", "da"},
      {"en-US", "en"},   {"eng", "en"},     {"english", "en"},
      {"French", "fr"},  {"french", "fr"},  {"German", "de"},
      {"german", "de"},  {"jp", "ja"},      {"japanese", "ja"},
      {"kor", "ko"},     {"korean", "ko"},  {"kr", "ko"},
      {"chinese", "zh"}, {"spanish", "es"}, {"English", "en"},
      {"ua", "uk"},      {"russian", "ru"}, {"Korean", "ko"},
  };
  for (const auto& [written, meant] : kMeant) {
    if (written == code) return ": did you mean '" + std::string(meant) + "'?";
  }
  return "";
}

[[noreturn]] void FailKeep(const std::string& what) {
  throw Error(ErrorKind::kUsage,
              "stage language: keep: " + what +
                  ": give ISO codes of the model, as in [en, ko], or [any]");
}

std::unique_ptr<Stage> Make(const Params& params, const StageSetup& setup) {
  const std::vector<std::string>& codes = params.Strings("keep");
  if (codes.empty()) FailKeep("no language given");
  auto model = LidModel::Load(LidModel::PathIn(setup.data_dir));
  std::vector<uint16_t> keep;
  for (const std::string& code : codes) {
    if (code == kAny && codes.size() == 1) break;
    if (code == kAny) FailKeep("'any' stands alone");
    const auto label = model->Find(code);
    if (!label) FailKeep("unknown language '" + code + "'" + Meant(code));
    keep.push_back(*label);
  }
  const size_t memo_bytes = std::min<uint64_t>(LidWorker::kDefaultMemoBytes,
                                               setup.worker_cache_bytes);
  return std::make_unique<Language>(std::move(model), std::move(keep),
                                    params.Float("min_score"), memo_bytes);
}

}  // namespace

const StageSpec& LanguageSpec() {
  static const StageSpec spec = {
      .name = kName,
      .summary =
          "Finds the language (fastText lid.176.ftz, 176 languages) and "
          "keeps the listed ones.",
      .source =
          "huggingface/datatrove : "
          "src/datatrove/pipeline/filters/language_filter.py; "
          "facebookresearch/fastText : src/loss.cc, src/dictionary.cc",
      .params = {{.key = "keep",
                  .type = ParamType::kStrings,
                  .default_value = "",
                  .help = "Languages to keep, by the model's ISO codes ([en], "
                          "[en, ko]), or [any].",
                  .required = true},
                 {.key = "min_score",
                  .type = ParamType::kFloat,
                  .default_value = "0.65",
                  .help = "Drop when the score of every language in keep <= "
                          "this.",
                  .min = 0,
                  .max = 1}},
      .reasons = {kReasons.begin(), kReasons.end()},
      .make = Make};
  return spec;
}

}  // namespace winnow
