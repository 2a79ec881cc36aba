// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace winnow::html {
namespace {

// Tokens in a line: text as it is, <name>, </name>, and (name) for a close.
struct Trace {
  void Text(std::string_view text, const TextInfo&) { out += text; }
  void Start(const StartTag& tag) {
    out += tag.ignored ? "<!" : "<";
    out += DecodeName(tag.name, &scratch);
    if (tag.ns != Namespace::kHtml) {
      out += tag.ns == Namespace::kSvg ? ":svg" : ":math";
    }
    out += ">";
  }
  void End(const EndTag& tag) {
    out += tag.ignored ? "<!/" : "</";
    out += DecodeName(tag.name, &scratch);
    out += ">";
  }
  void Close(const ClosedElement& closed, CloseReason reason) {
    static constexpr char kReasons[] = {'.', '~', '$'};
    out += "(";
    out += TagName(closed.element.id);
    out += kReasons[static_cast<size_t>(reason)];
    out += ")";
  }
  std::string out;
  std::string scratch;
};

std::string Read(std::string_view html, const TokenizerOptions& options = {}) {
  Trace trace;
  Tokenizer<Trace> tokenizer(&trace);
  tokenizer.Run(html, options);
  return trace.out;
}

TEST(TokenizerTest, ElementsAndText) {
  EXPECT_EQ(Read("<P class=x>a &amp; b\r\nc</P>"), "<p>a & b\nc(p.)</p>");
  EXPECT_EQ(Read("<p>a<p>b<br>c"), "<p>a(p~)<p>b<br>c(p$)");
  EXPECT_EQ(Read("<b>x<div>y</b>z</div>"), "<b>x<div>y(b.)</b>z(div.)</div>");
  EXPECT_EQ(Read("a</div>b"), "a<!/div>b");
  EXPECT_EQ(Read("<ul><li>a<li>b</ul>"), "<ul><li>a(li~)<li>b(li~)(ul.)</ul>");
  EXPECT_EQ(Read("<table><td>a<td>b<tr><td>c</table>"),
            "<table><td>a(td~)<td>b(td~)<tr><td>c(td~)(tr~)(table.)</table>");
  EXPECT_EQ(Read("<td>a"), "<!td>a");
}

TEST(TokenizerTest, RawText) {
  EXPECT_EQ(Read("<title>a<b>&lt;</title>"), "<title>a<b><(title.)</title>");
  EXPECT_EQ(Read("<style>a<b>&lt;</style>"), "<style>a<b>&lt;(style.)</style>");
  EXPECT_EQ(Read("<script><!--<script></script>--></script>x"),
            "<script><!--<script></script>-->(script.)</script>x");
  EXPECT_EQ(Read("<textarea>\na<b></textarea>"),
            "<textarea>a<b>(textarea.)</textarea>");
  EXPECT_EQ(Read("<textarea>a<b>c"), "<!textarea>a<b>c(b$)");
  EXPECT_EQ(Read("<textarea>a<b>c", {.recover_unclosed = false}),
            "<textarea>a<b>c(textarea$)");
  EXPECT_EQ(Read("<script>a<b>c"), "<script>a<b>c(script$)");
  EXPECT_EQ(Read("<noscript><p>a</noscript>"),
            "<noscript><p>a(p~)(noscript.)</noscript>");
  EXPECT_EQ(Read("<noscript><p>a</noscript>", {.scripting = true}),
            "<noscript><p>a(noscript.)</noscript>");
  EXPECT_EQ(Read("<plaintext>a</plaintext>"),
            "<plaintext>a</plaintext>(plaintext$)");
}

TEST(TokenizerTest, ForeignContent) {
  EXPECT_EQ(Read("<svg><title>a<b>c</b></title>"),
            "<svg:svg><title:svg>a<b>c(b.)</b>(title.)</title>(svg$)");
  EXPECT_EQ(Read("<svg><style><a>x</style></svg>"),
            "<svg:svg><style:svg><a:svg>x(a~)(style.)</style>(svg.)</svg>");
  EXPECT_EQ(Read("<svg><path/><![CDATA[a<b]]></svg><![CDATA[x]]>"),
            "<svg:svg><path:svg>a<b(svg.)</svg>");
  EXPECT_EQ(Read("<svg><g><p>x"), "<svg:svg><g:svg>(g~)(svg~)<p>x(p$)");
  EXPECT_EQ(Read(std::string_view("a\0b<svg>\0", 9)),
            "ab<svg:svg>\uFFFD(svg$)");
}

}  // namespace
}  // namespace winnow::html
