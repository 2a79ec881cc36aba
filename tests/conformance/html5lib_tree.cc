// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/html5lib_tree.h"

namespace winnow::testing {
namespace {

// One entry of the tree: what stands behind "| ", which may span lines.
TreeNode ReadNode(std::string_view entry) {
  TreeNode node;
  size_t spaces = 0;
  while (spaces < entry.size() && entry[spaces] == ' ') ++spaces;
  node.depth = spaces / 2;
  const std::string_view what = entry.substr(spaces);
  if (what.starts_with('"') && what.ends_with('"') && what.size() >= 2) {
    node.kind = TreeNode::kText;
    node.value = what.substr(1, what.size() - 2);
  } else if (what.starts_with('<') && what.ends_with('>') &&
             !what.starts_with("<!") && !what.starts_with("<?")) {
    node.kind = TreeNode::kElement;
    node.value = what.substr(1, what.size() - 2);
  }
  return node;
}

std::vector<TreeNode> ReadTree(std::string_view section) {
  std::vector<TreeNode> nodes;
  std::string entry;
  bool open = false;
  const auto flush = [&] {
    if (open) nodes.push_back(ReadNode(entry));
    entry.clear();
  };
  while (!section.empty()) {
    const size_t end = section.find('\n');
    const std::string_view line = section.substr(0, end);
    if (line.starts_with("| ")) {
      flush();
      open = true;
      entry = line.substr(2);
    } else {
      entry += '\n';
      entry += line;
    }
    if (end == section.npos) break;
    section.remove_prefix(end + 1);
  }
  flush();
  return nodes;
}

}  // namespace

std::vector<TreeTest> ReadTreeTests(std::string_view file) {
  std::vector<TreeTest> tests;
  constexpr std::string_view kData = "#data\n";
  // A test begins at a "#data" line: the first, or behind an empty line.
  size_t at = file.starts_with(kData) ? 0 : file.find("\n#data\n");
  while (at != file.npos) {
    if (file[at] == '\n') ++at;
    const size_t next = file.find("\n\n#data\n", at);
    std::string_view body =
        file.substr(at + kData.size(),
                    next == file.npos ? file.npos : next - at - kData.size());
    if (next == file.npos && body.ends_with('\n')) body.remove_suffix(1);
    at = next == file.npos ? next : next + 1;
    TreeTest test;
    const size_t errors =
        body.starts_with("#errors\n") ? 0 : body.find("\n#errors") + 1;
    if (errors > 1) test.data = body.substr(0, errors - 1);
    body.remove_prefix(errors);
    const size_t document = body.find("#document\n");
    const std::string_view head = body.substr(0, document);
    const size_t context = head.find("#document-fragment\n");
    if (context != head.npos) {
      const size_t begin = context + 19;
      test.context = head.substr(begin, head.find('\n', begin) - begin);
    }
    test.script_on = head.find("#script-on\n") != head.npos;
    test.script_off = head.find("#script-off\n") != head.npos;
    if (document != body.npos) {
      test.nodes = ReadTree(body.substr(document + 10));
    }
    tests.push_back(std::move(test));
  }
  return tests;
}

}  // namespace winnow::testing
