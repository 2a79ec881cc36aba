// SPDX-License-Identifier: Apache-2.0
// Reads the `.dat` files of the html5lib tree-construction tests.
#ifndef WINNOW_TESTS_CONFORMANCE_HTML5LIB_TREE_H_
#define WINNOW_TESTS_CONFORMANCE_HTML5LIB_TREE_H_

#include <string>
#include <string_view>
#include <vector>

namespace winnow::testing {

struct TreeNode {
  enum Kind { kElement, kText, kOther };
  Kind kind = kOther;
  size_t depth = 0;
  std::string value;  // the name with its "svg " or "math ", or the text
};

struct TreeTest {
  std::string data;
  std::string context;      // of a fragment; empty: a document
  bool script_on = false;   // to be run with scripts only
  bool script_off = false;  // to be run without only
  std::vector<TreeNode> nodes;
};

std::vector<TreeTest> ReadTreeTests(std::string_view file);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_CONFORMANCE_HTML5LIB_TREE_H_
