// SPDX-License-Identifier: Apache-2.0
// ARC records of our own: what each becomes, and what damage costs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "pipeline/read/warc/arc_header.h"
#include "tests/unit/read/read_harness.h"

namespace winnow::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::string Arc(const std::string& url, const std::string& mime,
                const std::string& block, const std::string& length = "") {
  return url + " 1.2.3.4 20080430204825 " + mime + " " +
         (length.empty() ? std::to_string(block.size()) : length) + "\n" +
         block + "\n";
}

const char kLines[] =
    "1 0 Somebody\n"
    "URL IP-address Archive-date Content-type Archive-length\n";

std::string Head() { return Arc("filedesc://a.arc", "text/plain", kLines); }

std::string Page(const std::string& text) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + text;
}

std::string Sample() {
  return Head() + Arc("dns:a.b", "text/dns", "20080430\na.b. IN A 1.2.3.4\n") +
         Arc("http://a.b/x y", "text/html", Page("One")) +
         Arc("http://a.b/2", "image/png", "HTTP/1.1 200 OK\r\n\r\n\x89PNG") +
         Arc("http://a.b/3", "alexa/dat", "Page/visited\n") +
         Arc("http://a.b/4", "text/html", Page("Two"));
}

TEST(ArcTest, RecordsBecomeDocumentsOrAreCounted) {
  const std::string file = Sample();
  for (const size_t chunk : {size_t{1}, size_t{11}, size_t{1} << 20}) {
    ReadRun run;
    run.chunk = chunk;
    const ReadResult result = ReadBytes(file, run);
    EXPECT_EQ(result.format, Format::kArc);
    ASSERT_EQ(result.documents.size(), 2U);
    EXPECT_EQ(result.documents[0].text, "One");
    EXPECT_EQ(result.documents[0].url, "http://a.b/x%20y");
    EXPECT_EQ(result.documents[0].host, "a.b");
    EXPECT_EQ(result.documents[0].created, "2008-04-30T20:48:25Z");
    EXPECT_EQ(result.documents[0].metadata,
              R"("warc_type":"arc","mime":"text/html")");
    EXPECT_EQ(result.documents[0].offset, file.find("http://a.b/x"));
    EXPECT_EQ(result.documents[1].text, "Two");
    EXPECT_THAT(result.non_documents,
                ElementsAre(Pair("arc.filedesc", 1), Pair("arc.other", 2),
                            Pair("http.mime_other", 1)));
    EXPECT_THAT(result.unreadable, IsEmpty());
    EXPECT_THAT(result.mended, IsEmpty());
  }
}

TEST(ArcTest, LinesOfBothVersions) {
  const auto parse = [](const std::string& line) {
    ArcHeader header;
    if (!header.Parse(line)) return std::string("no");
    return std::string(header.url) + "|" + std::string(header.date) + "|" +
           std::string(header.mime) + "|" + std::string(header.length);
  };
  EXPECT_EQ(parse("http://a.b/ 1.2.3.4 20080430204825 text/html 12\r"),
            "http://a.b/|20080430204825|text/html|12");
  EXPECT_EQ(parse("http://a.b/x y z 2001:db8::1 19960923142103 - 0"),
            "http://a.b/x y z|19960923142103|-|0");
  // Ten fields; the offset looks like a date.
  EXPECT_EQ(parse("http://a.b/ 0 19960923142103 text/html 200 "
                  "fac069150613fe55599cc7fa88aa089d - 20080430 f.arc 122"),
            "http://a.b/|19960923142103|text/html|122");
  EXPECT_EQ(parse("http://a.b/ 1.2.3.4 20080430204825 text/html"), "no");
  EXPECT_EQ(parse("see http://a.b/ 1.2.3.4 20080430204825 text/html 1"), "no");
  EXPECT_EQ(parse("http://a.b/ hi! 20080430204825 text/html 12"), "no");
  EXPECT_EQ(parse(""), "no");
  EXPECT_EQ(parse("http:" + std::string(40'000, 'x') +
                  " 1.2.3.4 20080430204825 text/html 12"),
            "no");
}

TEST(ArcTest, LengthsThatAreWrong) {
  // Open, zero, none, too small, too large.
  const std::string open =
      "filedesc://a.arc 1.2.3.4 20080430204825 text/plain -1\n" +
      std::string(kLines) + "\n";
  ReadResult result =
      ReadBytes(open + Arc("http://a.b/0", "text/html", "") +
                Arc("http://a.b/1", "text/html", "", "abc") +
                Arc("http://a.b/2", "text/html", Page("All of it"), "50") +
                Arc("http://a.b/3", "text/html", Page("Short"), "9999") +
                Arc("http://a.b/4", "text/html", Page("Last")));
  ASSERT_EQ(result.documents.size(), 2U);
  EXPECT_EQ(result.documents[0].text, "All");
  EXPECT_EQ(result.documents[1].text, "Last");
  EXPECT_EQ(result.Count(ReadReason::kTextEmpty), 1);
  EXPECT_EQ(result.Count(ReadReason::kWarcInvalid), 1);
  EXPECT_EQ(result.Count(ReadReason::kWarcResync), 1);
  EXPECT_EQ(result.Count(ReadReason::kWarcTruncated), 1);
  EXPECT_THAT(result.non_documents, ElementsAre(Pair("arc.filedesc", 1)));
}

TEST(ArcTest, CutsAtEveryByte) {
  const std::string file = Sample();
  const ReadResult whole = ReadBytes(file);
  for (size_t n = 0; n < file.size(); ++n) {
    ReadRun run;
    run.format = Format::kArc;
    run.chunk = 50;
    const ReadResult cut = ReadBytes(file.substr(0, n), run);
    const size_t first = file.find("<p>One") + 6;
    const size_t second = file.find("<p>Two") + 6;
    ASSERT_EQ(cut.documents.size(), static_cast<size_t>(n >= first) +
                                        static_cast<size_t>(n >= second))
        << n;
    for (size_t i = 0; i < cut.documents.size(); ++i) {
      EXPECT_EQ(cut.documents[i].text, whole.documents[i].text);
    }
  }
}

TEST(ArcTest, AreTold) {
  EXPECT_EQ(DetectFormat(Sample(), true), Format::kArc);
  // A file whose first record is gone.
  EXPECT_EQ(DetectFormat(Sample().substr(Head().size()), true), Format::kArc);
  EXPECT_EQ(DetectFormat("http://a.b/ is a link\nand text follows\n", true),
            Format::kText);
}

}  // namespace
}  // namespace winnow::testing
