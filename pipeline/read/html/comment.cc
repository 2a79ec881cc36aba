// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/comment.h"

#include "pipeline/read/html/scan.h"

namespace winnow::html {
namespace {

// Cuts what a comment must not end with; true if there was something.
bool CutEnd(std::string_view* text, std::string_view mark) {
  if (!text->ends_with(mark)) return false;
  text->remove_suffix(mark.size());
  return true;
}

}  // namespace

const char* ScanComment(const char* p, const char* end,
                        std::string_view* text) {
  const std::string_view rest(p, static_cast<size_t>(end - p));
  *text = {};
  if (rest.starts_with(">")) return p + 1;
  if (rest.starts_with("->")) return p + 2;
  for (const char* q = p; (q = FindByte(q, end, '>')) != end; ++q) {
    *text = {p, static_cast<size_t>(q - p)};
    if (CutEnd(text, "--") || CutEnd(text, "--!")) return q + 1;
  }
  // The input ends in the middle.
  *text = rest;
  if (!CutEnd(text, "--!") && !CutEnd(text, "--")) CutEnd(text, "-");
  return end;
}

}  // namespace winnow::html
