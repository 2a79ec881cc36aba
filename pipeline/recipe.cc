// SPDX-License-Identifier: Apache-2.0
#include "pipeline/recipe.h"

#include <charconv>
#include <functional>

#include "pipeline/error.h"
#include "pipeline/text/hash.h"
#include "pipeline/yaml_tree.h"

namespace winnow {
namespace {

ParamSpec Choice(std::string_view key, std::string_view default_value,
                 std::string_view help, std::string_view choices) {
  ParamSpec spec{key, ParamType::kChoice, default_value, help};
  spec.choices = choices;
  return spec;
}

const std::vector<ParamSpec>& TopParams() {
  static const std::vector<ParamSpec> specs = {
      {"name", ParamType::kString, "", "what the report calls the recipe"},
      {"description", ParamType::kString, "", "one sentence for the report"},
      {"checkpoint_bytes", ParamType::kSize, "256MiB",
       "decoded input between two marks; a killed run redoes less than two",
       65536, 1e15},
  };
  return specs;
}

std::string Did(std::string_view key, const std::vector<std::string>& known) {
  const std::string nearest = Nearest(key, known);
  if (!nearest.empty()) return ": did you mean '" + nearest + "'?";
  std::string all = ": known are";
  for (const std::string& k : known) all += (k == known[0] ? " " : ", ") + k;
  return all;
}

// Reads one map against its declaration. `extra` are keys the caller handles.
class MapReader {
 public:
  MapReader(const std::string& file, std::string where,
            const std::vector<ParamSpec>& specs)
      : file_(file), where_(std::move(where)), specs_(specs) {}

  Params Read(const YamlNode& node, const std::vector<std::string>& extra) {
    if (node.kind != YamlNode::Kind::kMap &&
        node.kind != YamlNode::Kind::kNull) {
      FailAt(file_, node, where_ + " must be a map of keys and values");
    }
    Params params;
    for (const ParamSpec& spec : specs_) {
      const YamlNode* value = node.Find(spec.key);
      Params::Value parsed =
          value != nullptr ? Value(spec, *value) : Default(spec, node);
      if (value != nullptr) parsed.at = PlaceOf(file_, *value);
      params.Set(spec.key, std::move(parsed));
    }
    for (size_t i = 0; i < node.keys.size(); ++i) CheckKnown(node, i, extra);
    return params;
  }

 private:
  void CheckKnown(const YamlNode& node, size_t i,
                  const std::vector<std::string>& extra) {
    std::vector<std::string> known = extra;
    for (const ParamSpec& spec : specs_) known.emplace_back(spec.key);
    for (const std::string& k : known) {
      if (k == node.keys[i]) return;
    }
    FailAt(file_, node.key_nodes[i],
           "unknown key '" + node.keys[i] + "' in " + where_ +
               Did(node.keys[i], known));
  }

  Params::Value Default(const ParamSpec& spec, const YamlNode& node) {
    if (spec.required) {
      FailAt(file_, node,
             where_ + " needs the key '" + std::string(spec.key) + "'");
    }
    std::string why;
    auto value = ParseParam(spec, std::string(spec.default_value), &why);
    WINNOW_CHECK(value.has_value());
    return *value;
  }

  Params::Value Value(const ParamSpec& spec, const YamlNode& node) {
    std::string why;
    if (spec.type == ParamType::kStrings) return List(spec, node);
    if (node.kind == YamlNode::Kind::kNull && spec.nullable) {
      return *ParseParam(spec, "null", &why);
    }
    if (node.kind != YamlNode::Kind::kScalar) {
      FailAt(file_, node,
             "'" + std::string(spec.key) + "' must be a single value" +
                 (spec.nullable ? ", or null" : ""));
    }
    if (node.quoted && spec.type != ParamType::kString &&
        spec.type != ParamType::kChoice) {
      FailAt(file_, node,
             "'" + std::string(spec.key) + "' must be written without quotes");
    }
    const auto value = ParseParam(spec, node.scalar, &why);
    if (!value) FailAt(file_, node, "'" + std::string(spec.key) + "': " + why);
    return *value;
  }

  Params::Value List(const ParamSpec& spec, const YamlNode& node) {
    if (node.kind != YamlNode::Kind::kList) {
      FailAt(file_, node,
             "'" + std::string(spec.key) + "' must be a list, such as [a, b]");
    }
    Params::Value value;
    for (const YamlNode& item : node.children) {
      if (item.kind != YamlNode::Kind::kScalar) {
        FailAt(file_, item,
               "'" + std::string(spec.key) + "': every item must be a word");
      }
      value.list.push_back(item.scalar);
    }
    return value;
  }

