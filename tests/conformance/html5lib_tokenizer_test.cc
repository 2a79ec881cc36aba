// SPDX-License-Identifier: Apache-2.0
// The tokenizer tests of html5lib/html5lib-tests (tokenizer/*.test): every run
// of every file but xmlViolation.test, whose expectations hold for trees that
// are bent to fit XML. Parse errors are not compared: the lexer reports none.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/json_reader.h"
#include "pipeline/json_writer.h"
#include "pipeline/read/html/lexer.h"
#include "pipeline/text/unicode.h"
#include "tests/corpora.h"

namespace winnow::html {
namespace {

// One line a token.
class TokenLines {
 public:
  void Characters(std::string_view text) { characters_ += text; }
  void Line(const std::string& line) {
    Flush();
    out_ += line;
    out_ += '\n';
  }
  std::string Take() {
    Flush();
    return std::move(out_);
  }

 private:
  void Flush() {
    if (characters_.empty()) return;
    out_ += "text " + characters_ + "\n";
    characters_.clear();
  }
  std::string out_;
  std::string characters_;
};

std::string TagLine(std::string_view name,
                    const std::map<std::string, std::string>& attributes,
                    bool self_closing) {
  std::string line = "start ";
  line += name;
  for (const auto& [key, value] : attributes) {
    line += " [" + key + "]=[" + value + "]";
  }
  return self_closing ? line + " /" : line;
}

std::string DoctypeLine(const std::string* name, const std::string* public_id,
                        const std::string* system_id, bool force_quirks) {
  const auto field = [](const std::string* s) {
    return s == nullptr ? std::string(" null") : " [" + *s + "]";
  };
  return "doctype" + field(name) + field(public_id) + field(system_id) +
         (force_quirks ? " quirks" : "");
}

class Handler {
 public:
  TextMode OnStartTag(StartTag* tag) {
    std::map<std::string, std::string> attributes;
    for (const Attribute& attribute : tag->attributes) {
      attributes.emplace(DecodeName(attribute.name, &scratch_),
                         DecodeValue(attribute.value, &value_scratch_));
    }
    lines.Line(TagLine(DecodeName(tag->name, &scratch_), attributes,
                       tag->self_closing));
    return TextMode::kData;
  }
  void OnEndTag(EndTag* tag) {
    lines.Line("end " + std::string(DecodeName(tag->name, &scratch_)));
  }
  void OnText(std::string_view text, const TextInfo&) {
    lines.Characters(text);
  }
  void OnComment(const Comment& comment) {
    lines.Line("comment " + std::string(DecodeRaw(comment.text, &scratch_)));
  }
  void OnDoctype(const Doctype& doctype) {
    const std::string name(DecodeName(doctype.name, &scratch_));
    const std::string public_id(DecodeRaw(doctype.public_id, &scratch_));
    const std::string system_id(DecodeRaw(doctype.system_id, &scratch_));
    lines.Line(DoctypeLine(doctype.has_name ? &name : nullptr,
                           doctype.has_public_id ? &public_id : nullptr,
                           doctype.has_system_id ? &system_id : nullptr,
                           doctype.force_quirks));
  }
  bool CdataAllowed() const { return false; }

  TokenLines lines;

 private:
  std::string scratch_;
  std::string value_scratch_;
};

// Resolves \uHHHH; halves of a pair that stand alone become three bytes each.
std::string Unescape(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\\u") != 0) {
      out += text[i];
      continue;
    }
    char32_t c =
        static_cast<char32_t>(std::stoul(text.substr(i + 2, 4), nullptr, 16));
    i += 5;
    if (c >= 0xD800 && c < 0xE000) {
      out += static_cast<char>(0xED);
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
      continue;
    }
    char buffer[4];
    out.append(buffer, EncodeUtf8(c, buffer));
  }
  return out;
}

