// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/tokenizer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

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

std::string Unescape(std::string_view line) {
  std::string out;
  for (size_t i = 0; i < line.size(); ++i) {
    constexpr std::string_view kNames = "0rn";
    const size_t which = line[i] == '\\' && i + 1 < line.size()
                             ? kNames.find(line[i + 1])
                             : kNames.npos;
    if (which == kNames.npos) {
      out += line[i];
    } else {
      out += "\0\r\n"[which];
      ++i;
    }
  }
  return out;
}

std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Read(std::string_view html, const TokenizerOptions& options = {}) {
  Trace trace;
  Tokenizer<Trace> tokenizer(&trace);
  tokenizer.Run(html, options);
  return trace.out;
}

// Pairs of lines: a page, and what is read. `\\0` is NUL, `\\r` and `\\n` line
// ends; `scripts: ` before a page has it read as with scripts running.
TEST(TokenizerTest, Traces) {
  std::ifstream in(WINNOW_SOURCE_DIR "/tests/data/html/traces.txt");
  ASSERT_TRUE(in.is_open());
  int cases = 0;
  std::string page;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (page.empty()) {
      page = line;
      continue;
    }
    std::string_view html = page;
    const bool scripting = html.starts_with("scripts: ");
    if (scripting) html.remove_prefix(9);
    EXPECT_EQ(Escape(Read(Unescape(html), {.scripting = scripting})), line)
        << page;
    page.clear();
    ++cases;
  }
  EXPECT_TRUE(page.empty());
  EXPECT_GT(cases, 60);
}

struct Keep {
  void Start(const StartTag& tag) {
    if (tag.id != TagId::kA) return;
    begin = tag.begin;
    end = tag.end;
    count = tag.attributes.size();
    for (const std::string_view name : {"href", "title", "x", "none"}) {
      const Attribute* attribute = tag.Find(name);
      values.push_back(attribute == nullptr ? "-"
                                            : std::string(DecodeValue(
                                                  attribute->value, &scratch)));
      views.push_back(attribute != nullptr &&
                      DecodeValue(attribute->value, &scratch).data() ==
                          attribute->value.data());
    }
  }
  size_t begin = 0;
  size_t end = 0;
  size_t count = 0;
  std::vector<std::string> values;
  std::vector<bool> views;
  std::string scratch;
};

TEST(TokenizerTest, AttributesAreDecodedWhenAskedFor) {
  const std::string_view page =
      "<p>\n<a HREF='/?a=1&amp;b&copy=2&copy' x=\"plain\" Title=a&lt;b "
      "href=second x>";
  Keep keep;
  Tokenizer<Keep> tokenizer(&keep);
  tokenizer.Run(page);
  EXPECT_EQ(keep.values, (std::vector<std::string>{"/?a=1&b&copy=2\u00A9",
                                                   "a<b", "plain", "-"}));
  EXPECT_EQ(keep.views, (std::vector<bool>{false, false, true, false}));
  EXPECT_EQ(keep.count, 5U);
  EXPECT_EQ(keep.begin, 4U);
  EXPECT_EQ(keep.end, page.size());
}

TEST(TokenizerTest, DecodesNamesAndRawText) {
  std::string scratch;
  EXPECT_EQ(DecodeName(std::string_view("A\0-b", 4), &scratch), "a\uFFFD-b");
  EXPECT_EQ(DecodeRaw(std::string_view("a\r\nb\rc\0&amp;", 12), &scratch),
            "a\nb\nc\uFFFD&amp;");
  EXPECT_EQ(DecodeValue("\r\r\n&#13;&", &scratch), "\n\n\r&");
}

}  // namespace
}  // namespace winnow::html
