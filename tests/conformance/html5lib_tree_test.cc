// SPDX-License-Identifier: Apache-2.0
// The tree-construction tests of html5lib/html5lib-tests, for a tokenizer that
// builds no tree: the text of the expected tree, cut at its blocks, against the
// text that the tokenizer gives, cut where its blocks begin and close. White
// space is collapsed, empty blocks do not count. All text is compared, scripts
// and templates included.
//
// tests/data/html/tree_differences.txt lists the tests where the two differ,
// with the reason; a test may neither join nor leave the list unseen.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/read/html/tag_traits.h"
#include "pipeline/read/html/tokenizer.h"
#include "tests/conformance/html5lib_tree.h"
#include "tests/corpora.h"

namespace winnow::html {
namespace {

// A block, or an element whose text is read in a mode of its own.
bool SetsApart(TagId id) {
  switch (id) {
    case TagId::kScript:
    case TagId::kStyle:
    case TagId::kTextarea:
    case TagId::kIframe:
    case TagId::kNoembed:
    case TagId::kNoframes:
    case TagId::kNoscript:
    case TagId::kTemplate:
      return true;
    default:
      return HasTrait(id, kBlock);
  }
}

// Text, with '\n' between blocks.
class Blocks {
 public:
  void Boundary() {
    if (!text_.empty()) blocks_ += text_ + "\n";
    text_.clear();
    space_ = false;
  }
  void Text(std::string_view text) {
    for (const char c : text) {
      if (IsSpace(c)) {
        space_ = true;
        continue;
      }
      if (space_ && !text_.empty()) text_ += ' ';
      space_ = false;
      text_ += c;
    }
  }
  std::string Take() {
    Boundary();
    return std::move(blocks_);
  }

 private:
  std::string blocks_;
  std::string text_;
  bool space_ = false;
};

struct BlockSink {
  void Text(std::string_view text, const TextInfo&) { blocks.Text(text); }
  void Start(const StartTag& tag) {
    if (!tag.ignored && tag.ns == Namespace::kHtml && SetsApart(tag.id)) {
      blocks.Boundary();
    }
  }
  void End(const EndTag& tag) {
    if (!tag.ignored && (tag.id == TagId::kP || tag.id == TagId::kBr)) {
      blocks.Boundary();
    }
  }
  void Close(const ClosedElement& closed, CloseReason) {
    const OpenElement& element = closed.element;
    if (element.ns == Namespace::kHtml && SetsApart(element.id)) {
      blocks.Boundary();
    }
  }
  Blocks blocks;
};

std::string ExpectedBlocks(const testing::TreeTest& test) {
  Blocks blocks;
  std::vector<size_t> open;  // depths of elements that set apart
  for (const testing::TreeNode& node : test.nodes) {
    while (!open.empty() && node.depth <= open.back()) {
      blocks.Boundary();
      open.pop_back();
    }
    if (node.kind == testing::TreeNode::kText) blocks.Text(node.value);
    if (node.kind != testing::TreeNode::kElement) continue;
    if (!SetsApart(FindTag(node.value))) continue;
    blocks.Boundary();
    open.push_back(node.depth);
  }
  return blocks.Take();
}

OpenElement ContextOf(std::string name) {
  OpenElement context;
  if (name.starts_with("svg ")) {
    context.ns = Namespace::kSvg;
    name.erase(0, 4);
  } else if (name.starts_with("math ")) {
    context.ns = Namespace::kMath;
    name.erase(0, 5);
  }
  context.id = FindTag(name);
  if (context.ns == Namespace::kSvg) {
    context.html_point = context.id == TagId::kForeignobject ||
                         context.id == TagId::kDesc ||
                         context.id == TagId::kTitle;
  } else if (context.ns == Namespace::kMath) {
    context.text_point = context.id == TagId::kMi || context.id == TagId::kMo ||
                         context.id == TagId::kMn || context.id == TagId::kMs ||
                         context.id == TagId::kMtext;
  }
  return context;
}

TextMode ModeIn(const OpenElement& context, bool scripting) {
  if (context.ns != Namespace::kHtml) return TextMode::kData;
  return TreeSimulator::ModeOf(context.id, scripting);
}

std::string GivenBlocks(const testing::TreeTest& test, bool scripting) {
  const std::vector<char> exact(test.data.begin(), test.data.end());
  const std::string_view input(exact.data(), exact.size());
  BlockSink sink;
  Tokenizer<BlockSink> tokenizer(&sink);
  const TokenizerOptions options{.scripting = scripting,
                                 .recover_unclosed = false};
  if (test.context.empty()) {
    tokenizer.Run(input, options);
  } else {
    const OpenElement context = ContextOf(test.context);
    tokenizer.Run(input, options, context, ModeIn(context, scripting));
  }
  return sink.blocks.Take();
}

// A tree has these where the page has not.
bool MayBeImplied(TagId id) {
  return id == TagId::kHtml || id == TagId::kHead || id == TagId::kBody ||
         id == TagId::kTbody || id == TagId::kTr || id == TagId::kColgroup;
}

// A line for each element: how many are around it, and its name.
class ElementSink {
 public:
  void Start(const StartTag& tag) {
    if (tag.ignored) return;
    const bool html = tag.ns == Namespace::kHtml;
    const bool shown = !html || !MayBeImplied(tag.id);
    const bool image = html && tag.id == TagId::kImage;
    if (shown) Line(image ? "img" : DecodeName(tag.name, &scratch_));
    if (!tag.childless) shown_.push_back(shown);
  }
  void End(const EndTag& tag) {
    if (!tag.ignored &&
        (tag.id == TagId::kBr || (tag.id == TagId::kP && !closed_p_))) {
      Line(TagName(tag.id));
    }
    closed_p_ = false;
  }
  void Close(const ClosedElement& closed, CloseReason reason) {
    shown_.erase(shown_.begin() + static_cast<ptrdiff_t>(closed.depth));
    closed_p_ =
        closed.element.id == TagId::kP && reason == CloseReason::kOwnTag;
  }
  std::string Take() { return std::move(out_); }

