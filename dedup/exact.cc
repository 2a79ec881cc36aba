// SPDX-License-Identifier: Apache-2.0
// XXH3-128 of the normalised text decides. 128 bits: 64 expect a false pair
// near 6e9 documents. An adversary can make collisions.
//
// `words` hashes the hashes of the folded words: NFC, lower case, without
// punctuation, symbols or white space, so copies that differ in layout alone
// are equal; no text is copied. A text without any word is hashed as it is.
#include "dedup/exact.h"

#include <algorithm>

#include "dedup/dedup_stage.h"
#include "dedup/little_endian.h"
#include "dedup/ordinal_table.h"
#include "dedup/zeroed_memory.h"
#include "pipeline/text/hash.h"

namespace winnow {
namespace {

constexpr std::string_view kReasons[] = {"duplicate"};

enum Counter : size_t { kDocuments, kDuplicates, kWithoutWords, kCounters };
constexpr std::string_view kCounterNames[] = {"documents", "duplicates",
                                              "documents_without_words"};
static_assert(std::size(kCounterNames) == kCounters);

constexpr size_t kRecordBytes = sizeof(Hash128);

struct ExactKey {
  Hash128 hash;
  bool has_words;
};

// The part of a 128-bit key that the table uses.
uint64_t TableKey(const Hash128& hash) { return hash.lo >> 16; }

class ExactStage final : public DedupStage {
 public:
  explicit ExactStage(const Params& params)
      : DedupStage(
            "exact", kCounterNames,
            "hash=xxh3-128\nnormalize=" + params.String("normalize") + "\n",
            kRecordBytes),
        raw_(params.String("normalize") == "raw") {}

  std::span<const std::string_view> reasons() const override {
    return kReasons;
  }
  AnalysisNeeds needs() const override {
    return raw_ ? AnalysisNeeds::None() : AnalysisNeeds::Words(Profile::kAlnum);
  }

  Verdict Judge(Document& document, const Analysis& analysis,
                StageContext& context) const override;

  size_t BytesPerDocument() const override {
    return OrdinalTable::kBytesPerEntry + sizeof(Hash128);
  }
  uint64_t Reserve(uint64_t bytes) override;
  bool Full() const override { return size_ >= capacity_; }
  void Prefetch(const Document& document) const override {
    table_.Prefetch(TableKey(KeyOf(document).hash));
  }
  Verdict Decide(Document& document) override;

 protected:
  uint64_t entered() const override { return size_; }
  void ReplayRecords(const char* records, uint64_t count) override;

 private:
  const ExactKey& KeyOf(const Document& document) const {
    return *static_cast<const ExactKey*>(
        document.slots[static_cast<size_t>(slot())]);
  }
  Hash128* hashes() const { return reinterpret_cast<Hash128*>(hashes_.data()); }
  void Enter(const Hash128& hash);

  bool raw_;
  uint64_t capacity_ = 0;
  uint64_t size_ = 0;
  OrdinalTable table_;
  ZeroedMemory hashes_;  // of kept documents, by ordinal
};

Verdict ExactStage::Judge(Document& document, const Analysis& analysis,
                          StageContext& context) const {
  ExactKey* const key = context.arena->NewArray<ExactKey>(1);
  const std::vector<uint64_t>& words = analysis.word(Profile::kAlnum).folded;
  key->has_words = !raw_ && !words.empty();
  key->hash = key->has_words
                  ? HashBytes128({reinterpret_cast<const char*>(words.data()),
                                  words.size() * sizeof(uint64_t)})
                  : HashBytes128(analysis.text);
  document.slots[static_cast<size_t>(slot())] = key;
  return Verdict::Keep();
}

uint64_t ExactStage::Reserve(uint64_t bytes) {
  capacity_ =
      std::min<uint64_t>(bytes / BytesPerDocument(), OrdinalTable::kMaxOrdinal);
  table_ = OrdinalTable(capacity_);
  hashes_ = ZeroedMemory(capacity_ * sizeof(Hash128));
  return capacity_;
}

void ExactStage::Enter(const Hash128& hash) {
  if (Full()) ThrowFull();
  hashes()[size_] = hash;
  table_.Insert(TableKey(hash), static_cast<uint32_t>(size_));
  ++size_;
}

Verdict ExactStage::Decide(Document& document) {
  const ExactKey& key = KeyOf(document);
  int64_t kept = -1;
  table_.Find(TableKey(key.hash), [&](uint32_t ordinal) {
    if (hashes()[ordinal] == key.hash) kept = ordinal;
    return kept < 0;
  });
  if (kept < 0) {
    Enter(key.hash);
    char* const record = log().AddKept(document);
    StoreLittle(key.hash.lo, 8, record);
    StoreLittle(key.hash.hi, 8, record + 8);
  } else {
    log().AddDuplicate(static_cast<uint32_t>(kept), kEqual, document);
    Count(kDuplicates);
  }
  Count(kDocuments);
  if (!raw_ && !key.has_words) Count(kWithoutWords);
  return kept < 0 ? Verdict::Keep() : Verdict::Drop(0);
}

void ExactStage::ReplayRecords(const char* records, uint64_t count) {
  constexpr uint64_t kAhead = 16;
  for (uint64_t i = 0; i < count; ++i) {
    if (i + kAhead < count) {
      table_.Prefetch(
          TableKey(LoadHash128(records + (i + kAhead) * kRecordBytes)));
    }
    Enter(LoadHash128(records + i * kRecordBytes));
  }
}

std::unique_ptr<Stage> MakeExact(const Params& params, const StageSetup&) {
  return std::make_unique<ExactStage>(params);
}

}  // namespace

const StageSpec& ExactSpec() {
  static const StageSpec spec{
      .name = "exact",
      .summary =
          "Drops a document whose words were all seen before, in the "
          "same order.",
      .source = "XXH3-128 of the normalised text; docs/dedup.md",
      .params = {{.key = "normalize",
                  .type = ParamType::kChoice,
                  .default_value = "words",
                  .help = "what is compared: the folded words (NFC, lower "
                          "case, no punctuation or space), or raw bytes",
                  .choices = "words|raw"}},
      .reasons = {{"duplicate", "equal to a document kept before"}},
      .make = MakeExact};
  return spec;
}

}  // namespace winnow