  const std::string& file_;
  std::string where_;
  const std::vector<ParamSpec>& specs_;
};

bool PlainIsSafe(const std::string& s) {
  if (s.empty() || s == "null" || s == "~" || s == "true" || s == "false") {
    return false;
  }
  for (const char c : s) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '_' || (c >= '0' && c <= '9') || c == '.';
    if (!word && c != '-') return false;
  }
  return s[0] != '-' && s[0] != '.' && (s[0] < '0' || s[0] > '9');
}

std::string Quoted(const std::string& s) {
  if (PlainIsSafe(s)) return s;
  std::string out = "\"";
  for (const char c : s) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string Number(double v) {
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr};
}

std::string Canonical(const ParamSpec& spec, const Params::Value& v) {
  if (v.is_null) return "null";
  switch (spec.type) {
    case ParamType::kBool:
      return v.boolean ? "true" : "false";
    case ParamType::kInt:
      return std::to_string(v.integer);
    case ParamType::kFloat:
      return Number(v.number);
    case ParamType::kSize:
      return SizeText(static_cast<uint64_t>(v.integer));
    case ParamType::kString:
      return Quoted(v.text);
    case ParamType::kChoice:
      return v.text;
    case ParamType::kStrings: {
      std::string out = "[";
      for (const std::string& s : v.list) {
        if (out.size() > 1) out += ", ";
        out += Quoted(s);
      }
      return out + "]";
    }
  }
  return "";
}

void AppendParams(const Params& params, const std::vector<ParamSpec>& specs,
                  std::string_view indent, std::string* out) {
  for (size_t i = 0; i < specs.size(); ++i) {
    *out += std::string(indent) + std::string(specs[i].key) + ": " +
            Canonical(specs[i], params.all()[i].second) + "\n";
  }
}

std::string Body(const Recipe& recipe) {
  std::string out = "read:\n";
  AppendParams(recipe.read, ReadParams(), "  ", &out);
  out += recipe.stages.empty() ? "stages: []\n" : "stages:\n";
  for (const RecipeStage& stage : recipe.stages) {
    out += "  - " + std::string(stage.spec->name) + ":";
    out += stage.spec->params.empty() ? " {}\n" : "\n";
    AppendParams(stage.params, stage.spec->params, "      ", &out);
  }
  out += "tokens:\n";
  AppendParams(recipe.tokens, TokensParams(), "  ", &out);
  out += "write:\n";
  AppendParams(recipe.write, WriteParams(), "  ", &out);
  out += "checkpoint_bytes: " + SizeText(recipe.checkpoint_bytes) + "\n";
  return out;
}

RecipeStage ReadStage(const YamlNode& node, const std::string& file,
                      const Registry& registry) {
  const YamlNode* name_node = &node;
  std::string name = node.scalar;
  YamlNode no_params;
  const YamlNode* params = &no_params;
  if (node.kind == YamlNode::Kind::kMap) {
    if (node.keys.size() != 1) {
      FailAt(file, node,
             "a stage is one name with its parameters: '- minhash: {bands: "
             "14}'");
    }
    name = node.keys[0];
    name_node = &node.key_nodes[0];
    params = &node.children[0];
  } else if (node.kind != YamlNode::Kind::kScalar) {
    FailAt(file, node, "a stage must be a name, or a name with parameters");
  }
  std::vector<std::string> known;
  for (const StageSpec* spec : registry) {
    if (spec->name == name) {
      if (params == &no_params) {
        no_params.line = node.line;
        no_params.column = node.column;
      }
      MapReader reader(file, "stage '" + name + "'", spec->params);
      return {spec, reader.Read(*params, {}), PlaceOf(file, *name_node)};
    }
    known.emplace_back(spec->name);
  }
  FailAt(file, *name_node, "unknown stage '" + name + "'" + Did(name, known));
}

std::string Stem(const std::string& file) {
  const size_t slash = file.rfind('/');
  std::string stem = slash == std::string::npos ? file : file.substr(slash + 1);
  const size_t dot = stem.rfind('.');
  return dot == std::string::npos || dot == 0 ? stem : stem.substr(0, dot);
}

}  // namespace

const std::vector<ParamSpec>& ReadParams() {
  static const std::vector<ParamSpec> specs = {
      Choice("formats", "auto",
             "how the format of a file is told: by its content", "auto"),
      Choice("html", "main_content",
             "what becomes of a page: the text it is about (precision and "
             "recall shift the balance), all text, or all but navigation",
             "main_content|precision|recall|all_text|visible_text"),
      Choice("comments", "drop",
             "comments of readers below an article, in the modes that judge",
             "drop|keep"),
      {"text_field", ParamType::kString, "text",
       "JSONL: the member that holds the text; dots descend"},
      {"id_field", ParamType::kString, "id",
       "JSONL: the member that holds the document's own id"},
      {"url_field", ParamType::kString, "url",
       "JSONL: the member that holds the URL"},
      {"added_field", ParamType::kString, "added",
       "JSONL: the member that says when it was added"},
      {"created_field", ParamType::kString, "created",
       "JSONL: the member that says when it was created"},
      {"parquet_columns", ParamType::kStrings, "[]",
       "Parquet: the columns to read beside those of the fields above; []: "
       "all"},
      {"wiki_namespaces", ParamType::kStrings, "[0]",
       "wiki dumps: numbers of the namespaces whose pages are documents"},
      {"max_record_bytes", ParamType::kSize, "16MiB",
       "a record above this size is counted as unreadable", 1024, 1073741824},
      Choice("digests", "ignore",
             "WARC: check what records say of their own hashes, and count "
             "mismatches",
             "ignore|check"),
  };
  return specs;
}

