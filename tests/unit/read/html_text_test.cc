// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/html_text.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>

#include "pipeline/json_reader.h"
#include "pipeline/read/html/html_text_references.h"
#include "pipeline/read/html/html_text_sniff.h"
#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

std::string Text(std::string_view html) {
  HtmlText extractor;
  std::string text;
  HtmlMeta meta;
  extractor.Extract(html, &text, &meta);
  return text;
}

TEST(HtmlTextTest, Blocks) {
  EXPECT_EQ(Text("<p>a</p><p>b"), "a\n\nb");
  EXPECT_EQ(Text("<div>a</div><div><div>b</div></div>c"), "a\nb\nc");
  EXPECT_EQ(Text("<h1>T</h1>text<ul><li>one<li>two</ul>end"),
            "T\n\ntext\none\ntwo\nend");
  EXPECT_EQ(Text("a<br>b<br><br>c<br/>\n<br><br>d"), "a\nb\n\nc\n\nd");
  EXPECT_EQ(Text("a<hr>b"), "a\n\nb");
  EXPECT_EQ(Text("<b>one</b><i>two</i> <span>three</span>"), "onetwo three");
}

TEST(HtmlTextTest, Tables) {
  EXPECT_EQ(Text("<table><tr><th>a<th> b <tr><td>1</td> <td>2</td></tr>"
                 "</table>x"),
            "a\tb\n1\t2\n\nx");
}

TEST(HtmlTextTest, WhiteSpace) {
  EXPECT_EQ(Text(" a \r\n\t b&nbsp;&#160;\xC2\xA0 c <p> </p> "), "a b c");
  EXPECT_EQ(Text("<p>&nbsp;</p>"), "");
  EXPECT_EQ(Text("a\x01\x7F"
                 "b&#1;c&#0;d"),
            "abc\uFFFDd");
  EXPECT_EQ(Text("\xC2\xA9 \xC2\xAE"), "\u00A9 \u00AE");
}

TEST(HtmlTextTest, PreKeepsItsWhiteSpace) {
  EXPECT_EQ(Text("x<pre>\n  a\r\n\tb  c\n</pre>y"), "x\n\n  a\n\tb  c\n\ny");
  EXPECT_EQ(Text("<pre>a</pre> b   c"), "a\n\nb c");
}

TEST(HtmlTextTest, WhatIsLeftOut) {
  EXPECT_EQ(Text("a<script>x<p></script>b<style>p{}</style>c"), "abc");
  EXPECT_EQ(Text("<nav><ul><li>x</ul></nav><p>a</p><footer>f</footer>b"),
            "a\n\nb");
  EXPECT_EQ(Text("a<button>x</button>b<select><option>o</select>c"), "a b c");
  EXPECT_EQ(Text("<p>a</p><button>x</button>b"), "a\n\nb");
  EXPECT_EQ(Text("a<svg><title>t</title><text>x</text></svg>b"), "a b");
  EXPECT_EQ(Text("a<textarea><p>t</textarea>b"), "ab");
  EXPECT_EQ(Text("long enough <noscript>x</noscript>text"), "long enough text");
  EXPECT_EQ(Text("Title<noscript><p>All of the page.</noscript>"),
            "Title\n\nAll of the page.");
  EXPECT_EQ(Text("<nav>a<nav>b</nav>c</nav>d"), "d");
  EXPECT_EQ(Text("<!-- x --><!-->a<!--->b<!-- --!>c<!doctype html>d<?x?>e"),
            "abcde");
}

TEST(HtmlTextTest, WhatHasNoEndIsKept) {
  EXPECT_EQ(Text("<div><nav>a</div>b"), "a\nb");
  EXPECT_EQ(Text("<nav>a<p>b"), "a\n\nb");
  EXPECT_EQ(Text("a<textarea>b<title>c<noscript>d"), "abcd");
  EXPECT_EQ(Text("a<script>b<p>c"), "a");
  EXPECT_EQ(Text("a<p title=\"b>c"), "a");
  EXPECT_EQ(Text("a<!-- b"), "a");
}

