// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/raw_text.h"

#include "pipeline/read/html/chars.h"
#include "pipeline/read/html/scan.h"

namespace winnow::html {
namespace {

// Does p, behind a `<` or `</`, begin with the name and the end of one?
bool StartsWithName(const char* p, const char* end, std::string_view name) {
  if (static_cast<size_t>(end - p) <= name.size()) return false;
  for (size_t i = 0; i < name.size(); ++i) {
    if (Lower(p[i]) != Lower(name[i])) return false;
  }
  return Has(p[name.size()], kTagNameEndBit);
}

bool IsEndTag(const char* less, const char* end, std::string_view name) {
  return end - less > 2 && less[1] == '/' && !name.empty() &&
         StartsWithName(less + 2, end, name);
}

enum class Escape { kOut, kFound, kEnd };

// p is behind `<!--`, whose dashes count as those of a `-->`. Moves *p behind
// the `-->` (kOut), to the '<' of the end tag (kFound) or to the end.
Escape ReadEscaped(const char** position, const char* end,
                   std::string_view name) {
  constexpr std::string_view kScript = "script";
  bool twice = false;  // inside of a second <script
  int dashes = 2;
  const char* p = *position;
  for (; p != end; ++p) {
    if (*p == '-') {
      ++dashes;
      continue;
    }
    if (*p == '>' && dashes >= 2) {
      *position = p + 1;
      return Escape::kOut;
    }
    dashes = 0;
    if (*p != '<') continue;
    if (!twice && IsEndTag(p, end, name)) {
      *position = p;
      return Escape::kFound;
    }
    // What follows a name that fits is skipped with it; the skipped bytes hold
    // neither dashes nor '<'.
    if (!twice && StartsWithName(p + 1, end, kScript)) {
      twice = true;
      p += 1 + kScript.size();
    } else if (twice && IsEndTag(p, end, kScript)) {
      twice = false;
      p += 2 + kScript.size();
    }
  }
  *position = end;
  return Escape::kEnd;
}

}  // namespace

const char* FindEndTag(const char* p, const char* end, std::string_view name) {
  while ((p = FindByte(p, end, '<')) != end) {
    if (IsEndTag(p, end, name)) return p;
    ++p;
  }
  return nullptr;
}

const char* FindScriptEnd(const char* p, const char* end,
                          std::string_view name) {
  while ((p = FindByte(p, end, '<')) != end) {
    if (IsEndTag(p, end, name)) return p;
    ++p;
    if (!std::string_view(p, static_cast<size_t>(end - p)).starts_with("!--")) {
      continue;
    }
    p += 3;
    const Escape escape = ReadEscaped(&p, end, name);
    if (escape == Escape::kFound) return p;
    if (escape == Escape::kEnd) return nullptr;
  }
  return nullptr;
}

}  // namespace winnow::html
