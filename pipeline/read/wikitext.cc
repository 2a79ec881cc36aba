// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/wikitext.h"

#include <algorithm>

#include "pipeline/read/html/html_text_references.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMostTag = 4096;
constexpr size_t kMostUrl = 2048;

// Elements that go with what they hold.
constexpr std::string_view kDropped[] = {
    "ref",      "references", "math",      "chem",       "gallery",
    "timeline", "score",      "imagemap",  "graph",      "hiero",
    "mapframe", "maplink",    "inputbox",  "ce",         "templatedata",
    "style",    "script",     "indicator", "includeonly"};
// What they hold is text as it stands.
constexpr std::string_view kVerbatim[] = {"nowiki", "pre", "syntaxhighlight",
                                          "source"};
// Elements whose end is the end of a line.
constexpr std::string_view kBreaks[] = {"br", "p",  "div", "li",        "tr",
                                        "dd", "dt", "hr",  "blockquote"};

template <size_t n>
bool Holds(const std::string_view (&list)[n], std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsUrl(std::string_view s) {
  return s.starts_with("http://") || s.starts_with("https://") ||
         s.starts_with("//") || s.starts_with("ftp://") ||
         s.starts_with("mailto:");
}

// What must be looked at; everything else is copied in runs.
bool IsMark(char c) {
  switch (c) {
    case '{':
    case '}':
    case '[':
    case ']':
    case '|':
    case '<':
    case '&':
    case '\'':
    case '\n':
    case '_':
      return true;
    default:
      return static_cast<unsigned char>(c) < 0x20;
  }
}

// `</name` then white space or `>`, in either case, from `at` on.
size_t FindEndTag(std::string_view s, std::string_view name, size_t at) {
  for (at = s.find("</", at); at != kNone; at = s.find("</", at + 2)) {
    if (EqualsIgnoreCase(s.substr(at + 2, name.size()), name) &&
        !IsLetter(s.substr(at + 2 + name.size(), 1).empty()
                      ? 'x'
                      : s[at + 2 + name.size()])) {
      return at;
    }
  }
  return kNone;
}

}  // namespace

void WikiText::Extract(std::string_view source, std::string* out) {
  source_ = source;
  text_.clear();
  open_.clear();
  missing_.clear();
  for (size_t at = LineStart(0); at < source.size();) at = Step(at);
  AppendWikiLines(text_, out);
}

size_t WikiText::Step(size_t at) {
  size_t run = at;
  while (run < source_.size() && !IsMark(source_[run])) ++run;
  if (run != at) {
    text_.append(source_, at, run - at);
    return run;
  }
  switch (source_[at]) {
    case '{':
      return Brace(at);
    case '}':
      return CloseBrace(at);
    case '[':
      return Bracket(at);
    case ']':
      return CloseBracket(at);
    case '<':
      return Tag(at);
    case '&':
      return Reference(at);
    case '\'':
      return Quotes(at);
    case '\n':
      // A link to elsewhere ends with its line.
      while (!open_.empty() && open_.back().mark == Mark::kExternal) {
        open_.pop_back();
      }
      text_.push_back('\n');
      return LineStart(at + 1);
    case '|':
      if (source_.substr(at, 2) == "|}") {
        Open table{};
        if (PopTo(Mark::kTable, &table)) {
          text_.resize(table.out);
          return at + 2;
        }
      }
      if (!open_.empty() && open_.back().mark == Mark::kLink &&
          open_.back().bar == kNone) {
        open_.back().bar = text_.size();
      }
      text_.push_back('|');
      return at + 1;
    case '_': {
      // __TOC__ and its like.
      size_t end = at + 2;
      while (end < source_.size() && end < at + 40 && source_[end] >= 'A' &&
             source_[end] <= 'Z') {
        ++end;
      }
      if (source_.substr(at, 2) == "__" && end > at + 2 &&
          source_.substr(end, 2) == "__") {
        return end + 2;
      }
      text_.push_back('_');
      return at + 1;
    }
    case '\t':
      text_.push_back(' ');
      return at + 1;
    default:
      return at + 1;  // XML has no other control bytes
  }
}