std::string Expected(const JsonValue& output, bool escaped) {
  TokenLines lines;
  const auto text = [&](const JsonValue& value) {
    return escaped ? Unescape(value.String()) : value.String();
  };
  for (const JsonValue& token : output.elements()) {
    const std::string& kind = token.at(size_t{0}).String();
    if (kind == "Character") {
      lines.Characters(text(token.at(1)));
    } else if (kind == "Comment") {
      lines.Line("comment " + text(token.at(1)));
    } else if (kind == "EndTag") {
      lines.Line("end " + text(token.at(1)));
    } else if (kind == "StartTag") {
      std::map<std::string, std::string> attributes;
      for (const auto& [name, value] : token.at(2).members()) {
        attributes.emplace(escaped ? Unescape(name) : name, text(value));
      }
      lines.Line(TagLine(text(token.at(1)), attributes, token.size() > 3));
    } else {
      std::string fields[3];
      const std::string* given[3] = {nullptr, nullptr, nullptr};
      for (size_t i = 0; i < 3; ++i) {
        if (token.at(i + 1).is_null()) continue;
        fields[i] = text(token.at(i + 1));
        given[i] = &fields[i];
      }
      lines.Line(
          DoctypeLine(given[0], given[1], given[2], !token.at(4).Bool()));
    }
  }
  return lines.Take();
}

TextMode ModeOf(const std::string& state) {
  if (state == "PLAINTEXT state") return TextMode::kPlaintext;
  if (state == "RCDATA state") return TextMode::kRcdata;
  if (state == "RAWTEXT state") return TextMode::kRawtext;
  if (state == "Script data state") return TextMode::kScript;
  if (state == "CDATA section state") return TextMode::kCdata;
  EXPECT_EQ(state, "Data state");
  return TextMode::kData;
}

std::string Tokenize(const std::string& input, TextMode mode,
                     const std::string& last_start_tag) {
  // Where reading past the end is seen by a sanitizer.
  const std::vector<char> exact(input.begin(), input.end());
  Handler handler;
  Lexer<Handler> lexer(&handler);
  lexer.Run({exact.data(), exact.size()}, mode, last_start_tag);
  EXPECT_LE(lexer.steps(), 64 * (input.size() + 1));
  return handler.lines.Take();
}

TEST(Html5libTokenizerTest, AllRuns) {
  const auto dir = testing::CorpusDir("conformance");
  if (!dir) GTEST_SKIP() << "corpus absent: conformance";
  int runs = 0;
  int failures = 0;
  for (const auto& path : testing::FilesBelow(
           *dir / "conformance/html5lib-tests/tokenizer", ".test")) {
    const std::string file = path.filename().string();
    if (file == "xmlViolation.test") continue;
    const JsonValue root = JsonValue::Parse(testing::ReadWholeFile(path), file);
    for (const JsonValue& test : root.at("tests").elements()) {
      const JsonValue* doubled = test.Find("doubleEscaped");
      const bool escaped = doubled != nullptr && doubled->Bool();
      const std::string& raw = test.at("input").String();
      const std::string input = escaped ? Unescape(raw) : raw;
      const std::string expected = Expected(test.at("output"), escaped);
      const JsonValue* last = test.Find("lastStartTag");
      const std::string last_tag = last == nullptr ? "" : last->String();
      std::vector<std::string> states = {"Data state"};
      if (const JsonValue* given = test.Find("initialStates")) {
        states.clear();
        for (const JsonValue& state : given->elements()) {
          states.push_back(state.String());
        }
      }
      for (const std::string& state : states) {
        ++runs;
        const std::string got = Tokenize(input, ModeOf(state), last_tag);
        if (got == expected) continue;
        if (++failures > 20) continue;
        ADD_FAILURE() << file << ": " << test.at("description").String() << " ("
                      << state << ")\ninput: " << input << "\nexpected:\n"
                      << expected << "got:\n"
                      << got;
      }
    }
  }
  EXPECT_EQ(runs, 7032);
  EXPECT_EQ(failures, 0);
}

}  // namespace
}  // namespace winnow::html
