// SPDX-License-Identifier: Apache-2.0
// Appends to the arrays of Words without a look at the capacity of each.
#ifndef WINNOW_PIPELINE_TEXT_SPACY_EN_WRITER_H_
#define WINNOW_PIPELINE_TEXT_SPACY_EN_WRITER_H_

#include <cstddef>
#include <cstdint>

#include "pipeline/text/analysis.h"

namespace winnow {

// Where the next words go. A copy in a loop stays in registers; hand it back
// with SpacyWordWriter::Continue.
class SpacyWordRows {
 public:
  SpacyWordRows(Words* words, size_t size)
      : begin_(words->begin.data()),
        end_(words->end.data()),
        chars_(words->chars.data()),
        flags_(words->flags.data()),
        raw_(words->raw.data()),
        size_(size) {}

  // REQUIRES: room.
  void Add(uint32_t begin, uint32_t end, uint32_t chars, unsigned flags,
           uint64_t raw) {
    begin_[size_] = begin;
    end_[size_] = end;
    chars_[size_] = chars;
    flags_[size_] = static_cast<uint8_t>(flags);
    raw_[size_] = raw;
    ++size_;
  }

  size_t size() const { return size_; }

 private:
  uint32_t* __restrict begin_;
  uint32_t* __restrict end_;
  uint32_t* __restrict chars_;
  uint8_t* __restrict flags_;
  uint64_t* __restrict raw_;
  size_t size_;
};

class SpacyWordWriter {
 public:
  // Starts with no words and room for `words`.
  SpacyWordWriter(Words* out, size_t words) : out_(*out) {
    out_.folded.clear();
    Resize(words);
  }

  // Makes room for so many more and says where they go.
  SpacyWordRows Room(size_t words) {
    if (size_ + words > room_) Resize(room_ + room_ / 2 + words);
    return {&out_, size_};
  }

  // Takes over what was added.
  void Continue(const SpacyWordRows& rows) { size_ = rows.size(); }

  // Gives the arrays their final size.
  void Finish() { Resize(size_); }

 private:
  void Resize(size_t room) {
    out_.begin.resize(room);
    out_.end.resize(room);
    out_.chars.resize(room);
    out_.flags.resize(room);
    out_.raw.resize(room);
    room_ = room;
  }

  Words& out_;
  size_t room_ = 0;
  size_t size_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_TEXT_SPACY_EN_WRITER_H_
