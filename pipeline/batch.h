// SPDX-License-Identifier: Apache-2.0
// What travels between threads: about 1 MiB of decoded input, cut between
// records, with the memory that owns its text. A batch visits every
// per-document stage on one worker while it is warm in cache, and is reused
// after the commit.
#ifndef WINNOW_PIPELINE_BATCH_H_
#define WINNOW_PIPELINE_BATCH_H_

#include <array>
#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/arena.h"
#include "pipeline/document.h"
#include "pipeline/read/cut.h"
#include "pipeline/read/piece.h"
#include "pipeline/read/record.h"
#include "pipeline/tally.h"

namespace winnow {

// Where output documents go.
enum class Stream : uint8_t { kData, kDropped };
inline constexpr size_t kStreams = 2;

// Serialised documents, in order; `ends[i]` is where the i-th one ends.
struct OutputText {
  std::string bytes;
  std::vector<size_t> ends;
  void Clear() {
    bytes.clear();
    ends.clear();
  }
};

// The documents between two marks (or batch ends), with what is counted of
// them. Most batches have one stretch.
struct Stretch {
  explicit Stretch(const TallyLayout* layout) : tally(layout) {}
  size_t documents_end = 0;  // index behind its last document
  Tally tally;
  std::optional<Cursor> mark;         // falls behind its last document
  std::vector<std::string> segments;  // by ordered stage, if there is a mark
  std::array<OutputText, kStreams> output;
};

// A piece of an output shard that decompresses by itself.
struct Frame {
  Stream stream = Stream::kData;
  std::string text;
  std::string encoded;
  uint64_t documents = 0;
};

// What the commit does, in order.
struct CommitStep {
  enum class Kind : uint8_t { kFrame, kStretch } kind;
  size_t index;  // of frames or stretches
};

class Batch : public ReadSink {
 public:
  explicit Batch(const TallyLayout* layout);

  // Empties the batch for its next journey; keeps memory, up to a measure.
  void Clear();

  // Bytes of the largest record that was cut for this batch; 0 if all are
  // smaller than `at_least`. (A span of JSONL holds many records.)
  uint64_t LargestRecord(uint64_t at_least) const;

  RawPiece raw;
  CutBatch cut;
  std::vector<Document> documents;
  std::vector<std::unique_ptr<Frame>> frames;
  std::vector<CommitStep> steps;
  bool last = false;  // the input ended before this batch
  uint64_t sequence = 0;
  // Documents this batch may still hold under --limit. What comes behind the
  // last of them is not counted at all.
  uint64_t document_limit = UINT64_MAX;
  // What a filter threw; the batch then passes on untouched, so that the
  // error of the earliest batch is the one reported, whatever the timing.
  std::exception_ptr error;
  // Released by each filter that is done with the batch and acquired by the
  // next: oneTBB as packaged is not instrumented, so that ThreadSanitizer does
  // not see its hand-over.
  std::atomic<unsigned> hand{0};

  // Stretches in use. AddStretch reuses those of earlier journeys.
  size_t stretch_count() const { return stretch_count_; }
  Stretch& stretch(size_t i) { return *stretches_[i]; }
  Stretch& AddStretch();
  Tally& tally() { return stretches_[stretch_count_ - 1]->tally; }

  // The last document that the limit allows is in; or there was none to take.
  bool at_limit() const { return documents.size() >= document_limit; }
  bool beyond_limit() const { return at_limit(); }
  // Of the records and unreadable bytes that come next.
  void set_file(const SourceFile* file) { file_ = file; }

  // ReadSink: counts into the latest stretch.
  Arena& arena() override { return arena_; }
  Document& Add(uint64_t record_bytes) override;
  void Unreadable(ReadReason reason, uint64_t offset, uint64_t bytes) override;
  void NonDocument(std::string_view type, uint64_t bytes) override;
  void Framing(uint64_t bytes) override;
  void Mended(std::string_view what) override;
  void Trait(std::string_view kind, std::string_view value) override;

 private:
  const TallyLayout* layout_;
  Arena arena_;
  std::vector<std::unique_ptr<Stretch>> stretches_;
  size_t stretch_count_ = 0;
  bool beyond_limit_ = false;  // something came behind the last document
  const SourceFile* file_ = nullptr;
  Document spare_;  // takes what lies beyond the limit
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_BATCH_H_
