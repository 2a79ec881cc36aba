// SPDX-License-Identifier: Apache-2.0
// A warm reader does not touch the heap: whatever it reads a second time is
// read without an allocation.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/read/record.h"
#include "tests/allocation_count.h"

namespace winnow::testing {
namespace {

class ForgettingSink : public ReadSink {
 public:
  Arena& arena() override { return arena_; }
  Document& Add(uint64_t) override {
    document_ = {};
    ++documents;
    return document_;
  }
  void Unreadable(ReadReason, uint64_t, uint64_t) override {}
  void NonDocument(std::string_view, uint64_t) override {}
  void Framing(uint64_t) override {}
  void Mended(std::string_view) override { ++mended; }
  void Forget() { arena_.Reset(); }

  int documents = 0;
  int mended = 0;

 private:
  Arena arena_;
  Document document_;
};

std::string Response(const std::string& type, const std::string& body) {
  const std::string http =
      "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + body;
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI:\r\n"
         " <http://A.b/c d>\r\nWARC-Block-Digest: sha1:"
         "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\nWARC-Payload-Digest: md5:"
         "900150983cd24fb0d6963f7d28e17f72\r\nContent-Length: " +
         std::to_string(http.size()) + "\r\n\r\n" + http;
}

TEST(ReadAllocationTest, WarmReadersDoNotAllocate) {
  const struct {
    Format format;
    std::string bytes;
  } inputs[] = {
      {Format::kJsonl,
       R"({"id":"1","text":"a \u00e9 \ud800","source":"x","n":[1,{"a":2}],)"
       R"("metadata":{"url":"http://A.b/"}})"
       "\n"
       R"({"id":"2","text":"without escapes","url":"http://c.d/"})"
       "\n"},
      {Format::kWarc,
       Response("text/html; charset=euc-kr",
                "<title>t &amp; u</title><nav>x</nav><p>\xC7\xD1\xB1\xDB"
                "<form>y</form><p>and more text than in the form")},
      {Format::kWarc, Response("text/plain", "Plain\r\ntext \xE9")},
      {Format::kWarc, Response("text/html\r\nTransfer-Encoding: chunked",
                               "5\r\n<p>ch\r\n6\r\nunked!\r\n0\r\n\r\n")},
      // No deflate data: zlib finds out, and the body is text.
      {Format::kWarc, Response("text/html\r\nContent-Encoding: gzip, zstd",
                               "<p>never encoded")},
      {Format::kArc,
       "http://a.b/ c 1.2.3.4 20080430204825 text/html 30\n"
       "HTTP/1.0 200 OK\r\n\r\n<p>body</p>\n\n"},
      {Format::kHtml, "<html lang=ko><p>One<p>Two &mdash; three"},
      {Format::kMarkdown, "---\ntitle: x\n---\n# Title\r\n"},
      {Format::kText, std::string("\xFF\xFEh\0i\0", 6)},
      {Format::kVtt,
       "WEBVTT\n\n00:00.000 --> 00:01.000\n<b>One</b> &amp; two\n"},
      {Format::kSrt, "1\n00:00:00,000 --> 00:00:01,000\n{\\an8}One\r\n"},
  };
  ReadOptions options;
  options.check_digests = true;
  options.inventory = true;
  RecordReader reader(options);
  ForgettingSink sink;
  size_t before = 0;
  for (int round = 0; round < 3; ++round) {
    if (round == 2) before = AllocationCount();
    for (const auto& input : inputs) {
      RecordSpan span;
      span.format = input.format;
      span.bytes = input.bytes;
      reader.Read(span, &sink);
    }
    sink.Forget();
  }
  EXPECT_EQ(AllocationCount(), before);
  EXPECT_EQ(sink.documents, 3 * 12);
}

}  // namespace
}  // namespace winnow::testing
