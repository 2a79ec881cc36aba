// SPDX-License-Identifier: Apache-2.0
// The parallel half (Judge) makes a document's signature in the batch's arena;
// the serial half (Decide) looks it up, in canonical order.
#include "dedup/minhash.h"

#include <charconv>
#include <cstring>

#include "dedup/dedup_stage.h"
#include "dedup/little_endian.h"
#include "dedup/minhash_index.h"
#include "dedup/signature.h"
#include "pipeline/error.h"

namespace winnow {
namespace {

constexpr std::string_view kReasons[] = {"near_duplicate"};

enum Counter : size_t {
  kDocuments,
  kDuplicates,
  kWithoutWords,
  kShort,
  kCompared,
  kRejected,
  kCappedKeys,
  kCounters
};
constexpr std::string_view kCounterNames[] = {
    "documents",       "duplicates", "documents_without_words",
    "short_documents", "candidates", "candidates_rejected",
    "capped_keys"};
static_assert(std::size(kCounterNames) == kCounters);

constexpr size_t kKeyBytes = kBandKeyBits / 8;

// More permutations than any published setting (450 x 20).
constexpr size_t kMaxSlots = 16384;

BandShape ShapeOf(const Params& params) {
  return {static_cast<size_t>(params.Int("bands")),
          static_cast<size_t>(params.Int("rows"))};
}

// Everything that decides what a signature or a verdict is.
std::string SegmentParameters(const Params& params) {
  std::string lines = "kernel=" + std::string(kMinhashKernelId) + "\n";
  for (const auto& [key, value] : params.all()) {
    lines += key + "=" + value.text + "\n";
  }
  return lines;
}

struct MinhashScratch final : StageScratch {
  SignatureMaker::Scratch signature;
};

class MinhashStage final : public DedupStage {
 public:
  explicit MinhashStage(const Params& params)
      : DedupStage("minhash", kCounterNames, SegmentParameters(params),
                   ShapeOf(params).slots() + ShapeOf(params).bands * kKeyBytes),
        shape_(ShapeOf(params)),
        maker_(shape_, static_cast<size_t>(params.Int("ngram")),
               static_cast<uint64_t>(params.Int("seed"))),
        min_equal_(params.String("verify") == "none"
                       ? 0
                       : MinEqualBytes(params.Float("min_similarity"),
                                       shape_.slots())),
        index_(shape_) {}

  std::span<const std::string_view> reasons() const override {
    return kReasons;
  }
  AnalysisNeeds needs() const override {
    return AnalysisNeeds::Words(Profile::kAlnum);
  }
  std::unique_ptr<StageScratch> NewScratch() const override {
    return std::make_unique<MinhashScratch>();
  }
  Verdict Judge(Document& document, const Analysis& analysis,
                StageContext& context) const override;

  size_t BytesPerDocument() const override { return index_.BytesPerDocument(); }
  uint64_t Reserve(uint64_t bytes) override { return index_.Reserve(bytes); }
  bool Full() const override { return index_.full(); }
  void Prefetch(const Document& document) const override {
    const Signature* const signature = SignatureOf(document);
    if (signature != nullptr) index_.Prefetch(signature->keys);
  }
  Verdict Decide(Document& document) override;

 protected:
  uint64_t entered() const override { return index_.size(); }
  void ReplayRecords(const char* records, uint64_t count) override;

 private:
  const Signature* SignatureOf(const Document& document) const {
    return static_cast<const Signature*>(
        document.slots[static_cast<size_t>(slot())]);
  }
  void LogKept(const Document& document, const Signature& signature);

