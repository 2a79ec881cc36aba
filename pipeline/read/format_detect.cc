// SPDX-License-Identifier: Apache-2.0
// Tells formats apart by their first bytes, cheap and sure signs first. What is
// decided here is decided for the whole file, so a sign that a mere text could
// carry must be backed by a second one.
#include <algorithm>
#include <string>

#include "pipeline/read/captions.h"
#include "pipeline/read/charset/unicode.h"
#include "pipeline/read/csv.h"
#include "pipeline/read/front_matter.h"
#include "pipeline/read/html/html_text_sniff.h"
#include "pipeline/read/json_scan.h"
#include "pipeline/read/markdown.h"
#include "pipeline/read/plain_text.h"
#include "pipeline/read/record.h"
#include "pipeline/read/warc/arc_header.h"
#include "pipeline/read/warc/http_fields.h"
#include "pipeline/read/warc/warc_header.h"
#include "pipeline/read/wiki_reader.h"

namespace winnow {
namespace {

// Formats that are not read, by their first bytes.
constexpr std::string_view kForeign[] = {
    "%PDF-",
    "\x89PNG",
    "GIF8",
    "\xFF\xD8\xFF",
    "PK\x03\x04",
    "PK\x05\x06",
    "PAR1",
    "\x1F\x8B",
    "\x28\xB5\x2F\xFD",
    // Two literals each, or the escape would swallow the digit.
    "\xFD"  // NOLINT(bugprone-suspicious-missing-comma)
    "7zXZ",
    "7z\xBC\xAF",
    "Rar!",
    "\x7F"
    "ELF",
    "MZ\x90",
    "RIFF",
    "OggS",
    "ID3\x03",
    "ID3\x04",
    "fLaC",
    "Obj\x01",
    "ARROW1",
    "SQLite format 3",
    "ORC\x0A",
    "\x04\x22\x4D\x18",
    "\xCA\xFE\xBA\xBE",
    "{\\rtf",
    "%!PS-Adobe",
};

// Control bytes that text does not have, one in a hundred: binary.
bool IsBinary(std::string_view head) {
  const auto control = std::count_if(head.begin(), head.end(), [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' &&
           b != '\v' && b != 0x1B;
  });
  return static_cast<size_t>(control) * 100 > head.size();
}

// Where JSON begins with an object or array: lines of objects are JSONL, one
// value over several lines is JSON that nobody reads here.
enum class Json { kNone, kLines, kOther };

Json DetectJson(std::string_view head, bool end) {
  const size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return Json::kNone;
  if (head[begin] != '{' && head[begin] != '[') return Json::kNone;
  // Of the first lines, half must be whole objects: a damaged line at the top
  // does not hide the others.
  constexpr size_t kLines = 64;
  size_t lines = 0;
  size_t objects = 0;
  bool first = false;
  for (size_t pos = begin; pos < head.size() && lines < kLines;) {
    const std::string_view line = NextHttpLine(head, &pos);
    const bool cut = pos == head.size() && head.back() != '\n' && !end;
    if (IsBlankText(line)) continue;
    size_t at = 0;
    const JsonScan scan = line.find('{') == line.find_first_not_of(" \t")
                              ? ScanJsonValue(line, &at)
                              : JsonScan::kInvalid;
    const bool whole = scan == JsonScan::kOk && IsBlankText(line.substr(at));
    const bool object = whole || (cut && scan == JsonScan::kIncomplete);
    if (cut && lines > 0 && !object) break;
    first |= lines == 0 && object;
    ++lines;
    objects += object;
  }
  if (head[begin] == '{' && (first || (lines > 2 && objects * 2 >= lines))) {
    return Json::kLines;
  }
  size_t at = begin;
  const JsonScan scan = ScanJsonValue(head, &at);
  if (scan == JsonScan::kIncomplete) {
    // A lone bracket is no JSON yet; a list of links in Markdown never is.
    return at > begin + 1 ? Json::kOther : Json::kNone;
  }
  return scan == JsonScan::kOk && IsBlankText(head.substr(at)) ? Json::kOther
                                                               : Json::kNone;
}

Format DetectText(std::string_view head) {
  if (LooksLikeVtt(head)) return Format::kVtt;
  if (LooksLikeSrt(head)) return Format::kSrt;
  const FrontMatter front = SplitFrontMatter(head);
  switch (LooksLikeHtml(front.body)) {
    case HtmlLook::kHtml:
      return Format::kHtml;
    case HtmlLook::kOtherXml:
      return Format::kUnknown;
    case HtmlLook::kNone:
      break;
  }
  if (front.kind != FrontMatter::Kind::kNone ||
      MarkdownWeight(front.body) >= kMarkdownEnough) {
    return Format::kMarkdown;
  }
  return Format::kText;
}

// UTF-16 and UTF-32 are told by their marks, then read as what they say.
bool DecodeMarked(std::string_view head, std::string* utf8) {
  using std::string_view_literals::operator""sv;
  if (head.starts_with("\xFF\xFE\0\0"sv)) {
    DecodeUtf32(head.substr(4), false, utf8);
  } else if (head.starts_with("\0\0\xFE\xFF"sv)) {
    DecodeUtf32(head.substr(4), true, utf8);
  } else if (head.starts_with("\xFF\xFE"sv)) {
    DecodeUtf16(head.substr(2), false, utf8);
  } else if (head.starts_with("\xFE\xFF"sv)) {
    DecodeUtf16(head.substr(2), true, utf8);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string_view FormatName(Format format) {
  switch (format) {
    case Format::kUnknown:
      return "unknown";
    case Format::kJsonl:
      return "jsonl";
    case Format::kWarc:
      return "warc";
    case Format::kArc:
      return "arc";
    case Format::kHtml:
      return "html";
    case Format::kVtt:
      return "vtt";
    case Format::kSrt:
      return "srt";
    case Format::kMarkdown:
      return "markdown";
    case Format::kText:
      return "text";
    case Format::kParquet:
      return "parquet";
    case Format::kWiki:
      return "wiki";
    case Format::kCsv:
      return "csv";
  }
  return "unknown";
}

Format DetectFormat(std::string_view head, bool end) {
  std::string decoded;
  if (DecodeMarked(head, &decoded)) {
    return IsBinary(decoded) ? Format::kUnknown : DetectText(decoded);
  }
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const size_t first = head.find_first_not_of("\r\n");
  const std::string_view from_first = head.substr(std::min(first, head.size()));
  if (BeginsLikeWarc(from_first) || LooksLikeDamagedWarc(from_first)) {
    return Format::kWarc;
  }
  if (LooksLikeArc(from_first)) return Format::kArc;
  if (LooksLikeWikiDump(from_first)) return Format::kWiki;
  for (const std::string_view magic : kForeign) {
    if (head.starts_with(magic)) return Format::kUnknown;
  }
  // Before the search for control bytes: a damaged line is the reader's.
  switch (DetectJson(head, end)) {
    case Json::kLines:
      return Format::kJsonl;
    case Json::kOther:
      return Format::kUnknown;
    case Json::kNone:
      break;
  }
  return IsBinary(head) ? Format::kUnknown : DetectText(head);
}

Format DetectFormatFor(std::string_view text_field, std::string_view head,
                       bool end) {
  return LooksLikeCsv(head, end, text_field) ? Format::kCsv
                                             : DetectFormat(head, end);
}

}  // namespace winnow