// Marks that mean something at the start of a line alone.
size_t WikiText::LineStart(size_t at) {
  if (at >= source_.size()) return at;
  const std::string_view rest = source_.substr(at);
  switch (rest.front()) {
    case '=': {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      const size_t end = line.find_last_not_of(" \t");
      const size_t level = std::min<size_t>(line.find_first_not_of('='), 6);
      if (level > end || line[end] != '=') return at;
      size_t close = 0;
      while (close < level && line[end - close] == '=') ++close;
      if (close != level || end + 1 < 2 * level + 1) return at;
      text_.push_back('\x01');
      text_.push_back(static_cast<char>('0' + level));
      // What stands between is wikitext again; its closing marks are left to
      // the second pass.
      return at + level;
    }
    case '*':
    case '#':
    case ':':
    case ';': {
      const size_t end = std::min(rest.find_first_not_of("*#:;"), rest.size());
      const bool item = rest[end - 1] == '*' || rest[end - 1] == '#';
      if (item) text_.append("- ");
      const size_t space =
          std::min(rest.find_first_not_of(' ', end), rest.size());
      return at + space;
    }
    case '-':
      if (rest.starts_with("----")) {
        return at + std::min(rest.find_first_not_of('-'), rest.size());
      }
      return at;
    case '{':
    case ' ': {
      const size_t begin = std::min(rest.find_first_not_of(" :"), rest.size());
      if (rest.substr(begin, 2) == "{|" && rest.substr(begin, 3) != "{|}") {
        Push(Mark::kTable, at + begin + 2);
        return at + begin + 2;
      }
      return at + (rest.front() == ' ' ? 1 : 0);
    }
    default:
      return at;
  }
}

bool WikiText::Push(Mark mark, size_t source) {
  if (open_.size() == kMostOpen) return false;
  open_.push_back({mark, source, text_.size(), kNone});
  return true;
}

bool WikiText::PopTo(Mark mark, Open* open) {
  for (size_t i = open_.size(); i > 0; --i) {
    if (open_[i - 1].mark == mark) {
      *open = open_[i - 1];
      open_.resize(i - 1);
      return true;
    }
    // A table's or template's end does not close what began outside it.
    const Mark inner = open_[i - 1].mark;
    if (mark == Mark::kLink &&
        (inner == Mark::kTemplate || inner == Mark::kTable)) {
      return false;
    }
    // {{name|}} inside a table.
    if (mark == Mark::kTable && inner == Mark::kTemplate) return false;
  }
  return false;
}

size_t WikiText::Brace(size_t at) {
  if (source_.substr(at, 2) != "{{") {
    text_.push_back('{');
    return at + 1;
  }
  Push(Mark::kTemplate, at + 2);
  return at + 2;
}

size_t WikiText::CloseBrace(size_t at) {
  if (source_.substr(at, 2) != "}}") {
    text_.push_back('}');
    return at + 1;
  }
  Open open{};
  if (!PopTo(Mark::kTemplate, &open)) return at + 2;
  // What its argument was made into stands behind its last bar.
  const std::string_view kept =
      TemplateText(std::string_view(text_).substr(open.out));
  if (kept.empty()) {
    text_.resize(open.out);
  } else {
    const size_t begin = static_cast<size_t>(kept.data() - text_.data());
    const size_t length = kept.size();
    text_.erase(begin + length);
    text_.erase(open.out, begin - open.out);
  }
  return at + 2;
}

size_t WikiText::Bracket(size_t at) {
  if (source_.substr(at, 2) == "[[") {
    Push(Mark::kLink, at + 2);
    return at + 2;
  }
  const std::string_view rest = source_.substr(at + 1, kMostUrl);
  if (IsUrl(rest)) {
    const size_t end = rest.find_first_of(" ]\n\t<");
    if (end != kNone && rest[end] == ']') return at + end + 2;
    if (end != kNone && rest[end] != '\n' && Push(Mark::kExternal, at)) {
      return at + end + 1 + (rest[end] == '<' ? 0 : 1);
    }
  }
  text_.push_back('[');
  return at + 1;
}

