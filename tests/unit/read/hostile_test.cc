// SPDX-License-Identifier: Apache-2.0
// Random and hostile bytes into every splitter and reader: no crash, no hang,
// no byte lost, only valid UTF-8 out. Seeds are fixed.
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/read/read_harness.h"

namespace winnow::testing {
namespace {

constexpr Format kFormats[] = {
    Format::kUnknown, Format::kJsonl,    Format::kWarc,
    Format::kHtml,    Format::kVtt,      Format::kSrt,
    Format::kText,    Format::kMarkdown, Format::kArc,
};

// What the formats are made of.
const std::vector<std::string>& Scraps() {
  using std::string_literals::operator""s;
  static const std::vector<std::string> scraps = {
      "WARC/1.0\r\n",
      "WARC/",
      "WARC-Type: response\r\n",
      "WARC-Type: conversion\r\n",
      "WARC-Target-URI: http://a.b/\r\n",
      "Content-Length: 20\r\n",
      "Content-Length: 7\n",
      "Content-Length: -1\n",
      "Content-Length: 99999999\r\n",
      "filedesc://a 0 20080430204825 text/plain 9\n",
      "http://a.b/ c 1.2.3.4 20080430204825 text/html 12\n",
      "http://a.b/ - 20080430204825 text/html -1\n",
      "\r\n\r\n",
      "\r\n",
      "\n",
      "\r",
      "\n\n",
      "HTTP/1.1 200 OK\r\n",
      "Content-Type: text/html; charset=euc-kr\r\n",
      "Content-Type: text/plain\r\n",
      "Transfer-Encoding: chunked\r\n",
      "Content-Encoding: gzip\r\n",
      "Content-Encoding: zstd, deflate\r\n",
      "5\r\n",
      "0\r\n\r\n",
      "\x1F\x8B\x08\0\0\0\0\0"s,
      "\x28\xB5\x2F\xFD",
      "{\"text\":\"",
      "\"}",
      "{",
      "}",
      "[",
      "]",
      "\"",
      "\\",
      "\\ud800",
      ",",
      ":",
      "\"metadata\":{",
      "\"url\":",
      "null",
      "1e5",
      "\"a\"",
      "WEBVTT\n\n",
      "00:01.000 --> 00:02.000\n",
      "1\n00:00:01,000 --> 00:00:02,000\n",
      "-->",
      "NOTE",
      "<v A>",
      "{\\an8}",
      "---\n",
      "title: x\n",
      "# H\n",
      "<p>",
      "</p>",
      "<script>",
      "</script>",
      "<!--",
      "-->",
      "<meta charset=shift_jis>",
      "<nav>",
      "</nav>",
      "<form>",
      "</form>",
      "<pre>",
      "&nbsp;",
      "&#x10FFFF;",
      "&amp",
      "<title>",
      "\xC2\xA0",
      "\xEF\xBB\xBF",
      "\xFF\xFE",
      "\xFE\xFF",
      "한글",
      "\xED\xA0\x80",
      "\0"s,
      " ",
      "text",
      std::string(100, 'x'),
      std::string(70, '<'),
  };
  return scraps;
}

std::string RandomBytes(std::mt19937* random, size_t size) {
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>((*random)());
  return bytes;
}

std::string RandomScraps(std::mt19937* random, size_t parts) {
  std::string bytes;
  for (size_t i = 0; i < parts; ++i) {
    bytes += Scraps()[(*random)() % Scraps().size()];
  }
  return bytes;
}

void ReadAs(Format format, const std::string& bytes, size_t chunk) {
  ReadRun run;
  run.format = format;
  run.chunk = chunk;
  run.options.max_record_bytes = 4096;
  ReadBytes(bytes, run);
}

TEST(HostileTest, ShortInputs) {
  std::mt19937 random(20'240'601);
  for (int i = 0; i < 20'000; ++i) {
    const std::string bytes = i % 4 == 0 ? RandomBytes(&random, random() % 200)
                                         : RandomScraps(&random, random() % 24);
    const Format format =
        kFormats[static_cast<size_t>(i) % std::size(kFormats)];
    ReadAs(format, bytes, 1 + random() % 64);
    if (::testing::Test::HasFailure()) {
      FAIL() << "input " << i << " as " << FormatName(format);
    }
  }
}

TEST(HostileTest, LongInputs) {
  std::mt19937 random(20'240'602);
  for (int i = 0; i < 24; ++i) {
    const std::string bytes = i % 3 == 0 ? RandomBytes(&random, 100'000)
                                         : RandomScraps(&random, 10'000);
    ReadAs(kFormats[static_cast<size_t>(i) % std::size(kFormats)], bytes,
           1 + random() % 8192);
  }
}

TEST(HostileTest, DetectionTakesAnything) {
  std::mt19937 random(20'240'603);
  for (int i = 0; i < 20'000; ++i) {
    const std::string bytes = i % 4 == 0 ? RandomBytes(&random, random() % 200)
                                         : RandomScraps(&random, random() % 12);
    DetectFormat(bytes, i % 2 == 0);
  }
}

// Bits flipped in a sound WARC and a sound JSONL file.
TEST(HostileTest, FlippedBits) {
  std::mt19937 random(20'240'604);
  std::string warc;
  std::string jsonl;
  for (int i = 0; i < 6; ++i) {
    const std::string http =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Page text";
    warc +=
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/"
        "\r\nContent-Length: " +
        std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n";
    jsonl += R"({"id":"x","text":"Some \u00e9 text","metadata":{"a":[1]}})"
             "\n";
  }
  for (int i = 0; i < 4000; ++i) {
    std::string bytes = i % 2 == 0 ? warc : jsonl;
    for (size_t flips = 1 + random() % 4; flips > 0; --flips) {
      char& c = bytes[random() % bytes.size()];
      c = static_cast<char>(c ^ (1 << random() % 8));
    }
    ReadAs(i % 2 == 0 ? Format::kWarc : Format::kJsonl, bytes,
           1 + random() % 512);
  }
}

// What comes out does not depend on how the bytes come in.
TEST(HostileTest, ChunksDoNotMatter) {
  std::mt19937 random(20'240'605);
  for (int i = 0; i < 2000; ++i) {
    const std::string bytes = RandomScraps(&random, random() % 60);
    ReadRun run;
    run.format = kFormats[static_cast<size_t>(i) % std::size(kFormats)];
    run.options.max_record_bytes = 300;
    const ReadResult whole = ReadBytes(bytes, run);
    run.chunk = 1 + random() % 40;
    const ReadResult parts = ReadBytes(bytes, run);
    ASSERT_EQ(whole.unreadable, parts.unreadable) << i;
    ASSERT_EQ(whole.non_documents, parts.non_documents) << i;
    ASSERT_EQ(whole.framing, parts.framing) << i;
    ASSERT_EQ(whole.documents.size(), parts.documents.size()) << i;
    for (size_t k = 0; k < whole.documents.size(); ++k) {
      ASSERT_EQ(whole.documents[k].text, parts.documents[k].text);
      ASSERT_EQ(whole.documents[k].offset, parts.documents[k].offset);
      ASSERT_EQ(whole.documents[k].metadata, parts.documents[k].metadata);
    }
  }
}

}  // namespace
}  // namespace winnow::testing
