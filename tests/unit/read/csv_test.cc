// SPDX-License-Identifier: Apache-2.0
// CSV: RFC 4180 and what people make of it.
#include "pipeline/read/csv.h"

#include <gtest/gtest.h>

#include "tests/unit/read/read_harness.h"

namespace winnow::testing {
namespace {

ReadResult Csv(std::string_view bytes, size_t chunk = 1 << 20,
               const char* text = "text") {
  ReadRun run;
  run.chunk = chunk;
  run.options.text_field = text;
  return ReadBytes(bytes, run);
}

TEST(CsvTest, FieldsAndMetadata) {
  const ReadResult r =
      Csv("\xEF\xBB\xBFid,text,url,label,created\r\n"
          "1,\"a, \"\"b\"\"\r\nc\",http://x.org/,good,2020\r\n"
          "\r\n"
          "2,plain \"text\",,,\r\n"
          "3,too,few\r\n"
          "4, ,,,\n"
          "5,last,,\"x\",");
  EXPECT_EQ(r.format, Format::kCsv);
  ASSERT_EQ(r.documents.size(), 3U);
  EXPECT_EQ(r.documents[0].id, "1");
  EXPECT_EQ(r.documents[0].text, "a, \"b\"\r\nc");
  EXPECT_EQ(r.documents[0].host, "x.org");
  EXPECT_EQ(r.documents[0].metadata, R"("label":"good")");
  EXPECT_EQ(r.documents[0].created, "2020");
  EXPECT_EQ(r.documents[1].text, "plain \"text\"");
  EXPECT_EQ(r.documents[2].metadata, R"("label":"x")");
  EXPECT_EQ(r.Count(ReadReason::kCsvInvalid), 1);
  EXPECT_EQ(r.Count(ReadReason::kTextEmpty), 1);
}

TEST(CsvTest, DelimiterAndColumnAreFound) {
  ReadResult r = Csv("label\tbody\n1\ta,b\n2\tc;d\n", 1 << 20, "body");
  EXPECT_EQ(r.format, Format::kCsv);
  ASSERT_EQ(r.documents.size(), 2U);
  EXPECT_EQ(r.documents[0].text, "a,b");
  r = Csv("\"label\";\"text\"\n1;\"x;y\"\n");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.documents[0].text, "x;y");
}

TEST(CsvTest, WhatIsNoCsv) {
  for (const std::string_view text :
       {"text\none\ntwo\n", "This text, of course, is prose.\nMore.\n",
        "a,b\n1,2\n", "text,id\nno rows, like, this\nor this\n",
        "The text,\nits lines.\n"}) {
    EXPECT_NE(Csv(text).format, Format::kCsv) << text;
  }
}

// The oracle: a state machine a byte at a time, over random rows.
std::vector<std::vector<std::string>> SlowRows(std::string_view bytes) {
  std::vector<std::vector<std::string>> rows(1);
  std::string field;
  bool quoted = false;
  bool fresh = true;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted && c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"') {
      field += '"';
      ++i;
    } else if (quoted && c == '"') {
      quoted = false;
    } else if (!quoted && fresh && c == '"') {
      quoted = true;
      fresh = false;
    } else if (!quoted && (c == ',' || c == '\n')) {
      rows.back().push_back(field);
      field.clear();
      fresh = true;
      if (c == '\n') rows.emplace_back();
    } else {
      field += c;
      fresh = false;
    }
  }
  rows.pop_back();
  return rows;
}

TEST(CsvTest, AgreesWithTheOracleWhateverTheChunks) {
  uint64_t state = 7;
  const auto next = [&state](uint64_t n) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % n;
  };
  std::string bytes = "id,text,more\n";
  const char* const parts[] = {"a",    "\n", ",",     "\"\"",
                               "한글", " ",  "x\r\n", ""};
  for (int row = 0; row < 500; ++row) {
    bytes += "r" + std::to_string(row) + ",\"t";
    for (uint64_t k = next(6); k > 0; --k) bytes += parts[next(8)];
    bytes += next(2) == 0 ? "\",z\"q\n" : "\",\n";
  }
  const auto slow = SlowRows(bytes);
  for (const size_t chunk :
       std::initializer_list<size_t>{1, 7, 1000, 1 << 20}) {
    const ReadResult r = Csv(bytes, chunk);
    ASSERT_EQ(r.documents.size(), 500U) << chunk;
    for (size_t i = 0; i < 500; ++i) {
      EXPECT_EQ(r.documents[i].id, slow[i + 1][0]);
      EXPECT_EQ(r.documents[i].text, slow[i + 1][1]);
    }
  }
}

TEST(CsvTest, LongRowsAreCounted) {
  ReadRun run;
  run.options.max_record_bytes = 2000;
  for (const size_t chunk : std::initializer_list<size_t>{100, 5000, 1 << 20}) {
    run.chunk = chunk;
    const ReadResult r = ReadBytes(
        "id,text\n1,a\n2,\"" + std::string(9000, 'x') + "\n y\n3,b\n4,\"c\"\n",
        run);
    EXPECT_EQ(r.documents.size(), 3U) << chunk;
    EXPECT_EQ(r.Count(ReadReason::kCsvTooLarge), 1) << chunk;
  }
}

TEST(CsvTest, Hostile) {
  uint64_t state = 3;
  for (int i = 0; i < 300; ++i) {
    std::string bytes = "id,text\n";
    for (int k = 0; k < 300; ++k) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      bytes += "\",\n\r;x\xff\xEA"[state >> 61];
    }
    Csv(bytes, 1 + static_cast<size_t>(i));
  }
}

}  // namespace
}  // namespace winnow::testing
