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

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
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

}  // namespace
}  // namespace winnow::html