TEST(HtmlTextTest, Forms) {
  EXPECT_EQ(Text("<p>Some longer text here.</p><form>Name</form>End"),
            "Some longer text here.\n\nEnd");
  EXPECT_EQ(Text("<form><p>The whole page is inside.</p></form>End"),
            "The whole page is inside.\n\nEnd");
  EXPECT_EQ(Text("<p>Some longer text here.</p><form>Name"),
            "Some longer text here.\n\nName");
}

TEST(HtmlTextTest, AngleBracketsThatAreText) {
  EXPECT_EQ(Text("1 < 2 <> 3 <3 a<"), "1 < 2 <> 3 <3 a<");
  EXPECT_EQ(Text("a</>b</ x>c</1>d</"), "abcd</");
}

TEST(HtmlTextTest, Attributes) {
  EXPECT_EQ(Text("<p title=it's>a<p a=\">\">b<p a='>' b=c/>d<p =x>e<p a = b>f"),
            "a\n\nb\n\nd\n\ne\n\nf");
  EXPECT_EQ(Text("<a \"x>a</a \">b"), "ab");
}

TEST(HtmlTextTest, Meta) {
  HtmlText extractor;
  std::string text;
  HtmlMeta meta;
  const std::string_view page =
      "<html lang=ko><head><title> A &amp; <b>\nB </title><title>C</title>"
      "<link rel=Canonical href=' http://a.b/?x&amp;y '></head>text";
  EXPECT_TRUE(extractor.Extract(page, &text, &meta));
  EXPECT_EQ(text, "text");
  EXPECT_EQ(meta.title, "A & <b> B");
  EXPECT_EQ(meta.lang, "ko");
  EXPECT_EQ(meta.canonical, "http://a.b/?x&y");
  // Nothing is left of the page before.
  EXPECT_FALSE(extractor.Extract("<p>", &text, &meta));
  EXPECT_EQ(meta.title + meta.lang + meta.canonical + text, "");
}

TEST(HtmlTextTest, XhtmlMayCloseEmptyElements) {
  EXPECT_EQ(Text("<?xml version='1.0'?><html><script src='x'/>a"), "a");
  EXPECT_EQ(Text("<script src='x'/>a</script>b"), "b");
}

TEST(HtmlTextTest, AgreesWithTheSlowReader) {
  std::ifstream in(WINNOW_SOURCE_DIR "/tests/data/read/html_text.jsonl");
  ASSERT_TRUE(in.is_open());
  int vectors = 0;
  HtmlText extractor;
  std::string text;
  HtmlMeta meta;
  for (std::string line; std::getline(in, line); ++vectors) {
    const JsonValue vector = JsonValue::Parse(line, "html_text.jsonl");
    const std::string& html = vector.at("html").String();
    extractor.Extract(html, &text, &meta);
    EXPECT_EQ(text, vector.at("text").String()) << html;
    const JsonValue* title = vector.Find("title");
    EXPECT_EQ(meta.title, title == nullptr ? "" : title->String()) << html;
  }
  EXPECT_EQ(vectors, 400);
}

