// SPDX-License-Identifier: Apache-2.0
// YAML to a tree with positions, strictly: one document, valid UTF-8, no
// duplicate keys, no aliases, no tags, at most 32 levels. yaml-cpp's own nodes
// accept all of these silently, hence the tree is built from its events.
#ifndef WINNOW_PIPELINE_YAML_TREE_H_
#define WINNOW_PIPELINE_YAML_TREE_H_

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  int line = 0;    // 1-based
  int column = 0;  // 1-based
  std::string scalar;
  bool quoted = false;
  std::vector<std::string> keys;    // kMap, in order
  std::vector<YamlNode> key_nodes;  // kMap, positions of the keys
  std::vector<YamlNode> children;   // kMap and kList

  const YamlNode* Find(std::string_view key) const;
};

// Throws Error(kUsage) "FILE:LINE:COLUMN: what".
YamlNode ParseYaml(std::string_view text, const std::string& file);

// "FILE:LINE:COLUMN: ".
std::string PlaceOf(const std::string& file, const YamlNode& node);

// Throws Error(kUsage) at the node's position.
[[noreturn]] void FailAt(const std::string& file, const YamlNode& node,
                         const std::string& what);

// The candidate with the smallest edit distance to `key`, or "" if none is
// near enough to be meant (distance above a third of its length, plus one).
std::string Nearest(std::string_view key,
                    const std::vector<std::string>& candidates);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_YAML_TREE_H_
