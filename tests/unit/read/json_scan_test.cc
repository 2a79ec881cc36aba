// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/json_scan.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "pipeline/error.h"
#include "pipeline/json_reader.h"
#include "pipeline/read/json_string.h"

namespace winnow {
namespace {

JsonScan Scan(std::string_view text, size_t* end) {
  *end = 0;
  return ScanJsonValue(text, end);
}

TEST(JsonScanTest, ValuesEndWhereTheyEnd) {
  size_t end = 0;
  EXPECT_EQ(Scan(" {\"a\":[1,{}],\"b\":\"\\\"\"} tail", &end), JsonScan::kOk);
  EXPECT_EQ(end, 22U);
  EXPECT_EQ(Scan("-0.5e+7,", &end), JsonScan::kOk);
  EXPECT_EQ(end, 7U);
}

TEST(JsonScanTest, PrefixesAreIncomplete) {
  const std::string json =
      R"({"k":[true,false,null,"\u00e9x",{"n":[]}],"z":{"y":"v"}})";
  size_t end = 0;
  for (size_t n = 0; n < json.size(); ++n) {
    EXPECT_EQ(Scan(json.substr(0, n), &end), JsonScan::kIncomplete) << n;
  }
  EXPECT_EQ(Scan(json, &end), JsonScan::kOk);
}

// Agrees with the reader of winnow's own files on random scraps.
TEST(JsonScanTest, AgreesWithTheTreeReader) {
  std::mt19937 random(20240611);
  const std::string_view scraps[] = {
      "{",    "}",         "[", "]",       ",",      ":",    "\"a\"",
      "1",    "-",         "0", ".5",      "e3",     "true", "nul",
      "null", "\"\\u12\"", " ", "\"\\n\"", "\"b\":", "{}",   "[]"};
  int valid = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    const int parts = 1 + static_cast<int>(random() % 7);
    for (int k = 0; k < parts; ++k) {
      text += scraps[random() % std::size(scraps)];
    }
    size_t end = 0;
    bool ours = ScanJsonValue(text, &end) == JsonScan::kOk;
    ours &= text.find_first_not_of(' ', end) == std::string::npos;
    bool theirs = true;
    try {
      JsonValue::Parse(text, "test");
    } catch (const Error&) {
      theirs = false;
    }
    ASSERT_EQ(ours, theirs) << text;
    valid += ours;
  }
  EXPECT_GT(valid, 100);
}

TEST(JsonScanTest, DepthIsCapped) {
  size_t end = 0;
  const auto nested = [](size_t n) {
    return std::string(n, '[') + std::string(n, ']');
  };
  EXPECT_EQ(Scan(nested(kJsonMaxDepth), &end), JsonScan::kOk);
  EXPECT_EQ(Scan(nested(kJsonMaxDepth + 1), &end), JsonScan::kInvalid);
}

TEST(JsonScanTest, MembersInOrder) {
  JsonMembers members("{ \"a\" : 1 , \"b\":{\"c\":2},\"d\":\"}\" }");
  ASSERT_TRUE(members.Next());
  EXPECT_EQ(members.raw_key(), "\"a\"");
  EXPECT_EQ(members.raw_value(), "1");
  ASSERT_TRUE(members.Next());
  EXPECT_EQ(members.raw_value(), "{\"c\":2}");
  ASSERT_TRUE(members.Next());
  EXPECT_EQ(members.raw_value(), "\"}\"");
  EXPECT_FALSE(members.Next());
  EXPECT_FALSE(JsonMembers("{}").Next());
}

TEST(JsonStringTest, KeysMayBeEscaped) {
  EXPECT_TRUE(JsonKeyIs("\"text\"", "text"));
  EXPECT_TRUE(JsonKeyIs("\"te\\u0078t\"", "text"));
  EXPECT_FALSE(JsonKeyIs("\"texts\"", "text"));
  EXPECT_FALSE(JsonKeyIs("\"t\\\"\"", "text"));
}

TEST(JsonStringTest, Unescapes) {
  const std::string raw = R"(a\"\\\/\b\f\n\r\t\u0041\uD834\uDD1E\uDEAD)";
  std::string out(raw.size(), '\0');
  bool mended = false;
  char* end = UnescapeJson(raw, out.data(), &mended);
  ASSERT_NE(end, nullptr);
  out.resize(static_cast<size_t>(end - out.data()));
  EXPECT_EQ(out, "a\"\\/\b\f\n\r\tA\U0001D11E\uFFFD");
  EXPECT_TRUE(mended);
  for (const char* bad : {"\\", "\\x", "\\u12", "\\u12g4", "\\ud800\\u12"}) {
    char buffer[16];
    EXPECT_EQ(UnescapeJson(bad, buffer, &mended), nullptr) << bad;
  }
}

}  // namespace
}  // namespace winnow