TEST(HtmlTextTest, HostilePages) {
  const auto repeat = [](std::string_view s, size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += s;
    return out;
  };
  std::string deep;
  for (int i = 0; i < 60'000; ++i) deep += i % 2 ? "<div><table>" : "<nav><p>";
  std::string attributes = "<p";
  for (int i = 0; i < 100'000; ++i) attributes += " a" + std::to_string(i);
  const std::string pages[] = {
      repeat("<", 1'000'000),
      repeat("&", 1'000'000),
      repeat("&a", 1'000'000),
      repeat("&CounterClockwiseContourIntegra", 1'000'000),
      "&#" + std::string(1'000'000, '9'),
      repeat("<script>", 1'000'000),
      repeat("<title>", 1'000'000),
      repeat("<noscript><p>", 1'000'000),
      repeat("<!--", 1'000'000),
      repeat("<!-- -", 1'000'000),
      repeat("<a href=\"", 1'000'000),
      repeat("</div>", 1'000'000),
      repeat("<form>x</form>", 1'000'000),
      repeat("<nav><form>x</form></nav>", 1'000'000),
      repeat("<pre>\n\n</pre>", 1'000'000),
      repeat("<br>", 1'000'000),
      repeat("</", 1'000'000),
      repeat("<svg>", 500'000) + repeat("</svg>", 500'000),
      deep + repeat("</div>", 500'000),
      attributes,
      attributes + ">text",
      std::string(1'000'000, '\0'),
  };
  HtmlText extractor;
  std::string text;
  HtmlMeta meta;
  for (const std::string& page : pages) {
    extractor.Extract(page, &text, &meta);
    EXPECT_LE(text.size(), page.size() + page.size() / 4);
    EXPECT_TRUE(IsValidUtf8(text));
  }
}

// Text cannot outgrow its room: what grows most, in bulk.
TEST(HtmlTextTest, GrowthIsBounded) {
  for (const std::string_view piece :
       {"&nGt;", "&nLt;", "&#0", "<p>x", "a<p>", "<td>a", "x<td>", "&lt",
        "<hr>a", "a<br><br>", "&ngE;", "&bne;", "&#x80"}) {
    std::string page;
    while (page.size() < 100'000) page += piece;
    EXPECT_LE(Text(page).size(), page.size() + page.size() / 4) << piece;
  }
}

TEST(HtmlTextTest, RandomPagesKeepUtf8) {
  std::mt19937 random(77);
  const std::string_view scraps[] = {
      "<p>",   "</p>",     "<div ",     ">",       "\"",      "'",      "=",
      "<nav>", "</nav>",   "<form>",    "</form>", "<pre>",   "</pre>", "한글",
      "é",     "\xC2\xA0", "&nbsp;",    "&#",      "x41;",    "&amp",   "<!--",
      "-->",   "<script>", "</script>", "<title>", "</title", "/",      " ",
      "\n",    "a",        "<svg>",     "</svg>",  "<td>",    "<br",    "<",
  };
  HtmlText extractor;
  std::string text;
  HtmlMeta meta;
  for (int i = 0; i < 20'000; ++i) {
    std::string page;
    const size_t parts = random() % 30;
    for (size_t k = 0; k < parts; ++k) {
      page += scraps[random() % std::size(scraps)];
    }
    extractor.Extract(page, &text, &meta);
    ASSERT_TRUE(IsValidUtf8(text)) << page;
    ASSERT_TRUE(IsValidUtf8(meta.title)) << page;
  }
}

TEST(HtmlReferenceTest, LongestMatchWins) {
  const auto resolve = [](std::string_view s) {
    std::string out;
    AppendResolved(s, &out);
    return out;
  };
  EXPECT_EQ(resolve("&notin; &notit; &not; &NotEqualTilde;"),
            "\u2209 \u00ACit; \u00AC \u2242\u0338");
  EXPECT_EQ(resolve("&ampx &amp; &AMP &lt;&gt"), "&x & & <>");
  EXPECT_EQ(resolve("&CounterClockwiseContourIntegral;"), "\u2233");
  EXPECT_EQ(resolve("&#65;&#x42&#X43;&#128;&#x9F;"), "ABC\u20AC\u0178");
  EXPECT_EQ(resolve("&#xD800;&#x110000;&#99999999999999999999;"),
            "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(resolve("& &; &# &#x &#; &nothing &zzz;"),
            "& &; &# &#x &#; \u00AChing &zzz;");
}

TEST(HtmlSniffTest, PagesFragmentsAndOthers) {
  const auto html = HtmlLook::kHtml;
  EXPECT_EQ(LooksLikeHtml("<!DOCTYPE html>"), html);
  EXPECT_EQ(LooksLikeHtml("\n <!-- c -->\n<HTML lang=x>"), html);
  EXPECT_EQ(LooksLikeHtml("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC"),
            html);
  EXPECT_EQ(LooksLikeHtml("<p>One <b>bold</b></p>"), html);
  EXPECT_EQ(LooksLikeHtml("<?xml version='1.0'?><rss>"), HtmlLook::kOtherXml);
  EXPECT_EQ(
      LooksLikeHtml("<div align=center>\n# Title\n\n- [a](b)\n- [c](d)\n"),
      HtmlLook::kNone);
  EXPECT_EQ(LooksLikeHtml("<3 is a heart"), HtmlLook::kNone);
  EXPECT_EQ(LooksLikeHtml("<author> wrote this"), HtmlLook::kNone);
}

}  // namespace
}  // namespace winnow
