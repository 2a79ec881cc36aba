// SPDX-License-Identifier: Apache-2.0
// The tree-construction tests again: elements and how deep they stand.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/read/html/tokenizer.h"
#include "tests/conformance/html5lib_tree.h"
#include "tests/corpora.h"

namespace winnow::html {
namespace {

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

// Elements in their order, each with how many are around it. Less can agree: a
// tree moves elements out of tables and opens formatting elements again. The
// count may not fall, nor rise unseen.
TEST(Html5libElementsTest, NamesAndDepths) {
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
