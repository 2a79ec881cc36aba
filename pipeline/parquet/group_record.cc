// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/group_record.h"

#include <cstring>

namespace winnow {
namespace {

constexpr std::string_view kMagic = "WNRG";
constexpr uint32_t kMostLength = 1 << 20;

void Append(uint64_t value, size_t bytes, std::string* out) {
  for (size_t i = 0; i < bytes; ++i) {
    out->push_back(static_cast<char>(value >> (8 * i) & 0xFF));
  }
}

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}
  uint64_t Take(size_t n) {
    if (rest_.size() < n) {
      good_ = false;
      return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < n; ++i) {
      value |= uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    }
    rest_.remove_prefix(n);
    return value;
  }
  int64_t TakeSigned() { return static_cast<int64_t>(Take(8)); }
  bool good() const { return good_; }
  bool done() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

void AppendPages(const std::map<int32_t, int32_t>& pages, std::string* out) {
  Append(pages.size(), 4, out);
  for (const auto& [encoding, count] : pages) {
    Append(static_cast<uint64_t>(encoding), 4, out);
    Append(static_cast<uint64_t>(count), 4, out);
  }
}

void TakePages(Cursor* in, std::map<int32_t, int32_t>* pages) {
  for (uint64_t n = in->Take(4); n > 0 && in->good(); --n) {
    const auto encoding = static_cast<int32_t>(in->Take(4));
    (*pages)[encoding] = static_cast<int32_t>(in->Take(4));
  }
}

}  // namespace

void GroupRecord::AppendTo(std::string* out) const {
  const size_t start = out->size();
  out->append(kMagic);
  Append(0, 4, out);  // the length, below
  Append(bytes, 8, out);
  Append(rows, 8, out);
  Append(columns.size(), 4, out);
  for (const Column& c : columns) {
    for (const int64_t value : {c.values, c.dictionary_offset, c.data_offset,
                                c.compressed, c.uncompressed}) {
      Append(static_cast<uint64_t>(value), 8, out);
    }
    AppendPages(c.dictionary_pages, out);
    AppendPages(c.data_pages, out);
  }
  std::string length;
  Append(out->size() - start, 4, &length);
  out->replace(start + kMagic.size(), 4, length);
}

uint32_t GroupRecord::LengthOf(std::string_view fixed) {
  if (fixed.size() != kFixed || !fixed.starts_with(kMagic)) return 0;
  const uint64_t length = Cursor(fixed.substr(kMagic.size())).Take(4);
  return length < kFixed || length > kMostLength
             ? 0
             : static_cast<uint32_t>(length);
}

bool GroupRecord::Parse(std::string_view record) {
  if (record.size() < kFixed ||
      LengthOf(record.substr(0, kFixed)) != record.size()) {
    return false;
  }
  Cursor in(record.substr(kFixed));
  bytes = in.Take(8);
  rows = in.Take(8);
  columns.clear();
  for (uint64_t n = in.Take(4); n > 0 && in.good(); --n) {
    Column& c = columns.emplace_back();
    c.values = in.TakeSigned();
    c.dictionary_offset = in.TakeSigned();
    c.data_offset = in.TakeSigned();
    c.compressed = in.TakeSigned();
    c.uncompressed = in.TakeSigned();
    TakePages(&in, &c.dictionary_pages);
    TakePages(&in, &c.data_pages);
  }
  return in.done();
}

}  // namespace winnow
