// SPDX-License-Identifier: Apache-2.0
// Parameters of a stage: declared once, in the stage's own file. The recipe
// parser, `winnow recipe --help`, the docs and `recipe --resolved` all read
// these declarations.
#ifndef WINNOW_PIPELINE_PARAMS_H_
#define WINNOW_PIPELINE_PARAMS_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow {

enum class ParamType : uint8_t {
  kBool,   // true, false
  kInt,    // decimal
  kFloat,  // finite decimal
  kSize,   // bytes: 1048576, 1MiB, 4GiB, 2GB
  kString,
  kStrings,  // a list of strings
  kChoice,   // one of `choices`
};

struct ParamSpec {
  std::string_view key;
  ParamType type;
  // As it would be written in a recipe; "null" means off, "" with `required`.
  std::string_view default_value;
  std::string_view help;  // one sentence, operator and unit included
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::string_view choices = {};  // "a|b|c" for kChoice
  bool nullable = false;          // null switches the rule off
  bool required = false;
};

// Typed values of one stage (or section), complete: every declared parameter
// is there, checked for type, range and choice.
class Params {
 public:
  struct Value {
    bool is_null = false;
    bool boolean = false;
    int64_t integer = 0;
    double number = 0;
    std::string text;  // as written; for output, and for kString and kChoice
    std::vector<std::string> list;
    std::string at;  // "FILE:LINE:COLUMN: " in the recipe; of a default empty
  };

  void Set(std::string_view key, Value value);

  // All of these WINNOW_CHECK that the parameter was declared.
  bool Bool(std::string_view key) const;
  int64_t Int(std::string_view key) const;
  double Float(std::string_view key) const;
  uint64_t Size(std::string_view key) const;
  const std::string& String(std::string_view key) const;
  const std::vector<std::string>& Strings(std::string_view key) const;
  // Where the recipe gives it; see Value::at.
  const std::string& At(std::string_view key) const;
  // For nullable parameters.
  std::optional<double> OptionalFloat(std::string_view key) const;
  std::optional<int64_t> OptionalInt(std::string_view key) const;

  // In order of declaration.
  const std::vector<std::pair<std::string, Value>>& all() const {
    return values_;
  }

 private:
  const Value& Find(std::string_view key) const;
  std::vector<std::pair<std::string, Value>> values_;
};

// Parses a scalar as `spec` wants it. Returns the value, or nullopt and an
// explanation ("expected an integer between 1 and 100, got 'x'") in *why.
std::optional<Params::Value> ParseParam(const ParamSpec& spec,
                                        const std::string& scalar,
                                        std::string* why);

// The declared defaults of all `specs`; for tests and tools.
Params DefaultParams(const std::vector<ParamSpec>& specs);

// In the unit that divides it and gives the least number: "64KiB", "1000TB".
std::string SizeText(uint64_t bytes);

// "1048576", "1MiB", "1.5GiB", "2GB" (powers of ten) to bytes.
std::optional<uint64_t> ParseSize(std::string_view s);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARAMS_H_