 private:
  void Line(std::string_view name) {
    const auto around = std::count(shown_.begin(), shown_.end(), true);
    out_ += std::to_string(around) + " ";
    out_ += name;
    out_ += '\n';
  }
  std::string out_;
  std::string scratch_;
  std::vector<bool> shown_;
  bool closed_p_ = false;
};

std::string ExpectedElements(const testing::TreeTest& test) {
  std::string out;
  std::vector<std::pair<size_t, bool>> open;  // depth, shown
  std::string scratch;
  for (const testing::TreeNode& node : test.nodes) {
    while (!open.empty() && node.depth <= open.back().first) open.pop_back();
    if (node.kind != testing::TreeNode::kElement) continue;
    const size_t space = node.value.find(' ');
    const bool html = space == std::string::npos;
    const std::string name = html ? node.value : node.value.substr(space + 1);
    const bool shown = !html || !MayBeImplied(FindTag(name));
    if (shown) {
      const auto around = std::count_if(open.begin(), open.end(),
                                        [](const auto& o) { return o.second; });
      out += std::to_string(around) + " ";
      out += DecodeName(name, &scratch);
      out += '\n';
    }
    open.emplace_back(node.depth, shown);
  }
  return out;
}

// "file:number" to its reason.
std::map<std::string, std::string> KnownDifferences() {
  std::map<std::string, std::string> known;
  std::ifstream in(WINNOW_SOURCE_DIR "/tests/data/html/tree_differences.txt");
  for (std::string line; std::getline(in, line);) {
    const size_t space = line.find(' ');
    if (line.empty() || line[0] == '#' || space == std::string::npos) continue;
    known[line.substr(0, space)] = line.substr(space + 1);
  }
  return known;
}

TEST(Html5libTreeTest, TextAndBlocks) {
  const auto dir = testing::CorpusDir("conformance");
  if (!dir) GTEST_SKIP() << "corpus absent: conformance";
  const auto root = *dir / "conformance/html5lib-tests/tree-construction";
  std::map<std::string, std::string> known = KnownDifferences();
  const bool show = std::getenv("WINNOW_SHOW_DIFFERENCES") != nullptr;
  int tests = 0;
  int agree = 0;
  int with_text = 0;
  for (const auto& path : testing::FilesBelow(root, ".dat")) {
    const std::string file = path.lexically_relative(root).string();
    int number = 0;
    for (const testing::TreeTest& test :
         testing::ReadTreeTests(testing::ReadWholeFile(path))) {
      ++tests;
      const std::string id = file + ":" + std::to_string(++number);
      const std::string expected = ExpectedBlocks(test);
      std::string got;
      bool same = true;
      for (const bool scripting : {false, true}) {
        if (scripting ? test.script_off : test.script_on) continue;
        if (!same) break;
        got = GivenBlocks(test, scripting);
        same = got == expected;
      }
      agree += same ? 1 : 0;
      with_text += expected.empty() ? 0 : 1;
      const auto listed = known.find(id);
      if (same == (listed == known.end()) && !(show && !same)) {
        if (listed != known.end()) known.erase(listed);
        continue;
      }
      if (show) {
        std::cout << "==== " << id << " "
                  << (listed == known.end() ? "" : listed->second)
                  << (same ? "agrees now" : "") << "\n"
                  << test.data << "\n---- expected\n"
                  << expected << "---- got\n"
                  << got;
      } else {
        ADD_FAILURE() << id << (same ? " agrees now, but is" : " is not")
                      << " listed\n"
                      << test.data << "\nexpected:\n"
                      << expected << "got:\n"
                      << got;
      }
      if (listed != known.end()) known.erase(listed);
    }
  }
  for (const auto& [id, reason] : known) ADD_FAILURE() << id << " is no test";
  EXPECT_EQ(tests, 1796);
  std::cout << agree << " of " << tests << " agree, " << with_text
            << " have text\n";
}

// Elements in their order, each with how many are around it. Less can agree: a
// tree moves elements out of tables and opens formatting elements again. The
// count may not fall, nor rise unseen.
TEST(Html5libTreeTest, Elements) {
  const auto dir = testing::CorpusDir("conformance");
  if (!dir) GTEST_SKIP() << "corpus absent: conformance";
  int documents = 0;
  int agree = 0;
  for (const auto& path : testing::FilesBelow(
           *dir / "conformance/html5lib-tests/tree-construction", ".dat")) {
    for (const testing::TreeTest& test :
         testing::ReadTreeTests(testing::ReadWholeFile(path))) {
      if (!test.context.empty()) continue;
      ++documents;
      ElementSink sink;
      Tokenizer<ElementSink> tokenizer(&sink);
      tokenizer.Run(test.data,
                    {.scripting = test.script_on, .recover_unclosed = false});
      if (sink.Take() == ExpectedElements(test)) ++agree;
    }
  }
  EXPECT_EQ(documents, 1604);
  EXPECT_EQ(agree, 1417);
}

}  // namespace
}  // namespace winnow::html
