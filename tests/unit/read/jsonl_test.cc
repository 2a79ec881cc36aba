// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/read/read_harness.h"

namespace winnow::testing {
namespace {

using ::testing::ElementsAre;

std::string Record(int i) {
  const std::string n = std::to_string(i);
  return "{\"id\":\"doc" + n + "\",\"text\":\"Text number " + n +
         " \\u00e9\\n\",\"n\":" + n + "}";
}

struct Damage {
  const char* name;
  std::string line;
  ReadReason reason;  // kCount: a document all the same
};

// Each of these ends a stream parser, or makes it lose its place.
std::vector<Damage> Damages() {
  using std::string_literals::operator""s;
  return {
      {"bad UTF-8", "{\"text\":\"ab\xFF\"}", ReadReason::kJsonInvalid},
      {"control", "{\"text\":\"a\x01z\"}", ReadReason::kJsonInvalid},
      {"NUL", "{\"text\":\"a\0z\"}"s, ReadReason::kJsonInvalid},
      {"unclosed string", "{\"text\":\"abc", ReadReason::kJsonInvalid},
      {"cut short", "{\"text\":\"abc\",\"n\":[1,2", ReadReason::kJsonInvalid},
      {"missing comma", "{\"text\":\"abc\" \"n\":1}", ReadReason::kJsonInvalid},
      {"garbage behind", "{\"text\":\"abc\"}x", ReadReason::kJsonInvalid},
      {"second value", "{\"text\":\"abc\"}{\"a\":1}", ReadReason::kJsonInvalid},
      {"too large", "{\"text\":\"" + std::string(70'000, 'x') + "\"}",
       ReadReason::kJsonTooLarge},
      {"bad escape", "{\"text\":\"a\\qz\"}", ReadReason::kJsonInvalid},
      {"array", "[1,2]", ReadReason::kJsonInvalid},
      {"scalar", "17", ReadReason::kJsonInvalid},
      {"empty object", "{}", ReadReason::kJsonNoText},
      {"text no string", "{\"text\":[\"a\"]}", ReadReason::kJsonNoText},
      {"text null", "{\"text\":null}", ReadReason::kJsonNoText},
      {"empty text", "{\"text\":\"\"}", ReadReason::kTextEmpty},
      {"blank text", "{\"text\":\" \\n\"}", ReadReason::kTextEmpty},
      {"unread rubbish", "{\"text\":\"abc\",\"n\":[1,,2]}",
       ReadReason::kJsonInvalid},
      {"rubbish number", "{\"text\":\"abc\",\"n\":01}",
       ReadReason::kJsonInvalid},
      {"rubbish word", "{\"text\":\"abc\",\"n\":truth}",
       ReadReason::kJsonInvalid},
      {"rubbish nested", "{\"text\":\"abc\",\"n\":{\"a\":{\"b\" 1}}}",
       ReadReason::kJsonInvalid},
      {"wrong bracket", "{\"text\":\"abc\",\"n\":[1}]}",
       ReadReason::kJsonInvalid},
      {"rubbish escape", "{\"text\":\"abc\",\"n\":\"\\x\"}",
       ReadReason::kJsonInvalid},
      {"nesting bomb", "{\"text\":\"abc\",\"n\":" + std::string(40'000, '['),
       ReadReason::kJsonInvalid},
      {"deep, closed",
       "{\"text\":\"abc\",\"n\":" + std::string(20'000, '[') +
           std::string(20'000, ']') + "}",
       ReadReason::kJsonInvalid},
  };
}

TEST(JsonlTest, DamageCostsOneRecord) {
  for (const Damage& damage : Damages()) {
    SCOPED_TRACE(damage.name);
    std::string file;
    std::vector<uint64_t> offsets;
    for (int i = 0; i < 1000; ++i) {
      offsets.push_back(file.size());
      file += (i == 500 ? damage.line : Record(i)) + "\n";
    }
    for (const size_t chunk : {size_t{997}, size_t{1} << 20}) {
      ReadRun run;
      run.chunk = chunk;
      run.options.max_record_bytes = 65'536;
      const ReadResult result = ReadBytes(file, run);
      EXPECT_EQ(result.format, Format::kJsonl);
      ASSERT_EQ(result.documents.size(), 999U);
      EXPECT_THAT(result.unreadable,
                  ElementsAre(ReadUnreadable{damage.reason, offsets[500],
                                             damage.line.size() + 1}));
      for (size_t i = 0, at = 0; i < 1000; ++i) {
        if (i == 500) continue;
        const ReadDocument& document = result.documents[at++];
        const std::string n = std::to_string(i);
        EXPECT_EQ(document.offset, offsets[i]);
        EXPECT_EQ(document.id, "doc" + n);
        EXPECT_EQ(document.text, "Text number " + n + " \u00e9\n");
        EXPECT_EQ(document.extra, "\"n\":" + n);
      }
    }
  }
}

TEST(JsonlTest, LoneSurrogatesAreMended) {
  const ReadResult result = ReadBytes(
      "{\"text\":\"a\\ud800z\"}\n{\"text\":\"\\udc00\\uD83D\\uDE00\"}\n"
      "{\"text\":\"\\ud800\\ud83d\\ude00\\n\"}\n");
  ASSERT_EQ(result.documents.size(), 3U);
  EXPECT_EQ(result.documents[0].text, "a\uFFFDz");
  EXPECT_EQ(result.documents[1].text, "\uFFFD\U0001F600");
  EXPECT_EQ(result.documents[2].text, "\uFFFD\U0001F600\n");
  EXPECT_EQ(result.mended.at("json_lone_surrogate"), 3);
}

TEST(JsonlTest, FramingOfLines) {
  const std::string file =
      "\xEF\xBB\xBF{\"text\":\"one\"}\r\n\r\n  \n{\"text\":\"two\"} \n\n"
      "{\"text\":\"three\"}";
  for (size_t chunk = 1; chunk <= file.size(); ++chunk) {
    ReadRun run;
    run.chunk = chunk;
    const ReadResult result = ReadBytes(file, run);
    ASSERT_EQ(result.documents.size(), 3U);
    EXPECT_EQ(result.documents[0].offset, 3U);
    EXPECT_EQ(result.documents[0].bytes, 16U);
    EXPECT_EQ(result.documents[1].text, "two");
    EXPECT_EQ(result.documents[2].text, "three");
    EXPECT_EQ(result.framing, 3U + 2 + 3 + 1);
    EXPECT_TRUE(result.unreadable.empty());
  }
}

TEST(JsonlTest, LongLinesAreNotHeld) {
  ReadRun run;
  run.options.max_record_bytes = 1000;
  run.chunk = 100;
  const std::string at_cap = "{\"text\":\"" + std::string(989, 'x') + "\"}";
  ASSERT_EQ(at_cap.size(), 1000U);
  const std::string above = "{\"text\":\"" + std::string(990, 'x') + "\"}";
  const std::string giant = "{\"text\":\"" + std::string(90'000, 'x') + "\"}";
  const std::string file = at_cap + "\n" + above + "\n" + giant + "\n" + above +
                           "\n" + at_cap + "\n" + giant;
  const ReadResult result = ReadBytes(file, run);
  EXPECT_EQ(result.documents.size(), 2U);
  EXPECT_THAT(
      result.unreadable,
      ElementsAre(
          ReadUnreadable{ReadReason::kJsonTooLarge, 1001, above.size() + 1},
          ReadUnreadable{ReadReason::kJsonTooLarge, 2003, giant.size() + 1},
          ReadUnreadable{ReadReason::kJsonTooLarge, 2003 + giant.size() + 1,
                         above.size() + 1},
          ReadUnreadable{ReadReason::kJsonTooLarge, file.size() - giant.size(),
                         giant.size()}));
  EXPECT_LE(result.most_carried, 1000U);
}

TEST(JsonlTest, MembersAreMapped) {
  const ReadResult result = ReadBytes(
      R"({"id": 17, "text":"t", "source":"web", "added":"2024-01-02", )"
      R"("created": 1650456085, "url":null, "x y": {"a": [1, 2.50e3]}, )"
      R"("metadata": {"url":"HTTPS://u@Example.ORG:8080/p","lang": "ko"}})"
      "\n");
  ASSERT_EQ(result.documents.size(), 1U);
  const ReadDocument& d = result.documents[0];
  EXPECT_EQ(d.id, "17");
  EXPECT_EQ(d.added, "2024-01-02");
  EXPECT_EQ(d.created, "1650456085");
  EXPECT_EQ(d.url, "");
  EXPECT_EQ(d.extra, R"("x y":{"a": [1, 2.50e3]})");
  EXPECT_EQ(
      d.metadata,
      R"("url":"HTTPS://u@Example.ORG:8080/p","lang": "ko","source":"web")");
}

TEST(JsonlTest, UrlOfMetadataCountsWhereThereIsNoOther) {
  const ReadResult result = ReadBytes(
      R"({"text":"t","metadata":{"url":"HTTPS://u@Example.ORG:8080/p"}})");
  ASSERT_EQ(result.documents.size(), 1U);
  EXPECT_EQ(result.documents[0].url, "HTTPS://u@Example.ORG:8080/p");
  EXPECT_EQ(result.documents[0].host, "example.org");
}

TEST(JsonlTest, FieldNamesAreOptions) {
  ReadRun run;
  run.options.text_field = "content.body";
  run.options.id_field = "k";
  run.options.url_field = "content.link";
  const ReadResult result =
      ReadBytes(R"({"k":"7","id":"mine","text":"not this",)"
                R"("content":{"body":"this","link":"http://a.b/"},"z":1})",
                run);
  ASSERT_EQ(result.documents.size(), 1U);
  EXPECT_EQ(result.documents[0].text, "this");
  EXPECT_EQ(result.documents[0].id, "7");
  EXPECT_EQ(result.documents[0].url, "http://a.b/");
  EXPECT_EQ(result.documents[0].metadata, R"("id":"mine","text":"not this")");
  EXPECT_EQ(result.documents[0].extra, R"("z":1)");
}

TEST(JsonlTest, FirstOfEqualKeysWins) {
  const ReadResult result =
      ReadBytes(R"({"text":"first","text":"second","t\u0065xt":"third"})");
  ASSERT_EQ(result.documents.size(), 1U);
  EXPECT_EQ(result.documents[0].text, "first");
  EXPECT_EQ(result.documents[0].extra, "");
  EXPECT_EQ(result.mended.at("json_duplicate_key"), 1);
}

TEST(JsonlTest, MetadataThatIsNoObjectIsKept) {
  const ReadResult result =
      ReadBytes(R"({"text":"t","metadata":"none","source":{"a":1}})");
  ASSERT_EQ(result.documents.size(), 1U);
  EXPECT_EQ(result.documents[0].metadata,
            R"("metadata":"none","source":{"a":1})");
}

}  // namespace
}  // namespace winnow::testing
