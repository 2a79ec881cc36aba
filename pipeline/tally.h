// SPDX-License-Identifier: Apache-2.0
// The counters behind the ledger. A tally is a flat array of integers, so that
// merging is addition and cannot depend on order. Every batch carries one for
// each stretch between marks; the commit adds them up. stats/ledger.h reads
// them as a funnel.
#ifndef WINNOW_PIPELINE_TALLY_H_
#define WINNOW_PIPELINE_TALLY_H_

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document.h"
#include "pipeline/read/reasons.h"

namespace winnow {

// A view of one row of counters: documents, what their text measures, and what
// of it was speech. `tokens` has one cell for each vocabulary.
struct Quantity {
  enum Cell : size_t {
    kDocuments,
    kBytes,
    kChars,
    kWords,
    kAudioMs,
    kAudioDocuments,  // documents that have an audio length
    kSpeechMs,
    kSpeechDocuments,
    kTokens,  // and the following
  };
};

// What the rows of a tally mean; made once for a run and shared.
struct TallyLayout {
  struct StageRows {
    std::string name;
    std::vector<std::string> reasons;
    size_t first_row = 0;  // in, out, removed, added, then a row a reason
  };
  size_t vocabularies = 0;
  std::vector<StageRows> stages;
  std::vector<std::string> labels;  // sources

  size_t stride() const { return Quantity::kTokens + vocabularies; }
  size_t rows = 0;
  size_t first_label_row = 0;  // in, kept for each label

  // Lays the rows out once stages and labels are known.
  void Finish();

  enum StageRow : size_t { kIn, kOut, kRemoved, kAdded, kReasons };
  size_t StageRowIndex(size_t stage, size_t row) const {
    return stages[stage].first_row + row;
  }
  size_t LabelRowIndex(size_t label, bool kept) const {
    return first_label_row + 2 * label + (kept ? 1 : 0);
  }
};

struct CountAndBytes {
  uint64_t count = 0;
  uint64_t bytes = 0;
};

// Where unreadable bytes are: to find them again.
struct UnreadablePlace {
  uint32_t file = 0;  // index in canonical order
  uint64_t offset = 0;
  uint64_t bytes = 0;
  friend bool operator==(const UnreadablePlace&,
                         const UnreadablePlace&) = default;
};

// Integers; Add() is commutative but for `first`, which keeps what was added
// first.
class Tally {
 public:
  explicit Tally(const TallyLayout* layout);

  // Sets everything to zero and keeps the memory.
  void Clear();
  void Add(const Tally& other);

  std::span<uint64_t> Row(size_t row) {
    return {cells_.data() + row * layout_->stride(), layout_->stride()};
  }
  std::span<const uint64_t> Row(size_t row) const {
    return {cells_.data() + row * layout_->stride(), layout_->stride()};
  }
  // Adds one document with the measures `m` to a row.
  void Count(size_t row, const Document& document, const Measure& m);
  // Counts what a rewriting stage took away and added (per cell).
  void CountRewrite(size_t stage, const Measure& before, const Measure& after);
  // Rows `in` and `kept` of the document's label and language.
  void CountFinal(const Document& document);

  const TallyLayout& layout() const { return *layout_; }

  // Reading.
  // How far this moved in the files: for progress only, and in no file.
  uint64_t disk_bytes = 0;
  uint64_t decoded_bytes = 0;
  uint64_t framing_bytes = 0;
  // Of the unreadable bytes, those that are compressed and gave no decoded
  // byte: they are not part of decoded_bytes.
  uint64_t undecoded_bytes = 0;
  CountAndBytes documents;  // records that gave a document, and their bytes
  std::array<CountAndBytes, static_cast<size_t>(ReadReason::kCount)>
      unreadable{};
  // The first few of each, in canonical order if added so.
  static constexpr size_t kFirstPlaces = 20;
  std::array<std::vector<UnreadablePlace>,
             static_cast<size_t>(ReadReason::kCount)>
      first;
  void CountUnreadable(ReadReason reason, uint32_t file, uint64_t offset,
                       uint64_t bytes);
  std::map<std::string, CountAndBytes, std::less<>> non_documents;
  std::map<std::string, uint64_t, std::less<>> mended;
  // What web records are like, by kind and value; counted for `read --stats`
  // alone.
  std::map<std::string, std::map<std::string, uint64_t, std::less<>>,
           std::less<>>
      traits;
  void CountTrait(std::string_view kind, std::string_view value);
  void CountNonDocument(std::string_view type, uint64_t bytes);
  void CountMended(std::string_view what);

  // Language code to two rows (in, kept), each of stride() cells.
  const std::map<std::string, std::vector<uint64_t>, std::less<>>& languages()
      const {
    return languages_;
  }

  // Appends a JSON object with every counter; Parse() reads it back. Used by
  // the manifest.
  void AppendJson(std::string* out) const;
  // Throws Error(kCorruption) if `json` does not fit the layout.
  void ParseJson(std::string_view json);

  friend bool operator==(const Tally& a, const Tally& b);

 private:
  const TallyLayout* layout_;
  std::vector<uint64_t> cells_;
  std::map<std::string, std::vector<uint64_t>, std::less<>> languages_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TALLY_H_
