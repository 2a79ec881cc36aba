// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch.h"

#include <algorithm>

namespace winnow {

Batch::Batch(const TallyLayout* layout) : layout_(layout) {}

namespace {

// Output text above this was made by a giant.
constexpr size_t kKeepBytes = size_t{8} << 20;

uint64_t LongestLine(std::string_view lines) {
  uint64_t longest = 0;
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size() - 1) + 1;
    longest = std::max(longest, uint64_t{end});
    lines.remove_prefix(end);
  }
  return longest;
}

}  // namespace

void Batch::Clear() {
  for (const auto& stretch : stretches_) {
    for (OutputText& text : stretch->output) {
      if (text.bytes.capacity() > kKeepBytes) text = {};
    }
  }
  documents.clear();
  frames.clear();
  steps.clear();
  last = false;
  document_limit = UINT64_MAX;
  beyond_limit_ = false;
  file_ = nullptr;
  error = nullptr;
  stretch_count_ = 0;
  arena_.Reset();
}

uint64_t Batch::LargestRecord(uint64_t at_least) const {
  uint64_t largest = 0;
  for (const RecordSpan& span : cut.spans) {
    if (span.bytes.size() < at_least) continue;
    largest = std::max(largest, span.format == Format::kJsonl
                                    ? LongestLine(span.bytes)
                                    : uint64_t{span.bytes.size()});
  }
  return largest < at_least ? 0 : largest;
}

Stretch& Batch::AddStretch() {
  if (stretch_count_ == stretches_.size()) {
    stretches_.push_back(std::make_unique<Stretch>(layout_));
  }
  Stretch& stretch = *stretches_[stretch_count_++];
  stretch.documents_end = documents.size();
  stretch.tally.Clear();
  stretch.mark.reset();
  stretch.segments.clear();
  for (OutputText& text : stretch.output) text.Clear();
  return stretch;
}

Document& Batch::Add(uint64_t record_bytes) {
  if (at_limit()) {
    beyond_limit_ = true;
    spare_ = {};
    return spare_;
  }
  tally().documents.count += 1;
  tally().documents.bytes += record_bytes;
  Document& document = documents.emplace_back();
  document.record_bytes = record_bytes;
  return document;
}

// Behind the last document nothing counts, but what was mended in it.
void Batch::Unreadable(ReadReason reason, uint64_t offset, uint64_t bytes) {
  beyond_limit_ |= at_limit();
  if (!beyond_limit_) {
    tally().CountUnreadable(reason, file_ == nullptr ? 0 : file_->index, offset,
                            bytes);
  }
}
void Batch::NonDocument(std::string_view type, uint64_t bytes) {
  beyond_limit_ |= at_limit();
  if (!beyond_limit_) tally().CountNonDocument(type, bytes);
}
void Batch::Framing(uint64_t bytes) {
  beyond_limit_ |= at_limit();
  if (!beyond_limit_) tally().framing_bytes += bytes;
}
void Batch::Mended(std::string_view what) {
  if (!beyond_limit_) tally().CountMended(what);
}
void Batch::Trait(std::string_view kind, std::string_view value) {
  if (!beyond_limit_) tally().CountTrait(kind, value);
}

}  // namespace winnow
