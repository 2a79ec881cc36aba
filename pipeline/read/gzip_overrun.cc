// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/gzip_overrun.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include "pipeline/read/gzip_header.h"

namespace winnow {
namespace {

constexpr size_t kStep = size_t{64} << 10;
constexpr size_t kSearchStep = size_t{256} << 10;
// Wrong guesses, each of which may cost a large member.
constexpr int kMostWrong = 32;

}  // namespace

uint64_t GzipOverrun::Find(InputWindow* in, uint64_t at, BufferPool* pool) {
  // Not the piece's own: how full that is must not decide.
  Decoded scratch;
  scratch.Start(pool);
  bool end_of_file = false;
  const uint64_t failure = FindFailure(in, at, &end_of_file);
  if (failure == kNone) return kNone;
  int wrong = 0;
  for (uint64_t from = at + 1; from < failure;) {
    const std::string_view view = in->View(from, kSearchStep);
    if (view.empty()) break;
    const uint64_t left = failure - from;
    const bool whole = left <= kSearchStep || view.size() < kSearchStep;
    const size_t limit =
        whole ? static_cast<size_t>(std::min<uint64_t>(left, view.size()))
              : kSearchStep - kGzipHeaderLimit;
    const size_t found = FindGzipHeader(view, 0, limit);
    if (found == std::string_view::npos) {
      if (whole) break;
      from += limit;
      continue;
    }
    const uint64_t start = from + found;
    from = start;
    if (Reaches(in, &from, failure, end_of_file, &scratch)) return start;
    // The members of a chain that breaks need no second look.
    if (from == start) {
      if (++wrong > kMostWrong) break;
      ++from;
    }
  }
  return kNone;
}

// Where zlib stops on the member at `at`: at a code that cannot be, at its end
// or at the end of the file. kNone if it goes on for longer than a buffer.
uint64_t GzipOverrun::FindFailure(InputWindow* in, uint64_t at,
                                  bool* end_of_file) {
  const GzipHeader header = ParseGzipHeader(in->View(at, kGzipHeaderLimit));
  if (header.state != GzipHeader::State::kSound) return kNone;
  const auto sink = std::make_unique_for_overwrite<char[]>(kStep);
  inflate_.Reset();
  uint64_t made = 0;
  for (at += header.length; made <= member_->most_made();) {
    const std::string_view view = in->View(at, kStep).substr(0, kStep);
    const RawInflate::Step step = inflate_.Next(view, sink.get(), kStep);
    at += step.used;
    made += step.made;
    if (step.state != RawInflate::Step::State::kMore) return at;
    if (view.size() < kStep && step.used == view.size() && step.made < kStep) {
      *end_of_file = true;
      return at;
    }
  }
  return kNone;
}

// Follows sound members from *at on. Leaves *at where they end.
bool GzipOverrun::Reaches(InputWindow* in, uint64_t* at, uint64_t failure,
                          bool end_of_file, Decoded* scratch) {
  while (*at < failure || (*at == failure && !end_of_file)) {
    const size_t at_hand = in->View(*at, kStep).size();
    const auto result = member_->Decode(in, *at, at_hand, 0, scratch);
    scratch->Truncate(0);
    if (result.outcome != GzipMemberDecoder::Outcome::kSound) return false;
    *at = result.end;
  }
  return true;
}

}  // namespace winnow
