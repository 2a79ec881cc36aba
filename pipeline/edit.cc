// SPDX-License-Identifier: Apache-2.0
#include "pipeline/edit.h"

#include "pipeline/error.h"

namespace winnow {

std::string_view ApplyEdits(std::string_view text, std::span<const Edit> edits,
                            Arena* arena) {
  size_t bytes = text.size();
  size_t previous = 0;
  for (const Edit& e : edits) {
    WINNOW_CHECK(e.begin >= previous && e.begin <= e.end &&
                 e.end <= text.size());
    bytes = bytes - (e.end - e.begin) + e.replacement.size();
    previous = e.end;
  }
  if (bytes == 0) return {};
  char* const start = arena->Allocate(bytes);
  char* out = start;
  const auto put = [&](std::string_view s) {
    if (!s.empty()) std::memcpy(out, s.data(), s.size());
    out += s.size();
  };
  size_t at = 0;
  for (const Edit& e : edits) {
    put(text.substr(at, e.begin - at));
    put(e.replacement);
    at = e.end;
  }
  put(text.substr(at));
  return {start, bytes};
}

}  // namespace winnow
