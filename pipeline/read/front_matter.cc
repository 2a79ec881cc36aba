// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/front_matter.h"

#include <algorithm>
#include <vector>

#include "pipeline/json_writer.h"
#include "pipeline/read/json_scan.h"
#include "pipeline/read/json_string.h"
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr size_t kMaxFrontMatter = size_t{64} << 10;
constexpr size_t kMostKeys = 256;
constexpr size_t kMostKey = 128;

bool IsKeyChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         c == '"' || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
}

// The length of the key that `mark` follows, or 0.
size_t KeyLength(std::string_view line, char mark) {
  size_t i = 0;
  while (i < line.size() && i < kMostKey && IsKeyChar(line[i])) ++i;
  if (i == 0) return 0;
  size_t at = i;
  if (mark == '=') {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  }
  if (at == line.size() || line[at] != mark) return 0;
  const bool free = mark == '=' || at + 1 == line.size() ||
                    line[at + 1] == ' ' || line[at + 1] == '\t';
  return free ? i : 0;
}

std::string_view Unquoted(std::string_view key) {
  const bool quoted = key.size() >= 2 && key.front() == key.back() &&
                      (key.front() == '"' || key.front() == '\'');
  return quoted ? key.substr(1, key.size() - 2) : key;
}

// The bytes of a quoted scalar at the front of `s`, quotes included; 0 if it
// does not end here.
size_t QuotedLength(std::string_view s) {
  const char quote = s.front();
  for (size_t i = 1; i < s.size(); ++i) {
    if (quote == '"' && s[i] == '\\') {
      ++i;
    } else if (s[i] == quote) {
      if (quote == '"' || i + 1 == s.size() || s[i + 1] != '\'') return i + 1;
      ++i;
    }
  }
  return 0;
}

// A double-quoted scalar has JSON's escapes, and more that are left alone.
std::string Unescaped(std::string_view quoted) {
  const char quote = quoted.front();
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  std::string out;
  if (quote == '\'') {
    for (size_t i = 0; i < inner.size(); ++i) {
      out.push_back(inner[i]);
      if (inner[i] == '\'') ++i;
    }
    return out;
  }
  out.resize(inner.size());
  bool mended = false;
  const char* const end = UnescapeJson(inner, out.data(), &mended);
  if (end == nullptr) return std::string(inner);
  out.resize(static_cast<size_t>(end - out.data()));
  return out;
}

// A scalar of one line: quoted, or plain up to a comment.
std::string Scalar(std::string_view s) {
  s = TrimHttpSpace(s);
  if (s.empty()) return {};
  if (s.front() == '"' || s.front() == '\'') {
    const size_t n = QuotedLength(s);
    if (n != 0) return Unescaped(s.substr(0, n));
  }
  const size_t comment = s.find(" #");
  return std::string(TrimHttpSpace(s.substr(0, comment)));
}

// `[a, "b, c"]` to its items; false if it nests or does not end.
bool FlowList(std::string_view s, std::vector<std::string>* items) {
  s.remove_prefix(1);
  items->clear();
  while (true) {
    const size_t begin = s.find_first_not_of(" \t\r\n");
    if (begin == s.npos) return false;
    s.remove_prefix(begin);
    if (s.front() == ']') return true;
    if (s.front() == '[' || s.front() == '{') return false;
    size_t n = 0;
    if (s.front() == '"' || s.front() == '\'') {
      n = QuotedLength(s);
      if (n == 0) return false;
      items->push_back(Unescaped(s.substr(0, n)));
    } else {
      n = std::min(s.find_first_of(",]"), s.size());
      items->emplace_back(TrimHttpSpace(s.substr(0, n)));
    }
    s.remove_prefix(n);
    const size_t next = s.find_first_of(",]");
    if (next == s.npos) return false;
    s.remove_prefix(next + (s[next] == ',' ? 1 : 0));
  }
}

// Gathers members; drops what comes twice.
class Members {
 public:
  Members(std::vector<std::string>* seen, std::string* out, std::string* date)
      : seen_(*seen), out_(out), date_(date) {
    date_->clear();
    seen_.clear();
    seen_.emplace_back("charset");  // what the reader itself says
  }

  void String(std::string_view key, std::string_view value) {
    if (!Begin(key)) return;
    if (key == "date") date_->assign(value);
    AppendJsonString(value, out_);
  }
  void List(std::string_view key, const std::vector<std::string>& items) {
    if (!Begin(key)) return;
    out_->push_back('[');
    for (size_t i = 0; i < items.size(); ++i) {
      if (i != 0) out_->push_back(',');
      AppendJsonString(items[i], out_);
    }
    out_->push_back(']');
  }
  void Raw(std::string_view key, std::string_view json) {
    if (!Begin(key)) return;
    if (key == "date" && json.front() == '"') {
      date_->assign(Unescaped(json));
    }
    for (const char c : json) out_->push_back(c == '\n' || c == '\r' ? ' ' : c);
  }

