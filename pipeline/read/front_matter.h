// SPDX-License-Identifier: Apache-2.0
// Front matter: what a Markdown file (or a page) of a site generator says of
// itself at its very top. YAML between lines `---` (Jekyll), TOML between lines
// `+++` (Hugo), or a JSON object whose brace stands alone on the first line.
// It moves into the metadata, member by member.
//
// The parts of YAML and TOML that front matter is made of are read, in one
// pass: scalars, plain, quoted and block, lists of them, TOML's tables as
// dotted names. Scalars stay strings, as they were written. What is nested
// deeper is kept as the text it was.
#ifndef WINNOW_PIPELINE_READ_FRONT_MATTER_H_
#define WINNOW_PIPELINE_READ_FRONT_MATTER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

struct FrontMatter {
  enum class Kind : uint8_t { kNone, kYaml, kToml, kJson };
  Kind kind = Kind::kNone;
  std::string_view block;  // without the lines around it
  std::string_view body;   // what follows, without blank lines at its top
};

// Front matter is believed if it closes within 64 KiB and its first line that
// is neither blank nor a comment looks like `key:` (`key =`, a table's name).
FrontMatter SplitFrontMatter(std::string_view text);

// One for each worker; reuses its scratch.
class FrontMatterReader {
 public:
  // Appends `"title":"...","tags":["a","b"]` for valid UTF-8, with a comma
  // before it where something stands. The first of equal keys wins. *date is
  // the value of `date`, if it is a string, else empty.
  void Append(const FrontMatter& front, std::string* metadata,
              std::string* date);

 private:
  std::vector<std::string> seen_;
  std::vector<std::string> items_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_FRONT_MATTER_H_
