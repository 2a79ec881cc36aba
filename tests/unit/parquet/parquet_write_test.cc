// SPDX-License-Identifier: Apache-2.0
// Parquet out: what is written reads back, a shard that was cut off goes on,
// and the records in front of row groups say the truth.
#include <gtest/gtest.h>

#include "pipeline/error.h"
#include "pipeline/parquet/group_record.h"
#include "pipeline/parquet/parquet_shard.h"
#include "pipeline/parquet/time_text.h"
#include "tests/unit/parquet/parquet_harness.h"

namespace winnow::testing {
namespace {

std::string Line(size_t i) {
  std::string line = R"({"id":"d)" + std::to_string(i) +
                     R"(","text":"Line one\n\"two\" \\ 한국어 )" +
                     std::string(i % 50, 'x') + R"(","source":"s")";
  if (i % 2 == 0) line += R"(,"added":"2024-01-02")";
  if (i % 3 == 0) line += R"(,"created":"2020")";
  line += R"(,"metadata":{"winnow_id":"a#)" + std::to_string(i) +
          R"(","n":[1,{"k":"v"}]})";
  if (i % 4 == 0) line += R"(,"other":{"deep":[true,null]},"z":1.5)";
  return line + "}\n";
}

std::string Lines(size_t begin, size_t end) {
  std::string text;
  for (size_t i = begin; i < end; ++i) text += Line(i);
  return text;
}

// Frames of 100 documents.
std::string Body(const ShardFormat& format, size_t documents) {
  const auto encoder = format.NewEncoder();
  std::string shard(format.header());
  std::string frame;
  for (size_t i = 0; i < documents; i += 100) {
    encoder->Encode(Lines(i, std::min(i + 100, documents)), &frame);
    shard += frame;
  }
  return shard;
}

std::string Whole(const ShardFormat& format, const std::string& body) {
  const ScratchFile file(body);
  return body + format.Footer(file.path(), body.size());
}

void ExpectDocuments(const TableRead& read, size_t n) {
  EXPECT_TRUE(read.reasons.empty());
  ASSERT_EQ(read.documents.size(), n);
  for (size_t i = 0; i < n; ++i) {
    const TableDocument& d = read.documents[i];
    EXPECT_EQ(d.id, "d" + std::to_string(i));
    EXPECT_EQ(d.text,
              "Line one\n\"two\" \\ 한국어 " + std::string(i % 50, 'x'));
    EXPECT_EQ(d.metadata, R"("winnow_id":"a#)" + std::to_string(i) +
                              R"(","n":[1,{"k":"v"}],"source":"s")");
    EXPECT_EQ(d.extra,
              i % 4 == 0 ? R"("other":{"deep":[true,null]},"z":1.5)" : "");
    EXPECT_EQ(d.created, i % 3 == 0 ? "2020" : "");
  }
}

TEST(ParquetWrite, ReadsBack) {
  for (const bool compress : {true, false}) {
    ParquetShardOptions options;
    options.compress = compress;
    const auto format = NewParquetShardFormat(options);
    const ScratchFile file(Whole(*format, Body(*format, 1234)));
    ExpectDocuments(ReadTable(file.path()), 1234);
  }
}

TEST(ParquetWrite, SameBytesFromAnyEncoder) {
  const auto format = NewParquetShardFormat({});
  const auto one = format->NewEncoder();
  const auto other = format->NewEncoder();
  std::string a;
  std::string b;
  other->Encode(Lines(500, 900), &b);
  one->Encode(Lines(0, 300), &a);
  other->Encode(Lines(0, 300), &b);
  EXPECT_EQ(a, b);
}

// A shard is cut back to a frame's end and written on: the same bytes.
TEST(ParquetWrite, GoesOnBehindAMark) {
  const auto format = NewParquetShardFormat({});
  const std::string whole = Body(*format, 400);
  const std::string half = Body(*format, 200);
  ASSERT_EQ(whole.substr(0, half.size()), half);
  EXPECT_EQ(Whole(*format, whole), Whole(*format, whole));
  const ScratchFile file(Whole(*format, half));
  ExpectDocuments(ReadTable(file.path()), 200);
}

TEST(ParquetWrite, ADamagedShardIsCorruption) {
  const auto format = NewParquetShardFormat({});
  std::string body = Body(*format, 200);
  body[5] = 'x';
  const ScratchFile file(body);
  EXPECT_THROW(format->Footer(file.path(), body.size()), Error);
  EXPECT_THROW(format->Footer(file.path(), body.size() + 9), Error);
  EXPECT_THROW(format->Footer(file.path() + ".none", 9), Error);
}

TEST(GroupRecord, RoundTrip) {
  GroupRecord record;
  record.bytes = 1234567890123;
  record.rows = 42;
  record.columns.resize(3);
  record.columns[1].dictionary_offset = 7;
  record.columns[2].data_pages = {{0, 2}, {8, 1}};
  std::string bytes;
  record.AppendTo(&bytes);
  EXPECT_EQ(GroupRecord::LengthOf(bytes.substr(0, 8)), bytes.size());
  GroupRecord read;
  ASSERT_TRUE(read.Parse(bytes));
  EXPECT_EQ(read.bytes, record.bytes);
  EXPECT_EQ(read.columns[0].dictionary_offset, -1);
  EXPECT_EQ(read.columns[2].data_pages, record.columns[2].data_pages);
  for (size_t n = 0; n < bytes.size(); ++n) {
    EXPECT_FALSE(read.Parse(bytes.substr(0, n)));
  }
}

std::string Timestamp(int64_t value, TimeUnit unit, bool utc) {
  std::string out;
  AppendTimestamp(value, unit, utc, &out);
  return out;
}

TEST(TimeText, Dates) {
  EXPECT_EQ(Timestamp(0, TimeUnit::kSecond, true), "\"1970-01-01T00:00:00Z\"");
  EXPECT_EQ(Timestamp(-1, TimeUnit::kMilli, false),
            "\"1969-12-31T23:59:59.999\"");
  EXPECT_EQ(Timestamp(951827696123456000, TimeUnit::kNano, true),
            "\"2000-02-29T12:34:56.123456Z\"");
  EXPECT_EQ(Timestamp(4102444800, TimeUnit::kSecond, false),
            "\"2100-01-01T00:00:00\"");
  // Nonsense must not overflow.
  for (const auto unit : {TimeUnit::kSecond, TimeUnit::kMilli, TimeUnit::kMicro,
                          TimeUnit::kNano}) {
    Timestamp(INT64_MIN, unit, true);
    Timestamp(INT64_MAX, unit, true);
  }
  std::string day;
  AppendDate(19782, &day);
  AppendTimeOfDay(86399001, TimeUnit::kMilli, &day);
  EXPECT_EQ(day, "\"2024-02-29\"\"23:59:59.001\"");
}

}  // namespace
}  // namespace winnow::testing
