// SPDX-License-Identifier: Apache-2.0
// What the tokenizer gives: tokens of the WHATWG standard (section 13.2.5) as
// views into the input. Nothing is decoded before it is asked for. Views live
// as long as the input; `attributes` until the call returns.
#ifndef WINNOW_PIPELINE_READ_HTML_TOKEN_H_
#define WINNOW_PIPELINE_READ_HTML_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/read/html/tag_id.h"

namespace winnow::html {

enum class Namespace : uint8_t { kHtml, kSvg, kMath };

// How the bytes that follow a start tag are read.
enum class TextMode : uint8_t {
  kData,       // text and tags
  kRcdata,     // title, textarea: text, references resolved, no tags
  kRawtext,    // style, iframe, xmp, noembed, noframes: text as it stands
  kScript,     // the same with the rules for <!-- and <script inside
  kPlaintext,  // to the end of the input
  kCdata,      // only told of a text: it stood in a CDATA section
};

struct TextInfo {
  size_t offset = 0;  // in the input, of the first byte this text stands for
  TextMode mode = TextMode::kData;
  // A character reference, or a byte that stands for another: the view is not
  // into the input, and lives until the call returns.
  bool decoded = false;
};

struct Attribute {
  std::string_view name;   // as it stands
  std::string_view value;  // raw, without quotes; empty where there is none
};

struct StartTag {
  TagId id = TagId::kUnknown;
  Namespace ns = Namespace::kHtml;  // of the element that it opens
  bool self_closing = false;        // means something in SVG and MathML alone
  // No element is left open by it: a void element, a self-closing foreign one,
  // or a tag that a tree builder ignores here.
  bool childless = false;
  bool ignored = false;  // such a tag: <td> outside of a table, a second <body>
  uint32_t key = 0;      // PackedName::Key of the name
  uint32_t depth = 0;    // open elements around it
  std::string_view name;  // as it stands
  size_t begin = 0;       // of the '<'
  size_t end = 0;         // behind the '>'
  // In order; duplicates are there, the first one counts.
  std::span<const Attribute> attributes;
  size_t dropped_attributes = 0;  // beyond the cap

  // The first with this name, which is given in lower case; or null.
  const Attribute* Find(std::string_view lower_name) const;
};

struct EndTag {
  TagId id = TagId::kUnknown;
  bool self_closing = false;
  bool ignored = false;  // no element is closed by it
  uint32_t key = 0;
  std::string_view name;
  size_t begin = 0;
  size_t end = 0;
};

struct Comment {
  std::string_view text;  // raw
  size_t begin = 0;
  size_t end = 0;
};

struct Doctype {
  std::string_view name;  // raw, as are the identifiers
  std::string_view public_id;
  std::string_view system_id;
  bool has_name = false;
  bool has_public_id = false;
  bool has_system_id = false;
  bool force_quirks = false;
  size_t begin = 0;
  size_t end = 0;
};

// The value with references resolved, line ends as LF and NUL as U+FFFD: the
// view itself where there is nothing to do, else *scratch, which is replaced.
std::string_view DecodeValue(std::string_view raw, std::string* scratch);
// The same without references: a comment, a doctype's identifier.
std::string_view DecodeRaw(std::string_view raw, std::string* scratch);
// A name: in lower case, NUL as U+FFFD.
std::string_view DecodeName(std::string_view raw, std::string* scratch);

// Is `raw` this name, which is given in lower case?
bool IsName(std::string_view raw, std::string_view lower_name);

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_TOKEN_H_