const std::vector<ParamSpec>& TokensParams() {
  static const std::vector<ParamSpec> specs = {
      {"vocab", ParamType::kStrings, "[o200k_base, cl100k_base]",
       "vocabularies to count with; [] counts no tokens"},
      Choice("at", "all",
             "all: at every stage; ends: only what was read and what was kept",
             "all|ends"),
  };
  return specs;
}

const std::vector<ParamSpec>& WriteParams() {
  static const std::vector<ParamSpec> specs = {
      Choice("format", "jsonl",
             "jsonl: one JSON object a line; parquet: a row group for 4 MiB",
             "jsonl|parquet"),
      Choice("compression", "zstd", "zstd in frames of 4 MiB of text, or none",
             "zstd|none"),
      {"level", ParamType::kInt, "3", "zstd level", 1, 19},
      {"shard_bytes", ParamType::kSize, "1GiB",
       "a shard ends with the frame that reaches this size on disk", 1, 1e15},
  };
  return specs;
}

ReadOptions Recipe::read_options() const {
  ReadOptions options;
  options.html = read.String("html");
  options.comments = read.String("comments");
  options.text_field = read.String("text_field");
  options.id_field = read.String("id_field");
  options.url_field = read.String("url_field");
  options.added_field = read.String("added_field");
  options.created_field = read.String("created_field");
  options.parquet_columns = read.Strings("parquet_columns");
  options.wiki_namespaces = read.Strings("wiki_namespaces");
  options.max_record_bytes = read.Size("max_record_bytes");
  options.check_digests = read.String("digests") == "check";
  return options;
}

std::string Recipe::Resolved() const {
  std::string out = "version: 1\nname: " + Quoted(name) + "\n";
  out += "description: " + Quoted(description) + "\n";
  return out + Body(*this);
}

std::string Recipe::Hash() const {
  const Hash128 h = HashBytes128(Body(*this));
  std::string out;
  for (const uint64_t part : {h.hi, h.lo}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      out += "0123456789abcdef"[part >> shift & 15];
    }
  }
  return out;
}

Recipe ParseRecipe(std::string_view yaml, const std::string& file,
                   const Registry& registry) {
  const YamlNode root = ParseYaml(yaml, file);
  if (root.kind != YamlNode::Kind::kMap) {
    FailAt(file, root, "a recipe is a map that begins with 'version: 1'");
  }
  MapReader top_reader(file, "the recipe", TopParams());
  const Params top =
      top_reader.Read(root, {"version", "read", "stages", "tokens", "write"});
  const YamlNode* version = root.Find("version");
  if (version == nullptr) FailAt(file, root, "needs the key 'version: 1'");
  if (version->scalar != "1") {
    FailAt(file, *version,
           "version '" + version->scalar + "': this winnow reads version 1");
  }

  Recipe recipe;
  recipe.name = top.String("name").empty() ? Stem(file) : top.String("name");
  recipe.description = top.String("description");
  recipe.checkpoint_bytes = top.Size("checkpoint_bytes");

  const YamlNode none;
  const auto section = [&](const char* key,
                           const std::vector<ParamSpec>& specs) {
    const YamlNode* node = root.Find(key);
    MapReader reader(file, std::string("'") + key + "'", specs);
    return reader.Read(node != nullptr ? *node : none, {});
  };
  recipe.read = section("read", ReadParams());
  if (recipe.read.String("text_field").empty()) {
    throw Error(ErrorKind::kUsage,
                recipe.read.At("text_field") +
                    "'text_field': empty: name the member that holds the text");
  }
  recipe.tokens = section("tokens", TokensParams());
  recipe.write = section("write", WriteParams());

  const YamlNode* stages = root.Find("stages");
  if (stages == nullptr || stages->kind == YamlNode::Kind::kNull) {
    return recipe;
  }
  if (stages->kind != YamlNode::Kind::kList) {
    FailAt(file, *stages, "'stages' must be a list");
  }
  for (const YamlNode& node : stages->children) {
    RecipeStage stage = ReadStage(node, file, registry);
    for (const RecipeStage& earlier : recipe.stages) {
      if (earlier.spec == stage.spec) {
        FailAt(file, node,
               "stage '" + std::string(stage.spec->name) +
                   "' stands twice: a recipe names a stage once");
      }
    }
    recipe.stages.push_back(std::move(stage));
  }
  return recipe;
}

}  // namespace winnow
