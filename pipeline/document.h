// SPDX-License-Identifier: Apache-2.0
// A document: text with an identity and a little metadata. All views point
// into the arena of the batch that holds it, or into the run's input list, and
// die with the batch.
#ifndef WINNOW_PIPELINE_DOCUMENT_H_
#define WINNOW_PIPELINE_DOCUMENT_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// A file of the dump. Identity is `label/path#offset`.
struct SourceFile {
  std::string label;    // the input's base name, or NAME of NAME=PATH
  std::string path;     // relative to the input, '/' between parts; may be ""
                        // where the input itself is a file
  std::string os_path;  // what open(2) takes
  uint64_t bytes = 0;   // size on disk
  uint32_t index = 0;   // rank in canonical order
  uint32_t label_index = 0;  // rank of the label among the run's labels
};

// What a stage says of a document: kept, or the index of one of its reasons.
struct Verdict {
  static constexpr uint8_t kKept = 0xFF;
  uint8_t reason = kKept;
  static constexpr Verdict Keep() { return {}; }
  static constexpr Verdict Drop(unsigned reason_index) {
    return {static_cast<uint8_t>(reason_index)};
  }
  bool kept() const { return reason == kKept; }
};

// What the ledger adds up for a document's text. `tokens` has one count for
// each vocabulary of the run, or is null where tokens are not counted.
struct Measure {
  uint64_t bytes = 0;
  uint64_t chars = 0;
  uint64_t words = 0;
  const uint64_t* tokens = nullptr;
};

// Milliseconds, or kUnmeasured.
inline constexpr int64_t kUnmeasured = -1;

struct Document {
  static constexpr int kSlots = 4;
  static constexpr uint8_t kNoStage = 0xFF;

  std::string_view text;  // valid UTF-8
  const SourceFile* file = nullptr;
  // The record's decoded byte offset; in a WARC the compressed offset of the
  // member it begins in, and then `inner_offset` is where in that member.
  uint64_t offset = 0;
  uint64_t inner_offset = 0;
  uint64_t record_bytes = 0;  // decoded input that became this document

  std::string_view native_id;  // a JSONL document's own id, unescaped
  std::string_view url;
  std::string_view host;    // lower case, punycode
  std::string_view domain;  // registered domain of the host, where it has one
  std::string_view added;
  std::string_view created;
  // JSON members without braces (`"a":1,"b":[2]`), carried to the output:
  // `metadata` inside its object, `extra` beside `text`.
  std::string_view metadata;
  std::string_view extra;

  std::string_view language;  // ISO code; empty until a stage finds it
  float language_score = 0;
  int64_t audio_ms = kUnmeasured;   // length of the recording
  int64_t speech_ms = kUnmeasured;  // speech in it

  Measure read;  // of the text as it was read
  Measure now;   // of the text as it is

  // Which stage dropped it, and why. kNoStage while it is kept.
  uint8_t dropped_by = kNoStage;
  uint8_t reason = Verdict::kKept;

  // What ordered stages computed for Decide(), in the batch's arena.
  std::array<void*, kSlots> slots{};

  bool kept() const { return dropped_by == kNoStage; }
  // Appends `label/path#offset` (or `#offset+inner`).
  void AppendIdentity(std::string* out) const;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_DOCUMENT_H_
