// SPDX-License-Identifier: Apache-2.0
// Recipes: what is read, what is refused, and where the message points.
#include "pipeline/recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/error.h"
#include "pipeline/yaml_tree.h"

namespace winnow {
namespace {

using ::testing::HasSubstr;

const StageSpec& Sieve() {
  static const StageSpec spec = {
      "sieve",
      "lets some through",
      "nowhere",
      {{"least", ParamType::kInt, "3", "least of it", 0, 10},
       {"share", ParamType::kFloat, "0.5", "share of it", 0, 1, "", true},
       {"names", ParamType::kStrings, "[a, b]", "names of it"},
       {"mode", ParamType::kChoice, "fast", "how", 0, 0, "fast|slow"},
       {"deep", ParamType::kBool, "false", "whether"}},
      {{"small", "too small"}},
      nullptr};
  return spec;
}

Recipe Parse(const std::string& yaml) {
  return ParseRecipe(yaml, "r.yaml", {&Sieve()});
}

std::string Refusal(const std::string& yaml) {
  try {
    Parse(yaml);
  } catch (const Error& e) {
    EXPECT_EQ(e.exit_code(), 2);
    return e.what();
  }
  return "accepted";
}

TEST(Recipe, FillsDefaults) {
  const Recipe r = Parse("version: 1\nstages: [sieve]\n");
  ASSERT_EQ(r.stages.size(), 1U);
  EXPECT_EQ(r.stages[0].params.Int("least"), 3);
  EXPECT_EQ(r.stages[0].params.OptionalFloat("share"), 0.5);
  EXPECT_THAT(r.stages[0].params.Strings("names"),
              ::testing::ElementsAre("a", "b"));
  EXPECT_EQ(r.name, "r");
  EXPECT_EQ(r.checkpoint_bytes, uint64_t{256} << 20);
}

TEST(Recipe, ReadsValues) {
  const Recipe r = Parse(
      "version: 1\nstages:\n  - sieve: {least: 7, share: null, names: [no, "
      "on], mode: slow, deep: true}\nwrite: {shard_bytes: 1.5GiB}\n");
  const Params& p = r.stages[0].params;
  EXPECT_EQ(p.Int("least"), 7);
  EXPECT_FALSE(p.OptionalFloat("share").has_value());
  EXPECT_THAT(p.Strings("names"), ::testing::ElementsAre("no", "on"));
  EXPECT_EQ(p.String("mode"), "slow");
  EXPECT_TRUE(p.Bool("deep"));
  EXPECT_EQ(r.write.Size("shard_bytes"), uint64_t{3} << 29);
}

TEST(Recipe, ResolvedParsesToItselfAndHashIgnoresSpelling) {
  const Recipe a = Parse(
      "version: 1\nstages:\n  - sieve: {share: .50, names: [\"x y\", no]}\n");
  const Recipe b = Parse(a.Resolved());
  EXPECT_EQ(a.Resolved(), b.Resolved());
  EXPECT_EQ(a.Hash(), b.Hash());
  const Recipe c = Parse(
      "name: other\nversion: 1\nstages:\n  - sieve:\n      names: [\"x y\", "
      "\"no\"]\n      share: 5e-1\n");
  EXPECT_EQ(a.Hash(), c.Hash());
  const Recipe d = Parse("version: 1\nstages:\n  - sieve: {least: 4}\n");
  EXPECT_NE(a.Hash(), d.Hash());
}

struct Refused {
  const char* yaml;
  const char* message;
};

TEST(Recipe, RefusesWithPositionAndNearestKey) {
  const Refused cases[] = {
      {"version: 1\nstages:\n  - sieve: {lesat: 3}\n",
       "r.yaml:3:13: unknown key 'lesat' in stage 'sieve': did you mean "
       "'least'?"},
      {"version: 1\nstages:\n  - seive\n",
       "r.yaml:3:5: unknown stage 'seive': did you mean 'sieve'?"},
      {"version: 1\nstages:\n  - sieve: {least: 010}\n", "r.yaml:3:20:"},
      {"version: 1\nstages:\n  - sieve: {least: 11}\n",
       "between 0 and 10, got '11'"},
      {"version: 1\nstages:\n  - sieve: {least: 1.5}\n", "a whole number"},
      {"version: 1\nstages:\n  - sieve: {least: \"5\"}\n", "without quotes"},
      {"version: 1\nstages:\n  - sieve: {least: null}\n", "a single value"},
      {"version: 1\nstages:\n  - sieve: {share: .nan}\n", "a number"},
      {"version: 1\nstages:\n  - sieve: {share: .inf}\n", "a number"},
      {"version: 1\nstages:\n  - sieve: {deep: yes}\n", "true or false"},
      {"version: 1\nstages:\n  - sieve: {mode: medium}\n", "fast|slow"},
      {"version: 1\nstages:\n  - sieve: {names: a}\n", "must be a list"},
      {"version: 1\nstages:\n  - sieve\n  - sieve\n", "stands twice"},
      {"version: 1\nversion: 1\n",
       "r.yaml:2:1: duplicate key 'version': first on line 1"},
      {"version: 1\nstages: &x []\n", "anchors"},
      {"version: 1\nname: !!str x\n", "tags"},
      {"version: 1\n---\nversion: 1\n", "second YAML document"},
      {"version: 3\n", "reads version 1"},
      {"name: x\n", "needs the key 'version: 1'"},
      {"- a\n", "a recipe is a map"},
      {"", "the file is empty"},
      {"version: 1\ntokens: {vocab: {a: b}}\n", "must be a list"},
      {"version: 1\n\tname: x\n", "r.yaml:"},
      {"version: 1\nname: \xFF\n", "not valid UTF-8"},
      {"version: 1\nwrite: {shard_bytes: 1Gib}\n", "a size such as"},
  };
  for (const Refused& c : cases) {
    EXPECT_THAT(Refusal(c.yaml), HasSubstr(c.message)) << c.yaml;
  }
}

TEST(Recipe, DeepNestingIsRefusedQuickly) {
  const std::string deep = "version: 1\nstages: " + std::string(200, '[');
  EXPECT_THAT(Refusal(deep), HasSubstr("nested more than"));
  EXPECT_NE(Refusal("version: 1\nstages: " + std::string(100000, '[')),
            "accepted");
}

TEST(Nearest, IsNearOrSilent) {
  EXPECT_EQ(Nearest("minhsh", {"exact", "minhash"}), "minhash");
  EXPECT_EQ(Nearest("zzz", {"exact", "minhash"}), "");
}

TEST(ParseSize, UnitsAndNonsense) {
  EXPECT_EQ(ParseSize("4GiB"), uint64_t{4} << 30);
  EXPECT_EQ(ParseSize("1.5MiB"), uint64_t{3} << 19);
  EXPECT_EQ(ParseSize("2GB"), 2000000000U);
  EXPECT_EQ(ParseSize("17"), 17U);
  for (const char* bad :
       {"", "GiB", "-1", "1.5", "1 GiB", "1e3", "1Gb", "99999999999TiB"}) {
    EXPECT_FALSE(ParseSize(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace winnow
