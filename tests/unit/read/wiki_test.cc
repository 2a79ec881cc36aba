// SPDX-License-Identifier: Apache-2.0
// Wiki dumps: pages, what is no document, and wikitext.
#include <gtest/gtest.h>

#include "pipeline/read/wiki_reader.h"
#include "pipeline/text/utf8.h"
#include "tests/unit/read/read_harness.h"

namespace winnow::testing {
namespace {

std::string Text(std::string_view wikitext) {
  WikiText reader;
  reader.SetNames("wiki\nDatei\nPoggle\n");
  std::string out;
  reader.Extract(wikitext, &out);
  return out;
}

TEST(WikiTextTest, Inline) {
  EXPECT_EQ(Text("'''Foo''' is ''a'' [[bar|Bar]] and [[baz]]s."),
            "Foo is a Bar and bazs.\n");
  EXPECT_EQ(Text("it's ''''x'''' '''''y'''''"), "it's 'x' y\n");
  EXPECT_EQ(Text("[http://x.org a site], [http://x.org], [x], http://y.org"),
            "a site, , [x], http://y.org\n");
  EXPECT_EQ(Text("a &ndash; b&nbsp;c &lt;d&gt; &amp; e"), "a – b c <d> & e\n");
  EXPECT_EQ(Text("a<!-- x -->b<br/>c<sup>2</sup><div style=\"x\">d</div>"),
            "ab\nc2\nd\n");
  EXPECT_EQ(Text("[[Foo (bar)|]] [[wikt:word|]] [[:Category:X]] [[#sec]]"),
            "Foo word Category:X sec\n");
  EXPECT_EQ(Text("__NOTOC__x a_b__c"), "x a_b__c\n");
}

TEST(WikiTextTest, Dropped) {
  EXPECT_EQ(Text("a{{cite|x={{nested|{{deep}}}}|y=[[z]]}}b"), "ab\n");
  EXPECT_EQ(Text("a<ref>x [[y]]</ref>b<ref name=\"q\" />c<REF>z</Ref>d"),
            "abcd\n");
  EXPECT_EQ(Text("E is <math>mc^2 < 3</math>."), "E is .\n");
  EXPECT_EQ(Text("a\n{| class=x\n|-\n| cell || {{t|}} || [[a|b]]\n"
                 "{|\n| inner\n|}\n|}\nb"),
            "a\n\nb\n");
  EXPECT_EQ(Text("[[File:x.jpg|thumb|A [[link|caption]] here]]text"), "text\n");
  EXPECT_EQ(Text("[[Datei:x.jpg]][[파일:x|y]][[Категория:Z]][[ファイル:a]]"
                 "[[poggle:x]][[Image:a|b]][[분류:한국]]text"),
            "text\n");
  EXPECT_EQ(Text("text[[de:Seite]][[zh-min-nan:x]]"), "text\n");
  EXPECT_EQ(Text("Foo ({{lang|x}}; ) is (a)."), "Foo is (a).\n");
}

TEST(WikiTextTest, TemplatesThatAreText) {
  EXPECT_EQ(Text("{{lang|fr|le mot}} {{nowrap|5 km}} {{lang-de|''Wort''}}"),
            "le mot 5 km Wort\n");
  EXPECT_EQ(Text("x{{lang|fr}}y{{nowrap|a=b}}z{{other|text}}"), "xyz\n");
}

TEST(WikiTextTest, LinesAndHeadings) {
  EXPECT_EQ(Text("Lead.\n\n\n== One ==\n=== Empty ===\n== Two ==\ntext\n"
                 "* a\n** b\n# c\n: d\n; e\n----\n== References ==\n"
                 "{{reflist}}\n[[Category:X]]\n"),
            "Lead.\n\nTwo\n\ntext\n- a\n- b\n- c\nd\ne\n");
  EXPECT_EQ(Text("== A ==\n=== B ===\nx"), "A\n\nB\n\nx\n");
  EXPECT_EQ(Text("a == b ==\n= c"), "a == b ==\n= c\n");
}

TEST(WikiTextTest, Verbatim) {
  EXPECT_EQ(Text("<nowiki>[[x]] ''y'' {{z}}</nowiki>"), "[[x]] ''y'' {{z}}\n");
  EXPECT_EQ(
      Text("<syntaxhighlight lang=\"c\">\nint x[[2]];\n</syntaxhighlight>"),
      "int x[[2]];\n");
}

TEST(WikiTextTest, WhatIsOpenLosesItsMarksAlone) {
  EXPECT_EQ(Text("a {{b c"), "a b c\n");
  EXPECT_EQ(Text("a [[b c"), "a b c\n");
  EXPECT_EQ(Text("a }} b ]] c"), "a b c\n");
  EXPECT_EQ(Text("a <ref>b"), "a b\n");
  EXPECT_EQ(Text("a < b > c"), "a < b > c\n");
}

// Linear whatever is repeated: 4 MB each, which a quadratic pass would take
// minutes for.
TEST(WikiTextTest, Hostile) {
  for (const char* unit :
       {"{{",       "}}",        "[[",         "]]",       "{{a|", "[[a|",
        "<ref>",    "<ref",      "<!--",       "<",        "{|\n", "\n|}",
        "'",        "''''",      "=\n",        "\n==",     "&",    "&#",
        "&#1;9\n",  "[http://",  "[http://a ", "(",        "( ,",  "\n*",
        "\n:{|",    "__",        "|",          "<nowiki>", "</",   "\x01",
        "[[a|[[b|", "{{lang|x|", "]]}}",       "-{"}) {
    std::string source;
    while (source.size() < size_t{4} << 20) source += unit;
    const std::string text = Text(source);
    EXPECT_TRUE(IsValidUtf8(text)) << unit;
  }
}

TEST(WikiTextTest, RandomMarkup) {
  const char* const parts[] = {
      "{{", "}}",   "[[",  "]]",    "{|",     "|}",      "|",
      "\n", "==",   "''",  "<ref>", "</ref>", "a",       " ",
      "한", "<!--", "-->", "[",     "]",      "http://", "&amp;"};
  uint64_t state = 5;
  for (int i = 0; i < 2000; ++i) {
    std::string source;
    for (int k = 0; k < 60; ++k) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      source += parts[(state >> 33) % std::size(parts)];
    }
    const std::string text = Text(source);
    EXPECT_TRUE(IsValidUtf8(text));
    EXPECT_LE(text.size(), 2 * source.size() + 8);
  }
}

constexpr std::string_view kHead =
    "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\" "
    "version=\"0.11\" xml:lang=\"xx\">\n  <siteinfo>\n    <namespaces>\n"
    "      <namespace key=\"6\" case=\"first-letter\">Zed</namespace>\n"
    "      <namespace key=\"14\" case=\"first-letter\">Kuq</namespace>\n"
    "    </namespaces>\n  </siteinfo>\n";

std::string Page(std::string_view title, int ns, std::string_view text,
                 std::string_view more = "") {
  return "  <page>\n    <title>" + std::string(title) + "</title>\n    <ns>" +
         std::to_string(ns) + "</ns>\n    <id>7</id>\n" + std::string(more) +
         "    <revision>\n      <id>8</id>\n"
         "      <timestamp>2024-02-03T04:05:06Z</timestamp>\n"
         "      <contributor><username>U</username><id>9</id></contributor>\n"
         "      <model>wikitext</model>\n"
         "      <text bytes=\"1\" xml:space=\"preserve\">" +
         std::string(text) + "</text>\n    </revision>\n  </page>\n";
}

TEST(WikiDumpTest, Pages) {
  const std::string dump =
      std::string(kHead) +
      Page("A &amp; B", 0, "Text &lt;b&gt;x&lt;/b&gt; &amp;amp; [[Zed:f]]y") +
      Page("Talk:X", 1, "talk") +
      Page("R", 0, "#REDIRECT [[A]]", "    <redirect title=\"A\" />\n") +
      Page("Empty", 0, "{{only|template}}") +
      "  <page><title>No text</title><ns>0</ns></page>\n" +
      "  <page><ns>0</ns></page>\n" + Page("Last", 0, "[[Kuq:c]]end") +
      "  <page><title>Cut</title>";
  for (const size_t chunk :
       std::initializer_list<size_t>{1, 13, 1000, 1 << 20}) {
    ReadRun run;
    run.chunk = chunk;
    const ReadResult r = ReadBytes(dump, run);
    EXPECT_EQ(r.format, Format::kWiki);
    ASSERT_EQ(r.documents.size(), 2U) << chunk;
    EXPECT_EQ(r.documents[0].text, "Text x & y\n");
    EXPECT_EQ(r.documents[0].metadata,
              R"("title":"A & B","page_id":"7","revision_id":"8")");
    EXPECT_EQ(r.documents[0].created, "2024-02-03T04:05:06Z");
    EXPECT_EQ(r.documents[1].text, "end\n");
    EXPECT_EQ(r.non_documents.at("wiki.namespace"), 1);
    EXPECT_EQ(r.non_documents.at("wiki.redirect"), 1);
    EXPECT_EQ(r.non_documents.at("wiki.no_text"), 1);
    EXPECT_EQ(r.Count(ReadReason::kTextEmpty), 1);
    EXPECT_EQ(r.Count(ReadReason::kWikiInvalid), 1);
    EXPECT_EQ(r.Count(ReadReason::kWikiTruncated), 1);
  }
}

TEST(WikiDumpTest, NamespacesAreChosen) {
  ReadRun run;
  run.options.wiki_namespaces = {"1"};
  const ReadResult r = ReadBytes(
      std::string(kHead) + Page("A", 0, "a") + Page("Talk:A", 1, "b"), run);
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.documents[0].text, "b\n");
}

