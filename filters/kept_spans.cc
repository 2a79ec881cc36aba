// SPDX-License-Identifier: Apache-2.0
#include "filters/kept_spans.h"

#include "filters/python_space.h"

namespace winnow {
namespace {

// Replaces [begin, end) by a line feed, or by nothing, with the least change.
void AppendGap(std::string_view text, uint32_t begin, uint32_t end,
               bool new_line, std::vector<Edit>* edits) {
  if (new_line && begin < end && text[begin] == '\n') {
    ++begin;
  } else if (new_line && begin < end && text[end - 1] == '\n') {
    --end;
  } else if (new_line) {
    edits->push_back({begin, end, "\n"});
    return;
  }
  if (begin < end) edits->push_back({begin, end, {}});
}

}  // namespace

bool KeptSpans::Strip(std::string_view text) {
  const auto slice = [text](const Span& span) {
    return text.substr(span.begin, span.end - span.begin);
  };
  for (first_ = 0; first_ < spans_.size(); ++first_) {
    Span& span = spans_[first_];
    const size_t left = StripLeft(slice(span)).size();
    span.begin = span.end - static_cast<uint32_t>(left);
    if (left > 0) break;
  }
  while (spans_.size() > first_) {
    Span& span = spans_.back();
    const size_t left = StripRight(slice(span)).size();
    span.end = span.begin + static_cast<uint32_t>(left);
    if (left > 0) return true;
    spans_.pop_back();
  }
  return false;
}

void KeptSpans::AppendEdits(std::string_view text,
                            std::vector<Edit>* edits) const {
  uint32_t end = 0;
  for (size_t i = first_; i < spans_.size(); ++i) {
    AppendGap(text, end, spans_[i].begin, spans_[i].new_line && i > first_,
              edits);
    end = spans_[i].end;
  }
  AppendGap(text, end, static_cast<uint32_t>(text.size()), false, edits);
}

}  // namespace winnow
