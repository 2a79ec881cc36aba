// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/document_columns.h"

#include <algorithm>

#include "pipeline/error.h"
#include "pipeline/read/json_scan.h"
#include "pipeline/read/json_string.h"

namespace winnow {
namespace {

enum : size_t {
  kId,
  kText,
  kSource,
  kAdded,
  kCreated,
  kMetadata,
  kExtra,
};
constexpr std::string_view kNames[kDocumentColumns] = {
    "id", "text", "source", "added", "created", "metadata", "extra"};

parquet::ByteArray Value(std::string_view s) {
  return {static_cast<uint32_t>(s.size()),
          // Parquet's bytes are unsigned.
          reinterpret_cast<const uint8_t*>(s.data())};
}

}  // namespace

parquet::schema::NodePtr DocumentSchema() {
  using parquet::LogicalType;
  using parquet::Repetition;
  parquet::schema::NodeVector fields;
  for (size_t i = 0; i < kDocumentColumns; ++i) {
    const bool json = i == kMetadata || i == kExtra;
    const bool always = i <= kSource || i == kMetadata;
    fields.push_back(parquet::schema::PrimitiveNode::Make(
        std::string(kNames[i]),
        always ? Repetition::REQUIRED : Repetition::OPTIONAL,
        json ? LogicalType::JSON() : LogicalType::String(),
        parquet::Type::BYTE_ARRAY));
  }
  return parquet::schema::GroupNode::Make("schema", Repetition::REQUIRED,
                                          fields);
}

void DocumentColumns::Read(std::string_view text) {
  for (Column& column : columns_) {
    column.values.clear();
    column.levels.clear();
  }
  // Extra members gain two braces, and a line has at least 40 other bytes.
  plain_.resize(std::max(plain_.size(), text.size()));
  used_ = 0;
  while (!text.empty()) {
    const size_t feed = text.find('\n');
    WINNOW_CHECK(feed != std::string_view::npos);
    TakeLine(text.substr(0, feed));
    text.remove_prefix(feed + 1);
  }
}

void DocumentColumns::TakeLine(std::string_view line) {
  std::array<bool, kDocumentColumns> found{};
  const size_t extra = used_;
  // Extra members are gathered behind what else this line needs.
  std::string gathered;
  for (JsonMembers members(line); members.Next();) {
    const std::string_view raw = members.raw_value();
    size_t i = 0;
    while (i < kExtra && !JsonKeyIs(members.raw_key(), kNames[i])) ++i;
    if (i == kExtra) {
      gathered += gathered.empty() ? '{' : ',';
      gathered.append(members.raw_key()).append(":").append(raw);
      continue;
    }
    WINNOW_CHECK(!found[i]);
    found[i] = true;
    std::string_view value = raw;
    if (i != kMetadata) {
      value = raw.substr(1, raw.size() - 2);
      if (value.find('\\') != std::string_view::npos) {
        char* const out = plain_.data() + used_;
        bool surrogate = false;
        const char* const end = UnescapeJson(value, out, &surrogate);
        WINNOW_CHECK(end != nullptr);
        value = {out, static_cast<size_t>(end - out)};
        used_ += value.size();
      }
    }
    columns_[i].values.push_back(Value(value));
    columns_[i].levels.push_back(1);
  }
  WINNOW_CHECK(used_ - extra <= line.size());
  if (!gathered.empty()) {
    gathered += '}';
    WINNOW_CHECK(used_ + gathered.size() <= plain_.size());
    char* const out = plain_.data() + used_;
    std::copy(gathered.begin(), gathered.end(), out);
    used_ += gathered.size();
    columns_[kExtra].values.push_back(Value({out, gathered.size()}));
    columns_[kExtra].levels.push_back(1);
    found[kExtra] = true;
  }
  for (size_t i = 0; i < kDocumentColumns; ++i) {
    if (!found[i]) columns_[i].levels.push_back(0);
  }
  WINNOW_CHECK(found[kId] && found[kText] && found[kSource] &&
               found[kMetadata]);
}

}  // namespace winnow
