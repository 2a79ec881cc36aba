// SPDX-License-Identifier: Apache-2.0
// How formats are told apart, and how the ones that are a whole file are read.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

#include "pipeline/error.h"
#include "pipeline/read/front_matter.h"
#include "pipeline/read/json_scan.h"
#include "pipeline/read/markdown.h"
#include "pipeline/read/plain_text.h"
#include "pipeline/read/warc/http_url.h"
#include "tests/corpora.h"
#include "tests/unit/read/read_harness.h"

namespace winnow::testing {
namespace {

using std::string_literals::operator""s;

std::string Detect(std::string_view head, bool end = true) {
  return std::string(FormatName(DetectFormat(head, end)));
}

TEST(FormatTest, BySigns) {
  EXPECT_EQ(Detect("WARC/1.0\r\n"), "warc");
  EXPECT_EQ(Detect("\r\nWARC/0.18\n"), "warc");
  EXPECT_EQ(Detect("WEBVTT"), "vtt");
  EXPECT_EQ(Detect("\xEF\xBB\xBFWEBVTT - x\n"), "vtt");
  EXPECT_EQ(Detect("WEBVTTX"), "text");
  EXPECT_EQ(Detect("\n1\n00:00:00,000 --> 00:00:01,000\nx"), "srt");
  EXPECT_EQ(Detect("00:00:00,000 --> 00:00:01,000\nx"), "srt");
  EXPECT_EQ(Detect("<!doctype HTML>"), "html");
  EXPECT_EQ(Detect("---\ntitle: x\n---\n<p>a</p>\n"), "html");
  EXPECT_EQ(Detect("---\ntitle: x\n---\nText.\n"), "markdown");
  EXPECT_EQ(Detect("# Title\n\nSee [this](that).\n"), "markdown");
  EXPECT_EQ(Detect("Just text. # not a title\nand more\n"), "text");
  EXPECT_EQ(Detect("\xFF\xFEh\0i\0"s), "text");
  EXPECT_EQ(Detect("\xFE\xFF\0W\0E\0B\0V\0T\0T\0\n"s), "vtt");
}

TEST(FormatTest, WhatIsNotRead) {
  for (const std::string& head :
       {"%PDF-1.7\n"s, "\x89PNG\r\n\x1A\n\0\0"s, "PK\x03\x04..."s, "PAR1\x15"s,
        "GIF89a"s,
        "\x7F"
        "ELF\x02\x01"s,
        "{\\rtf1\\ansi"s, std::string(100, '\0'), "abc\0\0\0\0def"s,
        "<?xml version=\"1.0\"?><rss></rss>"s}) {
    EXPECT_EQ(Detect(head), "unknown") << head;
  }
}

TEST(FormatTest, Archives) {
  EXPECT_EQ(Detect("WARC/0.17\n"), "warc");
  EXPECT_EQ(Detect("\r\n\r\nwarc/1.1\r\n"), "warc");
  EXPECT_EQ(Detect("ARC/1.0\nWARC-Type: x\nWARC-Date: y\n"), "warc");
  EXPECT_EQ(Detect("WARC-Type: x\n\nWARC-Date: y\n"), "text");
  EXPECT_EQ(Detect("filedesc://x.arc 0 0 text/plain 1\n"), "arc");
  EXPECT_EQ(Detect("http://a.b/ 1.2.3.4 20080430204825 text/html 3\nabc\n"),
            "arc");
  EXPECT_EQ(Detect("http://a.b/ 1.2.3.4 20080430204825 text/html x\nabc\n"),
            "text");
}

TEST(FormatTest, JsonLinesAndOtherJson) {
  EXPECT_EQ(Detect("{\"a\":1}\n{\"a\":2}\n"), "jsonl");
  EXPECT_EQ(Detect("\xEF\xBB\xBF\n {\"a\":1}"), "jsonl");
  EXPECT_EQ(Detect("{\"text\":\"a long line that is cut", false), "jsonl");
  EXPECT_EQ(Detect("{\"bad\n{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n"), "jsonl");
  EXPECT_EQ(Detect("{\"a\":\"\0\"}\n{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n"s),
            "jsonl");
  EXPECT_EQ(Detect("[{\"a\":1},\n{\"a\":2}]\n"), "unknown");
  EXPECT_EQ(Detect("[\n  {\n    \"review\": \"x\"", false), "unknown");
  EXPECT_EQ(Detect("{\n  \"a\": 1,\n  \"b\": {\"c\": 2}\n}\n"), "unknown");
  EXPECT_EQ(Detect("{\n  \"a\": [\n {\"x\":1}\n ]\n}\n"), "unknown");
  EXPECT_EQ(Detect("{% include x %}\ntext\n"), "text");
  EXPECT_EQ(Detect("[1] A note.\n[2] Another.\n"), "text");
  EXPECT_EQ(Detect("[link](target)\n[other](one)\n"), "markdown");
}

// Counts the formats of a corpus, files as `suffix` says.
std::map<std::string, int> Formats(const std::string& part,
                                   std::string_view suffix) {
  std::map<std::string, int> formats;
  const auto dir = CorpusDir(part);
  if (!dir) return formats;
  for (const auto& path : FilesBelow(*dir, suffix)) {
    std::ifstream in(path, std::ios::binary);
    std::string head(65'536, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<size_t>(in.gcount()));
    ++formats[Detect(head, head.size() < 65'536)];
  }
  return formats;
}

using Counts = std::map<std::string, int>;

TEST(FormatTest, Corpora) {
  const struct {
    const char* part;
    const char* suffix;
    Counts expected;
  } parts[] = {
      {"docs_ko", ".md", {{"markdown", 14'414}, {"text", 266}}},
      {"versioned_docs", ".md", {{"markdown", 2022}}},
      {"html_mdn", ".html", {{"html", 1934}}},
      {"podcast_vtt", ".vtt", {{"vtt", 741}}},
      {"subtitles_ko_2017", ".srt", {{"srt", 31}}},
      {"subtitles_ko_2025", ".srt", {{"srt", 36}}},
      // One is SubViewer (SBV) by another name.
      {"subtitles_multilingual", ".srt", {{"srt", 247}, {"text", 1}}},
      {"ota_versions", ".jsonl", {{"jsonl", 1}}},
      {"reviews_ko", ".json", {{"unknown", 3683}}},
  };
  int seen = 0;
  for (const auto& part : parts) {
    const Counts formats = Formats(part.part, part.suffix);
    if (formats.empty()) continue;
    ++seen;
    EXPECT_EQ(formats, part.expected) << part.part;
  }
  if (seen == 0) GTEST_SKIP() << "corpora absent";
}

TEST(PlainTextTest, LineEndsAndControls) {
  const auto clean = [](std::string_view s) {
    Arena arena;
    bool dropped = false;
    const std::string text(CleanText(s, true, &arena, &dropped));
    return text + (dropped ? " dropped" : "");
  };
  EXPECT_EQ(clean("a\r\nb\rc\n\r\n\r"), "a\nb\nc\n\n\n");
  EXPECT_EQ(clean("a\fb\vc\td"), "a\nb\nc\td");
  EXPECT_EQ(clean("a\0b\x1B\x7F"
                  "c"s),
            "abc dropped");
  EXPECT_EQ(clean("0123456\r\n89012345\x01"
                  "78"),
            "0123456\n8901234578 dropped");
  // Bytes of other characters are not controls.
  EXPECT_EQ(clean("\u00BF\u00FF\u0131\u044F한글 \u0085"),
            "\u00BF\u00FF\u0131\u044F한글 \u0085");
  const std::string same = "nothing to do\n\tat all, 한글";
  Arena arena;
  bool dropped = false;
  EXPECT_EQ(CleanText(same, true, &arena, &dropped).data(), same.data());
  EXPECT_NE(CleanText(same, false, &arena, &dropped).data(), same.data());
}

// Every byte at every place of a word, against the plain definition.
TEST(PlainTextTest, EachByteEverywhere) {
  for (int b = 0; b < 128; ++b) {
    for (size_t at = 0; at < 20; ++at) {
      std::string s(20, 'x');
      s[at] = static_cast<char>(b);
      Arena arena;
      bool dropped = false;
      const std::string got(CleanText(s, true, &arena, &dropped));
      const bool feed = b == '\r' || b == '\f' || b == '\v';
      const bool drop =
          (b < 0x20 && b != '\n' && b != '\t' && !feed) || b == 0x7F;
      if (feed) s[at] = '\n';
      if (drop) s.erase(at, 1);
      ASSERT_EQ(got, s) << b;
      ASSERT_EQ(dropped, drop) << b;
    }
  }
}

TEST(PlainTextTest, Files) {
  ReadResult r = ReadBytes("One\r\ntwo\n");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.documents[0].text, "One\ntwo\n");
  EXPECT_EQ(r.documents[0].metadata, "");
  r = ReadBytes("\xEF\xBB\xBFText");
  EXPECT_EQ(r.documents[0].text, "Text");
  EXPECT_EQ(ReadBytes("\n \n").Count(ReadReason::kTextEmpty), 1);
  ReadRun run;
  run.options.max_record_bytes = 1000;
  run.chunk = 300;
  r = ReadBytes(std::string(5000, 'x'), run);
  ASSERT_EQ(r.unreadable.size(), 1U);
  EXPECT_EQ(r.unreadable[0],
            (ReadUnreadable{ReadReason::kRecordTooLarge, 0, 5000}));
  EXPECT_LE(r.most_carried, 1000U);
  EXPECT_EQ(ReadBytes(std::string(1000, 'x'), run).documents.size(), 1U);
}

TEST(MarkdownTest, FrontMatterMoves) {
  const ReadResult r = ReadBytes(
      "---\r\ntitle: \"A: b\"\r\ntags:\r\n - x\r\n---\r\n\r\n# A\r\n");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.format, Format::kMarkdown);
  EXPECT_EQ(r.documents[0].text, "# A\n");
  EXPECT_EQ(r.documents[0].metadata, R"("title":"A: b","tags":["x"])");
}

std::string FrontOf(std::string_view text, std::string* date = nullptr) {
  std::string metadata;
  std::string kept;
  FrontMatterReader().Append(SplitFrontMatter(text), &metadata, &kept);
  if (date != nullptr) *date = kept;
  return metadata;
}

TEST(FrontMatterTest, Yaml) {
  std::string date;
  EXPECT_EQ(
      FrontOf("---\n# comment\ntitle: It's # a note\ndate: 2024-02-29\n"
              "quoted: 'it''s'\nurl: \"a\\u00e9\\\"\"\nempty:\nms.prod: sql\n"
              "flow: [a, \"b, c\", 'd']\nitems:\n- one # x\n- \"two\"\n"
              "nested:\n  a: 1\n  b: 2\nblock: |\n  x\n  y\n"
              "folded: >-\n  x\n  y\nlong: a\n  b\ntitle: again\n"
              "제목: 한글\n---\nbody\n",
              &date),
      R"x("title":"It's","date":"2024-02-29","quoted":"it's","url":"aé\"",)x"
      R"x("empty":"","ms.prod":"sql","flow":["a","b, c","d"],)x"
      R"x("items":["one","two"],"nested":"a: 1\nb: 2","block":"x\ny",)x"
      R"x("folded":"x y","long":"a b","제목":"한글")x");
  EXPECT_EQ(date, "2024-02-29");
}

TEST(FrontMatterTest, Toml) {
  EXPECT_EQ(FrontOf("+++\ntitle = \"A = b\"\ndate = 2024-01-01T00:00:00Z\n"
                    "tags = [\"x\",\n  'y']\ndraft = false # no\n"
                    "[params]\n  author = 'me'\n+++\n\nbody"),
            R"("title":"A = b","date":"2024-01-01T00:00:00Z",)"
            R"("tags":["x","y"],"draft":"false","params.author":"me")");
}

TEST(FrontMatterTest, Json) {
  const ReadResult r = ReadBytes(
      "{\n  \"title\": \"T\",\n  \"date\": \"2024\",\n"
      "  \"tags\": [\n 1]\n}\n\n# Body\n");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.documents[0].text, "# Body\n");
  EXPECT_EQ(r.documents[0].created, "2024");
  EXPECT_EQ(r.documents[0].metadata,
            R"("title":"T","date":"2024","tags":[  1])");
}

// Never more than a pass, whatever it is; the result is JSON.
TEST(FrontMatterTest, Hostile) {
  for (const char* unit :
       {"\"", "'", "[", "\\\"", "- ", "a: [", "a = [\"\\", ":", "\n", " "}) {
    std::string repeated;
    while (repeated.size() < 60000) repeated += unit;
    for (const std::string& text : {"---\na: b\n" + repeated + "\n---\nx\n",
                                    "---\na: " + repeated + "\n---\nx\n",
                                    "+++\na = " + repeated + "\n+++\nx\n",
                                    "+++\na = [" + repeated + "]\n+++\nx\n"}) {
      const std::string json = "{" + FrontOf(text) + "}";
      size_t end = 0;
      EXPECT_EQ(ScanJsonValue(json, &end), JsonScan::kOk) << unit;
      EXPECT_EQ(end, json.size());
    }
  }
}

TEST(MarkdownTest, WhatIsNoFrontMatter) {
  for (const std::string_view text :
       {"---\n\n# Rule above\n---\n", "--- \nno key\n---\n",
        "a\n---\nb: c\n---", "---\na: b\nnever closed", "----\na: b\n----\n",
        "---\n---\n"}) {
    EXPECT_EQ(SplitFrontMatter(text).block, "") << text;
    EXPECT_EQ(SplitFrontMatter(text).body, text);
  }
}

TEST(HtmlFileTest, MetadataAndCharset) {
  const ReadResult r = ReadBytes(
      "<html lang=\"ko\"><meta charset=euc-kr><title>\xC1\xA6</title>"
      "<link rel=canonical href=http://a.b/><p>\xC7\xD1\xB1\xDB");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.documents[0].text, "한글");
  EXPECT_EQ(r.documents[0].metadata,
            R"("charset":"euc-kr","title":"제","html_lang":"ko",)"
            R"("canonical":"http://a.b/")");
}

TEST(UrlTest, Hosts) {
  Arena arena;
  EXPECT_EQ(UrlHost("http://Example.ORG/x", &arena), "example.org");
  EXPECT_EQ(UrlHost("https://u:p@h.de:8080?q", &arena), "h.de");
  EXPECT_EQ(UrlHost("http://[::1]:80/", &arena), "[::1]");
  EXPECT_EQ(UrlHost("http://[::1", &arena), "");
  EXPECT_EQ(UrlHost("urn:uuid:x", &arena), "");
  EXPECT_EQ(UrlHost("://x", &arena), "");
  EXPECT_EQ(UrlHost("", &arena), "");
}

TEST(ReadOptionsTest, UnknownHtmlModeIsASetupError) {
  ReadOptions options;
  options.html = "main";
  EXPECT_THROW(RecordReader reader(options), Error);
}

}  // namespace
}  // namespace winnow::testing