 private:
  bool Begin(std::string_view key) {
    if (seen_.size() == kMostKeys) return false;
    if (std::find(seen_.begin(), seen_.end(), key) != seen_.end()) return false;
    seen_.emplace_back(key);
    if (!out_->empty()) out_->push_back(',');
    AppendJsonString(key, out_);
    out_->push_back(':');
    return true;
  }

  std::vector<std::string>& seen_;
  std::string* out_;
  std::string* date_;
};

// The lines that belong to a key: indented, blank, or items of a list.
std::string_view TakeNested(std::string_view block, size_t* pos, bool items) {
  const size_t begin = *pos;
  while (*pos < block.size()) {
    size_t next = *pos;
    const std::string_view line = NextHttpLine(block, &next);
    const bool nested = line.empty() || line.front() == ' ' ||
                        line.front() == '\t' ||
                        (items && (line == "-" || line.starts_with("- ")));
    if (!nested) break;
    *pos = next;
  }
  return block.substr(begin, *pos - begin);
}

// Items of a block list; false if a line is anything else.
bool BlockList(std::string_view lines, std::vector<std::string>* items) {
  items->clear();
  for (size_t pos = 0; pos < lines.size();) {
    const std::string_view line = TrimHttpSpace(NextHttpLine(lines, &pos));
    if (line.empty() || line.front() == '#') continue;
    if (line.front() != '-' || (line.size() > 1 && line[1] != ' ')) {
      return false;
    }
    items->push_back(Scalar(line.substr(1)));
  }
  return !items->empty();
}

// Trimmed lines, joined.
std::string Joined(std::string_view lines, char with) {
  std::string out;
  for (size_t pos = 0; pos < lines.size();) {
    const std::string_view line = TrimHttpSpace(NextHttpLine(lines, &pos));
    if (!out.empty()) out.push_back(with);
    out.append(line);
  }
  const size_t end = out.find_last_not_of(" \n");
  out.resize(end == out.npos ? 0 : end + 1);
  return out;
}

void Yaml(std::string_view block, std::vector<std::string>* scratch,
          Members* members) {
  std::vector<std::string>& items = *scratch;
  for (size_t pos = 0; pos < block.size();) {
    const std::string_view line = NextHttpLine(block, &pos);
    const size_t length = KeyLength(line, ':');
    if (length == 0) continue;  // a comment, or nothing we know
    const std::string_view key = Unquoted(line.substr(0, length));
    const std::string_view value = TrimHttpSpace(line.substr(length + 1));
    const bool empty = value.empty() || value.front() == '#';
    const std::string_view nested = TakeNested(block, &pos, empty);
    if (empty && BlockList(nested, &items)) {
      members->List(key, items);
    } else if (empty) {
      members->String(key, Joined(nested, '\n'));
    } else if (value.front() == '|' || value.front() == '>') {
      members->String(key, Joined(nested, value.front() == '|' ? '\n' : ' '));
    } else if (value.front() == '[') {
      const std::string whole = std::string(value) + " " + Joined(nested, ' ');
      if (FlowList(whole, &items)) {
        members->List(key, items);
      } else {
        members->String(key, Joined(whole, ' '));
      }
    } else {
      const std::string more = Joined(nested, ' ');
      members->String(key, more.empty()
                               ? Scalar(value)
                               : Scalar(std::string(value) + " " + more));
    }
  }
}

// A TOML value from its first byte: to the end of its line, its list, or its
// three quotes. Moves *pos behind it.
std::string_view TomlValue(std::string_view block, size_t* pos) {
  const std::string_view rest = block.substr(*pos);
  size_t end = std::min(rest.find('\n'), rest.size());
  if (rest.starts_with("\"\"\"") || rest.starts_with("'''")) {
    const size_t close = rest.find(rest.substr(0, 3), 3);
    if (close != rest.npos) end = close + 3;
  } else if (rest.starts_with("[")) {
    size_t depth = 0;
    for (size_t i = 0; i < rest.size(); ++i) {
      if (rest[i] == '"' || rest[i] == '\'') {
        const size_t n = QuotedLength(rest.substr(i));
        if (n == 0) break;  // not worth a second look
        i += n - 1;
      } else if (rest[i] == '[') {
        ++depth;
      } else if (rest[i] == ']' && --depth == 0) {
        end = i + 1;
        break;
      }
    }
  }
  *pos += end;
  return TrimHttpSpace(rest.substr(0, end));
}

