// SPDX-License-Identifier: Apache-2.0
#include "dedup/segment.h"

#include <algorithm>

#include "dedup/little_endian.h"
#include "pipeline/error.h"
#include "pipeline/text/hash.h"

namespace winnow {
namespace {

// Lines of `name=value` that differ, for the message: the first of each.
std::string FirstDifference(std::string_view found, std::string_view wanted) {
  while (!found.empty() && !wanted.empty()) {
    const size_t f = std::min(found.find('\n'), found.size());
    const size_t w = std::min(wanted.find('\n'), wanted.size());
    if (found.substr(0, f) != wanted.substr(0, w)) {
      return std::string(found.substr(0, f)) + " instead of " +
             std::string(wanted.substr(0, w));
    }
    found.remove_prefix(std::min(f + 1, found.size()));
    wanted.remove_prefix(std::min(w + 1, wanted.size()));
  }
  return "more or fewer of them";
}

void CheckHash(std::string_view bytes, size_t begin, size_t end,
               std::string_view what) {
  if (HashBytes128(bytes.substr(begin, end - begin)) !=
      LoadHash128(bytes.data() + end)) {
    ThrowDamagedSegment(what);
  }
}

}  // namespace

void ThrowDamagedSegment(std::string_view what) {
  throw Error(ErrorKind::kCorruption,
              "dedup segment is damaged: " + std::string(what) +
                  ": start the run again in a new folder");
}

char* SegmentLog::AddKept(const Document& document) {
  const size_t at = kept_names_.size();
  kept_names_.resize(at + 4);
  document.AppendIdentity(&kept_names_);
  StoreLittle(kept_names_.size() - at - 4, 4, kept_names_.data() + at);
  ++kept_;
  records_.resize(records_.size() + format_.record_bytes);
  return records_.data() + records_.size() - format_.record_bytes;
}

void SegmentLog::AddDuplicate(uint32_t ordinal, uint32_t similarity,
                              const Document& document) {
  const size_t begin = duplicate_names_.size();
  document.AppendIdentity(&duplicate_names_);
  duplicates_.push_back({ordinal, similarity, begin, duplicate_names_.size()});
}

uint64_t SegmentLog::AppendGroups(std::string* out) {
  // Identities lie in canonical order: `begin` keeps it within a group.
  std::sort(duplicates_.begin(), duplicates_.end(),
            [](const Duplicate& a, const Duplicate& b) {
              return a.ordinal != b.ordinal ? a.ordinal < b.ordinal
                                            : a.begin < b.begin;
            });
  uint64_t groups = 0;
  for (size_t i = 0; i < duplicates_.size(); ++groups) {
    size_t end = i;
    while (end < duplicates_.size() &&
           duplicates_[end].ordinal == duplicates_[i].ordinal) {
      ++end;
    }
    AppendLittle(duplicates_[i].ordinal, 4, out);
    AppendLittle(end - i, 4, out);
    for (; i < end; ++i) {
      const Duplicate& d = duplicates_[i];
      AppendLittle(d.similarity, 2, out);
      AppendLittle(d.end - d.begin, 4, out);
      out->append(duplicate_names_, d.begin, d.end - d.begin);
    }
  }
  return groups;
}

void SegmentLog::Take(std::span<const uint64_t> counters, std::string* out) {
  WINNOW_CHECK(counters.size() == format_.counters);
  std::string names;
  names.swap(kept_names_);
  const size_t kept_bytes = names.size();
  const uint64_t groups = AppendGroups(&names);
  const size_t start = out->size();
  out->reserve(start + format_.head_bytes() + records_.size() + names.size() +
               32);
  out->append(kSegmentMagic);
  AppendLittle(format_.parameters.size(), 4, out);
  out->append(format_.parameters);
  AppendHash128(HashBytes128(format_.parameters), out);
  AppendLittle(first_ordinal_, 8, out);
  AppendLittle(kept_, 8, out);
  AppendLittle(format_.record_bytes, 8, out);
  AppendLittle(groups, 8, out);
  AppendLittle(kept_bytes, 8, out);
  AppendLittle(names.size() - kept_bytes, 8, out);
  AppendLittle(counters.size(), 4, out);
  for (uint64_t counter : counters) AppendLittle(counter, 8, out);
  AppendHash128(HashBytes128(std::string_view(*out).substr(start)), out);
  out->append(records_);
  AppendHash128(HashBytes128(records_), out);
  out->append(names);
  AppendHash128(HashBytes128(names), out);
  first_ordinal_ += kept_;
  kept_ = 0;
  records_.clear();
  duplicates_.clear();
  duplicate_names_.clear();
}

SegmentHead ParseSegmentHead(std::string_view bytes,
                             const SegmentFormat& format) {
  if (bytes.size() < 12) ThrowDamagedSegment("cut short");
  if (bytes.substr(0, 8) != kSegmentMagic) {
    ThrowDamagedSegment("not a segment of this version");
  }
  const size_t length = LoadLittle(bytes.data() + 8, 4);
  if (bytes.size() < 12 + length + 16) ThrowDamagedSegment("cut short");
  CheckHash(bytes, 12, 12 + length, "parameters");
  const std::string_view parameters = bytes.substr(12, length);
  if (parameters != format.parameters) {
    throw Error(ErrorKind::kCorruption,
                "dedup segment was made with other parameters: " +
                    FirstDifference(parameters, format.parameters) +
                    ": use the recipe and version that made it");
  }
  const size_t head_bytes = format.head_bytes();
  if (bytes.size() < head_bytes) ThrowDamagedSegment("cut short");
  CheckHash(bytes, 0, head_bytes - 16, "head");
  const char* p = bytes.data() + 12 + length + 16;
  const auto next = [&p](size_t n) {
    p += n;
    return LoadLittle(p - n, n);
  };
  SegmentHead head;
  head.first_ordinal = next(8);
  head.kept = next(8);
  const uint64_t record_bytes = next(8);
  head.groups = next(8);
  const uint64_t kept_bytes = next(8);
  const uint64_t group_bytes = next(8);
  const uint64_t counters = next(4);
  // The limits keep the sums below from wrapping around.
  if (record_bytes != format.record_bytes || counters != format.counters ||
      head.kept > uint64_t{1} << 32 || kept_bytes > uint64_t{1} << 48 ||
      group_bytes > uint64_t{1} << 48) {
    ThrowDamagedSegment("head");
  }
  for (size_t i = 0; i < counters; ++i) head.counters.push_back(next(8));
  head.records_at = head_bytes;
  head.names_at = head.records_at + head.kept * record_bytes + 16;
  head.groups_at = head.names_at + kept_bytes;
  head.groups_end = head.groups_at + group_bytes;
  return head;
}

SegmentRecords ParseSegment(std::string_view bytes,
                            const SegmentFormat& format) {
  SegmentRecords segment;
  segment.head = ParseSegmentHead(bytes, format);
  const SegmentHead& head = segment.head;
  if (bytes.size() != head.file_bytes()) ThrowDamagedSegment("length");
  CheckHash(bytes, head.records_at, head.names_at - 16, "records");
  CheckHash(bytes, head.names_at, head.groups_end, "names");
  segment.records =
      bytes.substr(head.records_at, head.names_at - 16 - head.records_at);
  return segment;
}

}  // namespace winnow