  BandShape shape_;
  SignatureMaker maker_;
  size_t min_equal_;
  MinhashIndex index_;
};

Verdict MinhashStage::Judge(Document& document, const Analysis& analysis,
                            StageContext& context) const {
  auto* const scratch = static_cast<MinhashScratch*>(context.scratch);
  document.slots[static_cast<size_t>(slot())] =
      const_cast<Signature*>(maker_.Make(analysis.word(Profile::kAlnum).folded,
                                         &scratch->signature, context.arena));
  return Verdict::Keep();
}

Verdict MinhashStage::Decide(Document& document) {
  Count(kDocuments);
  const Signature* const signature = SignatureOf(document);
  if (signature == nullptr) {
    Count(kWithoutWords);
    return Verdict::Keep();
  }
  if (signature->is_short) Count(kShort);
  const MinhashIndex::Outcome outcome =
      index_.Find(signature->keys, signature->sketch, min_equal_);
  Count(kCompared, outcome.compared);
  Count(kRejected, outcome.rejected);
  if (outcome.found) {
    log().AddDuplicate(outcome.ordinal,
                       EstimateSimilarity(outcome.equal, shape_.slots()),
                       document);
    Count(kDuplicates);
    return Verdict::Drop(0);
  }
  if (index_.full()) ThrowFull();
  Count(kCappedKeys, index_.Insert(signature->keys, signature->sketch));
  LogKept(document, *signature);
  return Verdict::Keep();
}

// Record: the sketch, then the band keys.
void MinhashStage::LogKept(const Document& document,
                           const Signature& signature) {
  char* record = log().AddKept(document);
  std::memcpy(record, signature.sketch, shape_.slots());
  record += shape_.slots();
  for (size_t band = 0; band < shape_.bands; ++band, record += kKeyBytes) {
    StoreLittle(signature.keys[band], kKeyBytes, record);
  }
}

void MinhashStage::ReplayRecords(const char* records, uint64_t count) {
  constexpr uint64_t kAhead = 8;
  const size_t record_bytes = log().format().record_bytes;
  // A ring of decoded keys, so that each record's are fetched ahead of time.
  std::vector<uint64_t> ring(kAhead * shape_.bands);
  const auto keys_of = [&](uint64_t i) {
    return ring.data() + i % kAhead * shape_.bands;
  };
  const auto decode = [&](uint64_t i) {
    const char* key = records + i * record_bytes + shape_.slots();
    for (size_t band = 0; band < shape_.bands; ++band, key += kKeyBytes) {
      keys_of(i)[band] = LoadLittle(key, kKeyBytes);
    }
    index_.Prefetch(keys_of(i));
  };
  for (uint64_t i = 0; i < std::min(kAhead, count); ++i) decode(i);
  for (uint64_t i = 0; i < count; ++i) {
    if (index_.full()) ThrowFull();
    index_.Replay(keys_of(i),
                  reinterpret_cast<const uint8_t*>(records + i * record_bytes));
    if (i + kAhead < count) decode(i + kAhead);
  }
}

std::unique_ptr<Stage> MakeMinhash(const Params& params, const StageSetup&) {
  const size_t slots = ShapeOf(params).slots();
  if (slots > kMaxSlots) {
    throw Error(ErrorKind::kUsage,
                "minhash: bands x rows is " + std::to_string(slots) +
                    ": use at most " + std::to_string(kMaxSlots));
  }
  // Keys of few rows are short: then how often two documents meet in the index
  // by chance depends on its size, which no result may. The check decides that.
  constexpr uint32_t kRowsWithoutCheck = 4;
  if (ShapeOf(params).rows < kRowsWithoutCheck &&
      params.String("verify") == "none") {
    throw Error(ErrorKind::kUsage,
                "minhash: rows below " + std::to_string(kRowsWithoutCheck) +
                    " need verify: signature: too many pairs meet by chance");
  }
  return std::make_unique<MinhashStage>(params);
}

}  // namespace

const StageSpec& MinhashSpec() {
  static const StageSpec spec{
      .name = "minhash",
      .summary =
          "Drops a document that nearly repeats one kept before, by "
          "MinHash signatures of word n-grams.",
      .source =
          "Broder 1997; settings of huggingface/datatrove : "
          "examples/fineweb.py; docs/dedup.md",
      .params =
          {{.key = "unit",
            .type = ParamType::kChoice,
            .default_value = "words",
            .help = "what a shingle is made of: folded words, where a Han, "
                    "Kana or Thai character is a word of its own",
            .choices = "words"},
           {.key = "ngram",
            .type = ParamType::kInt,
            .default_value = "5",
            .help = "units in a shingle",
            .min = 1,
            .max = 100},
           {.key = "bands",
            .type = ParamType::kInt,
            .default_value = "14",
            .help = "bands; one in common makes two documents candidates",
            .min = 1,
            .max = 1000},
           {.key = "rows",
            .type = ParamType::kInt,
            .default_value = "8",
            .help = "permutations in a band, which must all agree",
            .min = 1,
            .max = 1000},
           {.key = "keep",
            .type = ParamType::kChoice,
            .default_value = "first",
            .help = "which document of a cluster is kept, in canonical order",
            .choices = "first"},
           {.key = "verify",
            .type = ParamType::kChoice,
            .default_value = "signature",
            .help = "how a candidate is checked: the estimate over all "
                    "permutations, or not at all",
            .choices = "signature|none"},
           {.key = "min_similarity",
            .type = ParamType::kFloat,
            .default_value = "0.7",
            .help = "least estimated Jaccard similarity to drop a candidate "
                    "(verify: signature)",
            .min = 0,
            .max = 1},
           {.key = "seed",
            .type = ParamType::kInt,
            .default_value = "1",
            .help = "seed of the permutations",
            .min = 0,
            .max = 9007199254740992.0}},
      .reasons = {{"near_duplicate",
                   "similar to a document kept before, which the cluster list "
                   "names"}},
      .make = MakeMinhash};
  return spec;
}

}  // namespace winnow