void Toml(std::string_view block, std::vector<std::string>* scratch,
          Members* members) {
  std::vector<std::string>& items = *scratch;
  std::string table;
  for (size_t pos = 0; pos < block.size();) {
    const size_t begin = pos;
    std::string_view line = NextHttpLine(block, &pos);
    const size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    line.remove_prefix(indent);
    if (line.starts_with("[")) {
      const size_t first = line.find_first_not_of("[ ");
      const size_t last = line.find(']');
      table = first < last && last != line.npos
                  ? std::string(line.substr(first, last - first)) + "."
                  : "";
      continue;
    }
    const size_t length = KeyLength(line, '=');
    if (length == 0) continue;
    const std::string key =
        table + std::string(Unquoted(line.substr(0, length)));
    const size_t equals = line.find('=', length);
    const size_t blank = line.find_first_not_of(" \t", equals + 1);
    size_t at = begin + indent + std::min(blank, line.size());
    const std::string_view value = TomlValue(block, &at);
    pos = std::max(pos, at);
    if (value.starts_with("[") && FlowList(value, &items)) {
      members->List(key, items);
    } else if (value.size() >= 6 &&
               (value.starts_with("\"\"\"") || value.starts_with("'''"))) {
      members->String(key, TrimHttpSpace(value.substr(3, value.size() - 6)));
    } else {
      members->String(key, Scalar(value));
    }
  }
}

// Ends `found` before a body.
FrontMatter WithBody(FrontMatter::Kind kind, std::string_view block,
                     std::string_view body) {
  const size_t first = body.find_first_not_of("\r\n");
  body.remove_prefix(std::min(first, body.size()));
  return {kind, block, body};
}

FrontMatter SplitJson(std::string_view text) {
  const FrontMatter none{FrontMatter::Kind::kNone, {}, text};
  size_t line_end = 0;
  if (NextHttpLine(text, &line_end) != "{") return none;
  const std::string_view window = text.substr(0, kMaxFrontMatter);
  size_t end = 0;
  if (ScanJsonValue(window, &end) != JsonScan::kOk) return none;
  const std::string_view block = text.substr(0, end);
  if (!JsonMembers(block).Next()) return none;
  if (!TrimHttpSpace(NextHttpLine(text, &end)).empty()) return none;
  return WithBody(FrontMatter::Kind::kJson, block, text.substr(end));
}

}  // namespace

FrontMatter SplitFrontMatter(std::string_view text) {
  if (text.starts_with("{")) return SplitJson(text);
  const FrontMatter none{FrontMatter::Kind::kNone, {}, text};
  const bool toml = text.starts_with("+++");
  if (!toml && !text.starts_with("---")) return none;
  const std::string_view fence = text.substr(0, 3);
  const std::string_view window = text.substr(0, kMaxFrontMatter);
  size_t pos = 0;
  if (TrimHttpSpace(NextHttpLine(window, &pos)) != fence) return none;
  const size_t begin = pos;
  bool has_key = false;
  while (pos < window.size()) {
    const size_t line_begin = pos;
    const std::string_view line = NextHttpLine(window, &pos);
    if (line.starts_with(fence) || (!toml && line.starts_with("..."))) {
      if (!has_key || !TrimHttpSpace(line.substr(3)).empty()) return none;
      return WithBody(
          toml ? FrontMatter::Kind::kToml : FrontMatter::Kind::kYaml,
          text.substr(begin, line_begin - begin), text.substr(pos));
    }
    if (has_key || line.empty() || line.front() == '#') continue;
    if (KeyLength(line, toml ? '=' : ':') == 0 &&
        !(toml && line.front() == '[')) {
      return none;
    }
    has_key = true;
  }
  return none;
}

void FrontMatterReader::Append(const FrontMatter& front, std::string* metadata,
                               std::string* date) {
  Members members(&seen_, metadata, date);
  switch (front.kind) {
    case FrontMatter::Kind::kNone:
      return;
    case FrontMatter::Kind::kYaml:
      return Yaml(front.block, &items_, &members);
    case FrontMatter::Kind::kToml:
      return Toml(front.block, &items_, &members);
    case FrontMatter::Kind::kJson:
      for (JsonMembers json(front.block); json.Next();) {
        members.Raw(Unescaped(json.raw_key()), json.raw_value());
      }
  }
}

}  // namespace winnow