size_t WikiText::CloseBracket(size_t at) {
  if (!open_.empty() && open_.back().mark == Mark::kExternal) {
    open_.pop_back();
    return at + 1;
  }
  Open open{};
  if (source_.substr(at, 2) != "]]" || !PopTo(Mark::kLink, &open)) {
    if (source_.substr(at, 2) == "]]") return at + 2;
    text_.push_back(']');
    return at + 1;
  }
  const std::string_view text = text_;
  const bool labelled = open.bar != kNone;
  const size_t target_end = labelled ? open.bar : text_.size();
  const std::string_view target = text.substr(open.out, target_end - open.out);
  if (links_.IsDropped(target, labelled)) {
    text_.resize(open.out);
  } else if (labelled && open.bar + 1 == text_.size()) {
    const std::string label(PipeTrick(target));
    text_.resize(open.out);
    text_.append(label);
  } else if (labelled) {
    text_.erase(open.out, open.bar + 1 - open.out);
  } else if (target.starts_with(':') || target.starts_with('#')) {
    text_.erase(open.out, 1);
  }
  return at + 2;
}

size_t WikiText::Tag(size_t at) {
  const std::string_view rest = source_.substr(at);
  if (rest.starts_with("<!--")) {
    const bool gone =
        std::find(missing_.begin(), missing_.end(), "!--") != missing_.end();
    const size_t end = gone ? kNone : rest.find("-->", 4);
    if (end == kNone) {
      if (!gone) missing_.emplace_back("!--");
      return at + 4;
    }
    return at + end + 3;
  }
  const bool closing = rest.size() > 1 && rest[1] == '/';
  const size_t name_at = closing ? 2 : 1;
  size_t name_end = name_at;
  while (name_end < rest.size() && name_end < 32 &&
         (IsLetter(rest[name_end]) ||
          (name_end > name_at && rest[name_end] >= '0' &&
           rest[name_end] <= '9'))) {
    ++name_end;
  }
  const size_t tag_end = rest.substr(0, kMostTag).find('>');
  if (name_end == name_at || tag_end == kNone) {
    text_.push_back('<');
    return at + 1;
  }
  std::string name(rest.substr(name_at, name_end - name_at));
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const size_t behind = at + tag_end + 1;
  const bool alone = rest[tag_end - 1] == '/';
  const bool dropped = Holds(kDropped, name);
  const bool verbatim = Holds(kVerbatim, name);
  if (!closing && !alone && (dropped || verbatim)) {
    const bool gone =
        std::find(missing_.begin(), missing_.end(), name) != missing_.end();
    const size_t end = gone ? kNone : FindEndTag(source_, name, behind);
    if (end == kNone) {
      if (!gone) missing_.push_back(name);
      return behind;
    }
    if (verbatim) AppendResolved(source_.substr(behind, end - behind), &text_);
    return std::min(source_.find('>', end), source_.size() - 1) + 1;
  }
  if (Holds(kBreaks, name) && (text_.empty() || text_.back() != '\n')) {
    text_.push_back('\n');
  }
  return behind;
}

size_t WikiText::Quotes(size_t at) {
  size_t end = at;
  while (end < source_.size() && source_[end] == '\'') ++end;
  const size_t n = end - at;
  const size_t kept = n == 1 ? 1 : n == 4 ? 1 : n > 5 ? n - 5 : 0;
  text_.append(kept, '\'');
  return end;
}

size_t WikiText::Reference(size_t at) {
  const HtmlReference found = ReadHtmlReference(source_.substr(at));
  if (found.length == 0) {
    text_.push_back('&');
    return at + 1;
  }
  const size_t before = text_.size();
  AppendResolved(source_.substr(at, found.length), &text_);
  // A space that does not break is a space; control bytes are nothing.
  const std::string_view made = std::string_view(text_).substr(before);
  const bool space = made == "\xC2\xA0" || made == "\xE2\x80\xAF" ||
                     made == "\t" || made == "\r";
  if (space || (made.size() == 1 && made[0] > 0 && made[0] < 0x20)) {
    text_.resize(before);
    text_.push_back(' ');
  }
  return at + found.length;
}

}  // namespace winnow
