// SPDX-License-Identifier: Apache-2.0
// WARC records of our own: what each becomes, and what damage costs.
#include <brotli/encode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>

#include "tests/unit/read/read_harness.h"

namespace winnow::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

std::string Warc(const std::string& headers, const std::string& block,
                 int64_t length = -1) {
  const std::string n =
      length == -1 ? std::to_string(block.size()) : std::to_string(length);
  return "WARC/1.0\r\n" + headers + "Content-Length: " + n + "\r\n\r\n" +
         block + "\r\n\r\n";
}

std::string Response(const std::string& http,
                     const std::string& uri = "http://example.org/p") {
  return Warc("WARC-Type: response\r\nWARC-Target-URI: " + uri +
                  "\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
                  "Content-Type: application/http; msgtype=response\r\n",
              http);
}

const char kPage[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<title>T</title><p>One<p>Two";

std::string Sample() {
  return Warc("WARC-Type: warcinfo\r\n", "software: x\r\n") + Response(kPage) +
         Warc("WARC-Type: request\r\n", "GET / HTTP/1.1\r\n\r\n") +
         Response(kPage, "https://B.example/q") +
         Warc(
             "WARC-Type: conversion\r\nWARC-Target-URI: http://c.example/\r\n"
             "Content-Type: text/plain\r\n",
             "Plain\r\ntext\n") +
         Warc("WARC-Type: revisit\r\n", "HTTP/1.1 200 OK\r\n\r\n");
}

TEST(WarcTest, RecordsBecomeDocumentsOrAreCounted) {
  const std::string file = Sample();
  for (const size_t chunk : {size_t{1}, size_t{7}, size_t{1} << 20}) {
    ReadRun run;
    run.chunk = chunk;
    run.format = Format::kWarc;
    const ReadResult result = ReadBytes(file, run);
    ASSERT_EQ(result.documents.size(), 3U);
    const ReadDocument& first = result.documents[0];
    EXPECT_EQ(first.text, "One\n\nTwo");
    EXPECT_EQ(first.url, "http://example.org/p");
    EXPECT_EQ(first.host, "example.org");
    EXPECT_EQ(first.created, "2024-05-06T07:08:09Z");
    EXPECT_EQ(first.metadata,
              R"("warc_type":"response","mime":"text/html","title":"T")");
    EXPECT_EQ(first.offset, file.find("WARC/1.0", 5));
    EXPECT_EQ(result.documents[1].host, "b.example");
    EXPECT_EQ(result.documents[2].text, "Plain\ntext\n");
    EXPECT_THAT(result.non_documents,
                ElementsAre(Pair("warc.request", 1), Pair("warc.revisit", 1),
                            Pair("warc.warcinfo", 1)));
    EXPECT_THAT(result.unreadable, IsEmpty());
    EXPECT_EQ(result.framing, 6U * 4);
  }
}

TEST(WarcTest, CutAtEveryByte) {
  const std::string file = Sample();
  // A record is there once its block is; blank lines behind it are framing.
  std::vector<size_t> ends;
  const ReadResult whole = ReadBytes(file);
  for (size_t at = 0;
       (at = file.find("\r\n\r\nWARC/", at)) != std::string::npos; ++at) {
    ends.push_back(at);
  }
  ends.push_back(file.size() - 4);
  ASSERT_EQ(ends.size(), 6U);
  const bool is_document[] = {false, true, false, true, true, false};
  for (size_t n = 0; n < file.size(); ++n) {
    ReadRun run;
    run.format = Format::kWarc;
    run.chunk = 64;
    const ReadResult cut = ReadBytes(file.substr(0, n), run);
    size_t documents = 0;
    size_t records = 0;
    for (size_t i = 0; i < ends.size(); ++i) {
      records += ends[i] <= n;
      documents += ends[i] <= n && is_document[i];
    }
    ASSERT_EQ(cut.documents.size(), documents) << n;
    for (size_t i = 0; i < documents; ++i) {
      EXPECT_EQ(cut.documents[i].text, whole.documents[i].text);
    }
    // Something was cut unless n falls behind a block and before a record.
    const size_t last_end = records == 0 ? 0 : ends[records - 1];
    const size_t tail =
        file.substr(last_end, n - last_end).find_first_not_of("\r\n");
    const bool clean = tail == std::string::npos;
    ASSERT_EQ(cut.unreadable.size(), clean ? 0U : 1U) << n;
  }
}

TEST(WarcTest, LengthTooSmallLosesTheRestOfTheBlock) {
  std::string file = Sample();
  const std::string bad =
      Warc("WARC-Type: conversion\r\n", "All of this text is here.", 11);
  const size_t junk = file.size() + bad.size() - 4 - 14;
  file += bad + Response(kPage);
  const ReadResult result = ReadBytes(file);
  ASSERT_EQ(result.documents.size(), 5U);
  EXPECT_EQ(result.documents[3].text, "All of this");
  EXPECT_THAT(result.unreadable,
              ElementsAre(ReadUnreadable{ReadReason::kWarcResync, junk, 18}));
}

TEST(WarcTest, LengthTooLargeEndsAtTheNextRecord) {
  const std::string head = Sample();
  const std::string bad =
      Warc("WARC-Type: conversion\r\n", "Cut short by the crawler", 90);
  const ReadResult result = ReadBytes(head + bad + Response(kPage) + Sample());
  EXPECT_EQ(result.documents.size(), 3U + 1 + 3);
  EXPECT_THAT(result.unreadable,
              ElementsAre(ReadUnreadable{ReadReason::kWarcTruncated,
                                         head.size(), bad.size()}));
}

TEST(WarcTest, LengthBeyondTheEnd) {
  const std::string head = Sample();
  const std::string bad =
      Warc("WARC-Type: conversion\r\n", "Cut short", 1'000'000);
  const ReadResult result = ReadBytes(head + bad + Response(kPage));
  EXPECT_EQ(result.documents.size(), 4U);
  EXPECT_EQ(result.Count(ReadReason::kWarcTruncated), 1);
  EXPECT_EQ(result.unreadable.size(), 1U);
}

TEST(WarcTest, ImpossibleLengths) {
  for (const char* length :
       {"-5", "12x", "", "99999999999999999999999", "0x10"}) {
    SCOPED_TRACE(length);
    const std::string bad =
        "WARC/1.0\r\nWARC-Type: response\r\n"
        "Content-Length: " +
        std::string(length) + "\r\n\r\nblock\r\n\r\n";
    const ReadResult result = ReadBytes(Sample() + bad + Response(kPage));
    EXPECT_EQ(result.documents.size(), 4U);
    EXPECT_EQ(result.Count(ReadReason::kWarcInvalid), 1);
    EXPECT_EQ(result.Count(ReadReason::kWarcResync), 1);
  }
}

TEST(WarcTest, LargeRecordsArePassedOver) {
  ReadRun run;
  run.options.max_record_bytes = 2000;
  run.chunk = 100;
  const std::string big =
      Warc("WARC-Type: conversion\r\n", std::string(50'000, 'x'));
  const std::string head = Sample();
  const ReadResult result = ReadBytes(head + big + big + Response(kPage), run);
  EXPECT_EQ(result.documents.size(), 4U);
  EXPECT_THAT(
      result.unreadable,
      ElementsAre(ReadUnreadable{ReadReason::kRecordTooLarge, head.size(),
                                 big.size() - 4},
                  ReadUnreadable{ReadReason::kRecordTooLarge,
                                 head.size() + big.size(), big.size() - 4}));
  EXPECT_LE(result.most_carried, 2200U);
}

TEST(WarcTest, AHeaderWithoutEndIsGivenUp) {
  const std::string bad = "WARC/1.0\r\n" + std::string(300'000, 'h');
  const ReadResult result = ReadBytes(Sample() + bad + "\n" + Sample());
  EXPECT_EQ(result.documents.size(), 6U);
  EXPECT_EQ(result.Count(ReadReason::kWarcInvalid), 1);
  EXPECT_EQ(result.unreadable.size(), 1U);
}

TEST(WarcTest, HeadersAsTheyOccur) {
  const ReadResult result = ReadBytes(
      "WARC/0.18\nwarc-type:response\nWARC-TARGET-URI :\n <http://a.b/c d\n"
      "\t\xE9>\nX-Nonsense\nCONTENT-length: 60\n\nHTTP/1.0 200\n"
      "content-TYPE : text/html\nno colon\n\n<p>Body text\n\n\n");
  ASSERT_EQ(result.documents.size(), 1U);
  EXPECT_EQ(result.documents[0].url, "http://a.b/c%20d%20\uFFFD");
  EXPECT_EQ(result.documents[0].text, "Body text");
  EXPECT_EQ(result.mended.at("warc.folded"), 1);
}

TEST(WarcTest, LengthsOnTheNextLine) {
  const ReadResult result = ReadBytes(
      "warc/1.1\nwarc-type:\n conversion\nContent-Length:\n\t4\n\ntext\n\n" +
      Sample());
  ASSERT_EQ(result.documents.size(), 4U);
  EXPECT_EQ(result.documents[0].text, "text");
  EXPECT_TRUE(result.unreadable.empty());
}

TEST(WarcTest, OddVersionsAndDatesAreNoted) {
  const auto date = [](const std::string& value) {
    const ReadResult result =
        ReadBytes("WARC/0.9\r\nWARC-Type: conversion\r\nWARC-Date: " + value +
                  "\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n");
    EXPECT_EQ(result.mended.at("warc.version"), 1);
    EXPECT_EQ(result.mended.count("warc.date") != 0,
              result.documents.at(0).created.empty());
    return result.documents.at(0).created == value;
  };
  for (const char* sound :
       {"2024", "2024-05", "2024-05-06", "2024-05-06T07:08Z",
        "2024-05-06T07:08:09Z", "2024-05-06T07:08:09.123456789Z",
        "2009-03-12T08:43:19-0800", "2009-03-12T08:43:19+09:00"}) {
    EXPECT_TRUE(date(sound)) << sound;
  }
  for (const char* odd :
       {"2009-03-65T08:43:19-0800", "yesterday", "20240506", "2024-13",
        "2024-05-06T07:08:09.Z", "2024-05-06T07:08:09.1234567890Z",
        "2024-05-06T07:08:09ZZ", "2024-05-06 07:08:09"}) {
    EXPECT_FALSE(date(odd)) << odd;
  }
}

// One damaged byte in the first line must not make a text of an archive.
TEST(WarcTest, IsToldWithADamagedFirstLine) {
  for (size_t i = 0; i < 8; ++i) {
    std::string file = Response(kPage) + Sample();
    file.insert(10, "WARC-Record-ID: <urn:uuid:1>\r\n");
    file[i] = 'x';
    const ReadResult result = ReadBytes(file);
    EXPECT_EQ(result.format, Format::kWarc);
    EXPECT_GE(result.documents.size(), 3U);
  }
}

TEST(WarcTest, HeadsThatAreOddOnes) {
  const auto one = [](const std::string& http) {
    const ReadResult result = ReadBytes(Response(http));
    return result.documents.empty() ? std::string("none")
                                    : result.documents[0].text;
  };
  EXPECT_EQ(one("HTTP 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x"), "x");
  EXPECT_EQ(one("ICY 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x"), "x");
  EXPECT_EQ(one("HTTP/1.1 200 OK\r\n folded\r\nContent-Type: text/html\r\n"
                "\r\n<p>x"),
            "x");
  EXPECT_EQ(one("HTTP is a protocol.\n"), "HTTP is a protocol.\n");
  EXPECT_EQ(one("HTTP/1.1 200 OK\r\nX: \xFF\xFE\r\nContent-Type: text/html"
                "\r\n\r\n<p>x"),
            "x");
}

TEST(WarcTest, WhatHttpSays) {
  const auto one = [](const std::string& http) {
    const ReadResult result = ReadBytes(Response(http));
    if (!result.documents.empty()) return result.documents[0].text;
    if (!result.unreadable.empty()) {
      return std::string(ReadReasonName(result.unreadable[0].reason));
    }
    return result.non_documents.begin()->first;
  };
  EXPECT_EQ(one("HTTP/1.1 404 Not Found\r\n\r\nx"), "http.status_4xx");
  EXPECT_EQ(one("HTTP/1.1 301\r\nLocation: /\r\n\r\n"), "http.status_3xx");
  EXPECT_EQ(one("HTTP/1.1 0 \r\n\r\nx"), "http.status_0");
  EXPECT_EQ(one("HTTP/1.1 503 x\n\nx"), "http.status_5xx");
  EXPECT_EQ(one("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
            "http.mime_other");
  EXPECT_EQ(one("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n<p>x"),
            "<p>x");
  EXPECT_EQ(one("HTTP/1.1 200 OK\r\n\r\n<html><p>sniffed"), "sniffed");
  EXPECT_EQ(one("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4"), "http.mime_other");
  EXPECT_EQ(one("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
            "text_empty");
  EXPECT_EQ(one("HTTP/1.1 abc\r\n\r\nx"), "http_invalid");
  EXPECT_EQ(one("<html><p>bare"), "bare");
}

TEST(WarcTest, TargetsThatAreNotHttp) {
  const ReadResult result = ReadBytes(
      Response("20240506\r\nexample.org. 1 IN A 1.2.3.4\r\n",
               "dns:example.org") +
      Warc("WARC-Type: resource\r\nWARC-Target-URI: metadata://log\r\n"
           "Content-Type: text/plain\r\n",
           "log") +
      Warc("WARC-Type: resource\r\nWARC-Target-URI: file:///a.html\r\n"
           "Content-Type: text/html\r\n",
           "<p>page") +
      Warc("WARC-Type: resource\r\nWARC-Target-URI: ftp://h/a.zip\r\n"
           "Content-Type: application/zip\r\n",
           "PK") +
      Warc("WARC-Type: wombat\r\n", "x"));
  ASSERT_EQ(result.documents.size(), 1U);
  EXPECT_EQ(result.documents[0].text, "page");
  EXPECT_THAT(result.non_documents, ElementsAre(Pair("warc.resource", 2),
                                                Pair("warc.response_other", 1),
                                                Pair("warc.unknown", 1)));
}

std::string Deflate(const std::string& text, int window_bits) {
  z_stream z{};
  EXPECT_EQ(deflateInit2(&z, 6, Z_DEFLATED, window_bits, 8, 0), Z_OK);
  std::string in = text;
  std::string out(text.size() + 200, '\0');
  z.next_in = reinterpret_cast<Bytef*>(in.data());
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return out;
}

std::string Brotli(const std::string& text) {
  size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string out(size, '\0');
  EXPECT_TRUE(BrotliEncoderCompress(
      5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
      reinterpret_cast<const uint8_t*>(text.data()), &size,
      reinterpret_cast<uint8_t*>(out.data())));
  out.resize(size);
  return out;
}

std::string Zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(
      ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string Encoded(const std::string& headers, const std::string& body) {
  return Response("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers +
                  "\r\n" + body);
}

TEST(WarcTest, BodiesAreDecoded) {
  const std::string page = "<p>Encoded body, long enough to shrink shrink.";
  const std::string text = page.substr(3);
  const std::string gzip = Deflate(page, 15 + 16);
  const std::string chunked = "10;x=y\r\n" + page.substr(0, 16) + "\r\n" +
                              "0001e \n" + page.substr(16) + "\r\n" +
                              "0\r\nTrailer: x\r\n\r\n";
  const struct {
    std::string record;
    std::string mended;
  } cases[] = {
      {Encoded("Content-Encoding: gzip\r\n", gzip), ""},
      {Encoded("Content-Encoding: X-GZIP\r\n", gzip), ""},
      {Encoded("Content-Encoding: deflate\r\n", Deflate(page, 15)), ""},
      {Encoded("Content-Encoding: deflate\r\n", Deflate(page, -15)), ""},
      {Encoded("Content-Encoding: deflate, gzip\r\n",
               Deflate(Deflate(page, 15), 15 + 16)),
       ""},
      {Encoded("Content-Encoding: br\r\n", Brotli(page)), ""},
      {Encoded("Content-Encoding: zstd\r\n", Zstd(page)), ""},
      {Encoded("Content-Encoding: zstd, , BR ,none\r\n", Brotli(Zstd(page))),
       ""},

      {Encoded("Content-Encoding: identity\r\n", page), ""},
      {Encoded("Transfer-Encoding: gzip, chunked\r\n",
               "3\r\n" + gzip.substr(0, 3) + "\r\nfff\r\n" + gzip.substr(3)),
       "http.chunks"},
      {Encoded("Transfer-Encoding: chunked\r\n", chunked), ""},
      {Encoded("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
               "5\r\n" + gzip.substr(0, 5) + "\r\nfff\r\n" + gzip.substr(5)),
       "http.chunks"},
      // Headers that lie.
      {Encoded("Content-Encoding: gzip\r\n", page), "http.not_encoded"},
      {Encoded("Content-Encoding: br\r\n", page), "http.not_encoded"},
      {Encoded("Content-Encoding: zstd\r\n", page), "http.not_encoded"},
      {Encoded("Content-Encoding: deflate\r\n", page), "http.not_encoded"},
      {Encoded("Content-Encoding: utf-8\r\n", page), "http.unknown_coding"},
      {Encoded("Transfer-Encoding: chunked\r\n", page), "http.not_chunked"},
      {Encoded("Transfer-Encoding: chunked\r\n",
               "10\r\n" + page.substr(0, 16) + "\r\n" + page.substr(16)),
       "http.chunks"},
      {Encoded("X-Crawler-Content-Encoding: gzip\r\n", page), ""},
  };
  for (const auto& c : cases) {
    const ReadResult result = ReadBytes(c.record);
    ASSERT_EQ(result.documents.size(), 1U) << c.record;
    EXPECT_EQ(result.documents[0].text, text) << c.record;
    if (c.mended.empty()) {
      EXPECT_THAT(result.mended, IsEmpty()) << c.record;
    } else {
      EXPECT_THAT(result.mended, ElementsAre(Pair(c.mended, 1))) << c.record;
    }
  }
}

TEST(WarcTest, BodiesThatDoNotDecode) {
  const std::string page = "<p>" + std::string(5000, 'x') + " end";
  std::string gzip = Deflate(page, 15 + 16);
  ReadResult result = ReadBytes(
      Encoded("Content-Encoding: gzip\r\n", gzip.substr(0, gzip.size() - 12)));
  ASSERT_EQ(result.documents.size(), 1U);
  EXPECT_EQ(result.mended.at("http.body_cut"), 1);
  gzip[0] = '\x01';
  result = ReadBytes(Encoded("Content-Encoding: gzip\r\n", gzip));
  EXPECT_EQ(result.Count(ReadReason::kHttpBodyInvalid), 1);
}

TEST(WarcTest, CodingsThatNobodyKnows) {
  const ReadResult result = ReadBytes(Encoded(
      "Content-Encoding: compress\r\n", std::string("\x1F\x9D\x90") + "\1\2"));
  EXPECT_EQ(result.Count(ReadReason::kHttpCodingUnknown), 1);
  EXPECT_TRUE(result.documents.empty());
}

// What decodes is what was encoded, up to the cut, whatever the coding.
TEST(WarcTest, BodiesThatAreCut) {
  const std::string page = "<p>" + [] {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "word" + std::to_string(i) + " ";
    return text;
  }();
  const struct {
    const char* coding;
    std::string body;
  } cases[] = {{"gzip", Deflate(page, 15 + 16)},
               {"deflate", Deflate(page, 15)},
               {"deflate", Deflate(page, -15)},
               {"br", Brotli(page)},
               {"zstd", Zstd(page)}};
  for (const auto& c : cases) {
    const std::string header =
        std::string("Content-Encoding: ") + c.coding + "\r\n";
    int cut = 0;
    for (size_t n = 0; n < c.body.size(); n += 97) {
      const ReadResult result = ReadBytes(Encoded(header, c.body.substr(0, n)));
      ASSERT_EQ(result.documents.size() + result.unreadable.size(), 1U);
      if (result.documents.empty()) continue;
      cut += result.mended.count("http.body_cut") != 0;
      EXPECT_EQ(result.documents[0].text,
                page.substr(3, result.documents[0].text.size()))
          << c.coding << " cut at " << n;
    }
    // zstd and brotli give whole blocks; this page is a few.
    EXPECT_EQ(ReadBytes(Encoded(header, c.body)).documents.size(), 1U);
    if (std::string_view(c.coding) != "zstd") {
      EXPECT_GT(cut, 10) << c.coding;
    }
  }
}

TEST(WarcTest, BodiesThatGrowTooMuch) {
  ReadRun run;
  run.options.max_record_bytes = 100'000;
  const std::string bomb = Deflate(std::string(5'000'000, 'x'), 15 + 16);
  for (const auto& [coding, body] :
       {std::pair<std::string, std::string>{"gzip", bomb},
        {"br", Brotli(std::string(5'000'000, 'x'))},
        {"zstd", Zstd(std::string(5'000'000, 'x'))}}) {
    const ReadResult result =
        ReadBytes(Encoded("Content-Encoding: " + coding + "\r\n", body), run);
    EXPECT_EQ(result.Count(ReadReason::kExpansionLimit), 1) << coding;
  }
}

TEST(WarcTest, CharsetsOfBodies) {
  const auto one = [](const std::string& type, const std::string& body) {
    return ReadBytes(Response("HTTP/1.1 200 OK\r\nContent-Type: " + type +
                              "\r\n\r\n" + body));
  };
  ReadResult r = one("text/html; charset=\"EUC-KR\"", "<p>\xC7\xD1\xB1\xDB");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.documents[0].text, "한글");
  EXPECT_THAT(r.documents[0].metadata, HasSubstr(R"("charset":"euc-kr")"));
  r = one("text/html", "<meta charset=shift_jis><p>\x93\xFA\x96\x7B");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.documents[0].text, "日本");
  r = one("text/html; charset=hz-gb-2312", "<p>\xC7\xD1\xB1\xDB");
  EXPECT_EQ(r.Count(ReadReason::kCharsetUndecodable), 1);
}

TEST(WarcTest, SegmentsAndTruncation) {
  const ReadResult result = ReadBytes(
      Warc("WARC-Type: continuation\r\nWARC-Target-URI: http://a.b/\r\n",
           "more") +
      Warc("WARC-Type: conversion\r\nWARC-Target-URI: http://a.b/\r\n"
           "WARC-Truncated: length\r\n"
           "WARC-Identified-Content-Language: kor,eng\r\n",
           "text"));
  EXPECT_EQ(result.non_documents.at("warc.continuation"), 1);
  ASSERT_EQ(result.documents.size(), 1U);
  EXPECT_EQ(result.documents[0].metadata,
            R"("warc_type":"conversion","warc_language":"kor,eng",)"
            R"("warc_truncated":"length","mime":"text/plain")");
  EXPECT_THAT(result.mended, ElementsAre(Pair("warc.truncated_length", 1)));
}

}  // namespace
}  // namespace winnow::testing
