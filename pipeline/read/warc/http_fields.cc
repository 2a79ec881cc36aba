// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t'; }

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

}  // namespace

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (Lower(a[i]) != Lower(b[i])) return false;
  }
  return true;
}

std::string_view TrimHttpSpace(std::string_view s) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t begin = s.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(kSpace) - begin + 1);
}

std::string_view NextHttpLine(std::string_view text, size_t* pos) {
  const size_t begin = *pos;
  const size_t feed = text.find('\n', begin);
  size_t end = feed;
  if (feed == std::string_view::npos) {
    end = *pos = text.size();
  } else {
    *pos = feed + 1;
    // Some copies have more than one CR, from a conversion too many.
    while (end > begin && text[end - 1] == '\r') --end;
  }
  return text.substr(begin, end - begin);
}

bool HttpFields::Next() {
  while (pos_ < text_.size()) {
    const std::string_view line = NextHttpLine(text_, &pos_);
    if (line.empty()) return false;
    if (IsSpace(line.front())) continue;  // folds the status line
    folded_ = false;
    const char* end = line.data() + line.size();
    while (pos_ < text_.size() && IsSpace(text_[pos_])) {
      const std::string_view more = NextHttpLine(text_, &pos_);
      end = more.data() + more.size();
      folded_ = true;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    name_ = TrimHttpSpace(line.substr(0, colon));
    const char* const value = line.data() + colon + 1;
    value_ = TrimHttpSpace({value, static_cast<size_t>(end - value)});
    return true;
  }
  return false;
}

void AppendUnfolded(std::string_view value, std::string* out) {
  const size_t begin = out->size();
  for (size_t pos = 0; pos < value.size();) {
    const std::string_view line = TrimHttpSpace(NextHttpLine(value, &pos));
    if (line.empty()) continue;
    if (out->size() > begin) out->push_back(' ');
    out->append(line);
  }
}

std::string_view MediaType(std::string_view content_type) {
  const std::string_view trimmed = TrimHttpSpace(content_type);
  return trimmed.substr(0, trimmed.find_first_of(";, \t"));
}

std::string_view MediaParameter(std::string_view content_type,
                                std::string_view name) {
  size_t at = content_type.find(';');
  while (at != std::string_view::npos) {
    std::string_view rest = content_type.substr(at + 1);
    const size_t next = rest.find(';');
    const std::string_view one = rest.substr(0, next);
    const size_t equals = one.find('=');
    if (equals != std::string_view::npos &&
        EqualsIgnoreCase(TrimHttpSpace(one.substr(0, equals)), name)) {
      std::string_view value = TrimHttpSpace(one.substr(equals + 1));
      while (!value.empty() &&
             (value.front() == '"' || value.front() == '\'')) {
        value.remove_prefix(1);
      }
      return value.substr(0, value.find_first_of("\"', \t"));
    }
    at = next == std::string_view::npos ? next : at + 1 + next;
  }
  return {};
}

}  // namespace winnow