TEST(WikiDumpTest, LongPagesAreCounted) {
  const std::string dump = std::string(kHead) + Page("A", 0, "a") +
                           Page("B", 0, std::string(9000, 'x')) +
                           Page("C", 0, "c") + "</mediawiki>";
  std::vector<ReadUnreadable> first;
  for (const size_t chunk : std::initializer_list<size_t>{100, 3000, 1 << 20}) {
    ReadRun run;
    run.chunk = chunk;
    run.options.max_record_bytes = 2000;
    const ReadResult r = ReadBytes(dump, run);
    EXPECT_EQ(r.documents.size(), 2U) << chunk;
    EXPECT_EQ(r.Count(ReadReason::kRecordTooLarge), 1) << chunk;
    if (first.empty()) first = r.unreadable;
    EXPECT_EQ(r.unreadable, first) << chunk;
  }
}

TEST(WikiDumpTest, Detection) {
  EXPECT_TRUE(
      LooksLikeWikiDump("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<mediawiki x"));
  EXPECT_FALSE(LooksLikeWikiDump("<mediawikix>"));
  EXPECT_FALSE(LooksLikeWikiDump("<?xml version=\"1.0\"?><rss>"));
  EXPECT_FALSE(LooksLikeWikiDump("<?xml"));
}

}  // namespace
}  // namespace winnow::testing
