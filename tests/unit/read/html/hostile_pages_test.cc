// SPDX-License-Identifier: Apache-2.0
// Pages made to be slow. Work is counted, not timed: bytes that scans looked at
// and stack entries that were visited.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "pipeline/read/html/tokenizer.h"

namespace winnow::html {
namespace {

constexpr size_t kMegabyte = 1'000'000;

struct Totals {
  void Text(std::string_view view, const TextInfo&) { text += view.size(); }
  void Start(const StartTag& tag) {
    ++tags;
    attributes += tag.attributes.size();
    dropped += tag.dropped_attributes;
    if (tag.depth > depth) depth = tag.depth;
  }
  void End(const EndTag&) { ++tags; }
  void Close(const ClosedElement&, CloseReason) { ++closed; }
  void Comment(const Comment& comment) { comments += comment.text.size(); }
  size_t text = 0;
  size_t tags = 0;
  size_t attributes = 0;
  size_t dropped = 0;
  size_t depth = 0;
  size_t closed = 0;
  size_t comments = 0;
};

std::string Repeat(std::string_view s, size_t bytes) {
  std::string out;
  out.reserve(bytes + s.size());
  while (out.size() < bytes) out += s;
  return out;
}

// Steps a byte, at most.
Totals Count(std::string_view page, uint64_t limit,
             const TokenizerOptions& options = {}) {
  Totals totals;
  Tokenizer<Totals> tokenizer(&totals);
  tokenizer.Run(page, options);
  EXPECT_LE(tokenizer.steps(), limit * page.size())
      << page.substr(0, 40) << " takes "
      << static_cast<double>(tokenizer.steps()) /
             static_cast<double>(page.size())
      << " steps a byte";
  return totals;
}

TEST(HostilePagesTest, RepeatedScraps) {
  for (const std::string_view scrap :
       {"<div>",
        "<",
        "</",
        "<a<a<a",
        "<a href=\"",
        "<a href='x",
        "<a b=c ",
        "<!--",
        "<!-- -",
        "<!-->",
        "<!",
        "<?",
        "<![CDATA[",
        "<!doctype ",
        "<!doctype html>",
        "]]>",
        "<svg>",
        "<svg><![CDATA[",
        "<math><mi>",
        "<script>",
        "<script><!--",
        "<script><!--<script>",
        "<script></scrip",
        "<style>",
        "<title>",
        "<textarea></titl",
        "<title></title>",
        "<textarea><title><iframe><xmp><noembed><noframes>",
        "<plaintext>",
        "<noscript><p>",
        "<template>",
        "<select><option>",
        "<table><tr><td>",
        "<table>",
        "<td>",
        "<p>",
        "<b><i>",
        "</p>",
        "</div>",
        "<b></p>",
        "<form>",
        "<a>",
        "<a><div>",
        "<nobr><p>",
        "<h1><h2>",
        "<li><div>",
        "<dd><span>",
        "<ruby><rt>",
        "<button>",
        "<frameset>",
        "<font color>",
        "\r",
        "\r\n",
        "<pre>\n",
        "<br/>",
        "<x-y>",
        "</x-y>"}) {
    const std::string page = Repeat(scrap, kMegabyte);
    Count(page, 140);
    Count(page, 140, {.scripting = true, .recover_unclosed = false});
  }
}

TEST(HostilePagesTest, References) {
  EXPECT_EQ(Count(Repeat("&", kMegabyte), 40).text, kMegabyte);
  Count(Repeat("&a", kMegabyte), 40);
  Count(Repeat("&CounterClockwiseContourIntegra", kMegabyte), 40);
  Count(Repeat("&#", kMegabyte), 40);
  Count(Repeat("&#x", kMegabyte), 40);
  Count(Repeat("<p title='&am", kMegabyte), 40);
  EXPECT_EQ(Count("&#" + std::string(kMegabyte, '9') + ";", 40).text, 3U);
  EXPECT_EQ(Count("&#x" + std::string(kMegabyte, 'f') + ";", 40).text, 3U);
  EXPECT_EQ(Count("&" + std::string(kMegabyte, 'a'), 40).text, kMegabyte + 1);
}

TEST(HostilePagesTest, UnclosedTextReachesTheEnd) {
  const std::string x(kMegabyte, 'x');
  EXPECT_EQ(Count("<script>" + x, 8).text, kMegabyte);
  EXPECT_EQ(Count("<style>" + x, 8).text, kMegabyte);
  EXPECT_EQ(Count("<textarea>" + x, 8).text, kMegabyte);
  EXPECT_EQ(Count("<!--" + x, 8).comments, kMegabyte);
  EXPECT_EQ(Count("<a href=\"" + x, 8).text, 0U);
  EXPECT_EQ(Count("<" + x, 8).text, 0U);
  EXPECT_EQ(Count(std::string(50 * kMegabyte, 'x'), 2).text, 50 * kMegabyte);
  EXPECT_EQ(Count(std::string(kMegabyte, '\0'), 8).text, 0U);
  EXPECT_EQ(Count("<svg>" + std::string(kMegabyte, '\0'), 8).text,
            3 * kMegabyte);
}

TEST(HostilePagesTest, Attributes) {
  std::string page = "<p";
  for (int i = 0; i < 100'000; ++i) page += " a" + std::to_string(i) + "=b";
  const Totals totals = Count(page + ">", 4);
  EXPECT_EQ(totals.attributes, kMaxAttributes);
  EXPECT_EQ(totals.dropped, 100'000 - kMaxAttributes);
  EXPECT_EQ(Count(page, 4).tags, 0U);
}

TEST(HostilePagesTest, DepthIsCapped) {
  std::string page = Repeat("<div>", 500'000) + Repeat("</div>", 600'000);
  Totals totals = Count(page + "<p>x", 8);
  EXPECT_EQ(totals.closed, kMaxOpenElements + 1);
  EXPECT_EQ(totals.depth, kMaxOpenElements);
  EXPECT_EQ(totals.text, 1U);
  page.clear();
  for (int i = 0; i < 60'000; ++i) page += i % 2 ? "<div><table>" : "<nav><p>";
  Count(page + Repeat("</div>", 500'000), 140);
}

// Tags that look through a deep stack and close nothing.
TEST(HostilePagesTest, LooksThroughTheStack) {
  const std::string deep =
      "<nav><a><li><dd><h1><form><table><td>" + Repeat("<span>", 3000);
  for (const std::string_view scrap :
       {"</nav>", "</a>", "</li>", "</dd>", "</h1>", "<a></a>", "<nobr>",
        "<rt>", "</tr>", "<option>", "<input>", "<form>", "</caption>"}) {
    Count(deep + Repeat(scrap, kMegabyte / 8), 300);
  }
  const std::string svg = "<svg>" + Repeat("<g>", 1500);
  Count(svg + Repeat("</a>", kMegabyte), 300);
}

}  // namespace
}  // namespace winnow::html
