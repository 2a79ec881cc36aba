// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/filters/python_text.h"

#include "pipeline/text/unicode.h"

namespace winnow::testing {
namespace {

const U32 kSpaces =
    U"\t\n\v\f\r\x1C\x1D\x1E\x1F \x85\xA0\u1680\u2000\u2001\u2002\u2003\u2004"
    U"\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";
const U32 kBreaks = U"\n\r\v\f\x1C\x1D\x1E\x85\u2028\u2029";

bool IsIn(char32_t c, const U32& set) { return set.find(c) != U32::npos; }

}  // namespace

U32 Decode(std::string_view utf8) {
  U32 out;
  for (size_t pos = 0; pos < utf8.size();) {
    out.push_back(DecodeUtf8(utf8, &pos));
  }
  return out;
}

std::string Encode(const U32& text) {
  std::string out;
  for (const char32_t c : text) {
    char buffer[4];
    out.append(buffer, EncodeUtf8(c, buffer));
  }
  return out;
}

U32 PyLstrip(const U32& s) {
  const size_t at = s.find_first_not_of(kSpaces);
  return at == U32::npos ? U32() : s.substr(at);
}

U32 PyRstrip(const U32& s) {
  const size_t at = s.find_last_not_of(kSpaces);
  return at == U32::npos ? U32() : s.substr(0, at + 1);
}

U32 PyStrip(const U32& s) { return PyRstrip(PyLstrip(s)); }

std::vector<U32> PySplit(const U32& s) {
  std::vector<U32> out;
  U32 word;
  for (const char32_t c : s) {
    if (!IsIn(c, kSpaces)) {
      word.push_back(c);
    } else if (!word.empty()) {
      out.push_back(word);
      word.clear();
    }
  }
  if (!word.empty()) out.push_back(word);
  return out;
}

std::vector<U32> PySplit(const U32& s, char32_t break_) {
  std::vector<U32> out(1);
  for (const char32_t c : s) {
    if (c == break_) {
      out.emplace_back();
    } else {
      out.back().push_back(c);
    }
  }
  return out;
}

std::vector<U32> PySplitlines(const U32& s) {
  std::vector<U32> out;
  U32 line;
  bool open = false;
  for (size_t i = 0; i < s.size(); ++i) {
    if (!IsIn(s[i], kBreaks)) {
      line.push_back(s[i]);
      open = true;
      continue;
    }
    if (s[i] == U'\r' && i + 1 < s.size() && s[i + 1] == U'\n') ++i;
    out.push_back(line);
    line.clear();
    open = false;
  }
  if (open) out.push_back(line);
  return out;
}

std::vector<U32> SplitAtRuns(const U32& s, size_t least) {
  std::vector<U32> out(1);
  for (size_t i = 0; i < s.size();) {
    size_t run = 0;
    while (i + run < s.size() && s[i + run] == U'\n') ++run;
    if (run >= least) {
      out.emplace_back();
      i += run;
    } else {
      out.back().push_back(s[i]);
      ++i;
    }
  }
  return out;
}

size_t PyCount(const U32& s, const U32& what) {
  size_t count = 0;
  for (size_t at = s.find(what); at != U32::npos;
       at = s.find(what, at + what.size())) {
    ++count;
  }
  return count;
}

U32 PyJoin(const std::vector<U32>& parts, const U32& between) {
  U32 out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += between;
    out += parts[i];
  }
  return out;
}

U32 PyLower(const U32& s) {
  U32 out;
  for (const char32_t c : s) {
    if (c == 0x0130) {
      out += U"i\u0307";
    } else {
      out.push_back(ToLower(c));
    }
  }
  return out;
}

bool StartsWith(const U32& s, const U32& what) {
  return s.compare(0, what.size(), what) == 0;
}

bool EndsWith(const U32& s, const U32& what) {
  return s.size() >= what.size() && s.substr(s.size() - what.size()) == what;
}

bool Contains(const U32& s, const U32& what) {
  return s.find(what) != U32::npos;
}

}  // namespace winnow::testing
