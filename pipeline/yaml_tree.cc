// SPDX-License-Identifier: Apache-2.0
#include "pipeline/yaml_tree.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <numeric>
#include <sstream>

#include "pipeline/error.h"
#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

constexpr size_t kMaxDepth = 32;

std::string At(const std::string& file, int line, int column) {
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) +
         ": ";
}

// What yaml-cpp stumbles over elsewhere, or takes: bytes that are no text, and
// tabs that indent.
void CheckBytes(std::string_view text, const std::string& file) {
  int line = 1;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view row = text.substr(0, end);
    const auto fail = [&](size_t at, const char* what) {
      throw Error(ErrorKind::kUsage,
                  At(file, line, static_cast<int>(at) + 1) + what);
    };
    if (!IsValidUtf8(row)) {
      // The longest valid prefix, found from the front: recipes are small.
      size_t good = 0;
      for (size_t n = 1; n <= row.size(); ++n) {
        if (IsValidUtf8(row.substr(0, n))) good = n;
      }
      fail(good, "not valid UTF-8");
    }
    if (const size_t nul = row.find('\0'); nul != row.npos) {
      fail(nul, "a NUL byte: not a text file");
    }
    const size_t blank = std::min(row.find_first_not_of(" \t\r"), row.size());
    const size_t tab = row.substr(0, blank).find('\t');
    if (tab != row.npos && blank < row.size()) {
      fail(tab, "a tab: indent with spaces");
    }
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
  }
}

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string file, YamlNode* root) : file_(std::move(file)) {
    root_ = root;
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    NoAnchor(mark, anchor);
    Place(Make(mark, YamlNode::Kind::kNull));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Fail(mark, "aliases (*name) are not allowed in a recipe");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& value) override {
    NoAnchor(mark, anchor);
    if (tag != "!") NoTag(mark, tag);
    YamlNode node = Make(mark, YamlNode::Kind::kScalar);
    node.scalar = value;
    node.quoted = tag == "!";
    if (!node.quoted && (value == "~" || value == "null")) {
      node.kind = YamlNode::Kind::kNull;
    }
    Place(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    NoAnchor(mark, anchor);
    NoTag(mark, tag);
    Open(Make(mark, YamlNode::Kind::kList));
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    NoAnchor(mark, anchor);
    NoTag(mark, tag);
    Open(Make(mark, YamlNode::Kind::kMap));
  }
  void OnMapEnd() override { Close(); }

 private:
  struct Frame {
    YamlNode node;
    bool has_key = false;  // a key waits for its value
  };

  [[noreturn]] void Fail(const YAML::Mark& mark, const std::string& what) {
    throw Error(ErrorKind::kUsage,
                At(file_, mark.line + 1, mark.column + 1) + what);
  }
  // "?": none is written.
  void NoTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag != "?" && !tag.empty()) {
      Fail(mark, "tags (!name) are not allowed in a recipe");
    }
  }
  void NoAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) Fail(mark, "anchors (&name) are not allowed in a recipe");
  }
  static YamlNode Make(const YAML::Mark& mark, YamlNode::Kind kind) {
    YamlNode node;
    node.kind = kind;
    node.line = mark.line + 1;
    node.column = mark.column + 1;
    return node;
  }
  void Open(YamlNode node) {
    if (stack_.size() >= kMaxDepth) {
      throw Error(ErrorKind::kUsage, At(file_, node.line, node.column) +
                                         "nested more than " +
                                         std::to_string(kMaxDepth) + " deep");
    }
    stack_.push_back({std::move(node), false});
  }
  void Close() {
    YamlNode node = std::move(stack_.back().node);
    stack_.pop_back();
    Place(std::move(node));
  }
  void Place(YamlNode node) {
    if (stack_.empty()) {
      *root_ = std::move(node);
      return;
    }
    Frame& top = stack_.back();
    if (top.node.kind == YamlNode::Kind::kList || top.has_key) {
      top.node.children.push_back(std::move(node));
      top.has_key = false;
      return;
    }
    if (node.kind != YamlNode::Kind::kScalar) {
      throw Error(ErrorKind::kUsage,
                  At(file_, node.line, node.column) + "a key must be a word");
    }
    const auto& keys = top.node.keys;
    const auto it = std::find(keys.begin(), keys.end(), node.scalar);
    if (it != keys.end()) {
      const auto first = static_cast<size_t>(it - keys.begin());
      throw Error(ErrorKind::kUsage,
                  At(file_, node.line, node.column) + "duplicate key '" +
                      node.scalar + "': first on line " +
                      std::to_string(top.node.key_nodes[first].line));
    }
    top.node.keys.push_back(node.scalar);
    top.node.key_nodes.push_back(std::move(node));
    top.has_key = true;
  }

  std::string file_;
  YamlNode* root_;
  std::vector<Frame> stack_;
};

}  // namespace

const YamlNode* YamlNode::Find(std::string_view key) const {
  for (size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == key) return &children[i];
  }
  return nullptr;
}

YamlNode ParseYaml(std::string_view text, const std::string& file) {
  CheckBytes(text, file);
  YamlNode root;
  TreeBuilder builder(file, &root);
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      throw Error(ErrorKind::kUsage, file + ":1:1: the file is empty");
    }
    YamlNode second;
    TreeBuilder rest(file, &second);
    if (parser.HandleNextDocument(rest)) {
      FailAt(file, second, "a second YAML document: one recipe a file");
    }
  } catch (const YAML::Exception& e) {
    throw Error(ErrorKind::kUsage,
                At(file, e.mark.line + 1, e.mark.column + 1) + e.msg);
  }
  return root;
}

std::string PlaceOf(const std::string& file, const YamlNode& node) {
  return At(file, node.line, node.column);
}

void FailAt(const std::string& file, const YamlNode& node,
            const std::string& what) {
  throw Error(ErrorKind::kUsage, At(file, node.line, node.column) + what);
}

std::string Nearest(std::string_view key,
                    const std::vector<std::string>& candidates) {
  std::string best;
  size_t best_distance = SIZE_MAX;
  std::vector<size_t> row;
  for (const std::string& candidate : candidates) {
    row.resize(candidate.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (size_t i = 1; i <= key.size(); ++i) {
      size_t diagonal = row[0];
      row[0] = i;
      for (size_t j = 1; j <= candidate.size(); ++j) {
        const size_t above = row[j];
        const size_t change =
            diagonal + (key[i - 1] == candidate[j - 1] ? 0 : 1);
        row[j] = std::min({change, above + 1, row[j - 1] + 1});
        diagonal = above;
      }
    }
    const size_t distance = row.back();
    if (distance < best_distance && distance <= candidate.size() / 3 + 1) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace winnow
