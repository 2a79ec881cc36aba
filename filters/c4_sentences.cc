// SPDX-License-Identifier: Apache-2.0
#include "filters/c4_sentences.h"

#include "pipeline/text/punctuation.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

// Moves *pos past terminal punctuation and the one quote that may close it.
void SkipStop(std::string_view line, size_t* pos) {
  while (*pos < line.size()) {
    size_t next = *pos;
    if (!IsTerminalPunctuation(DecodeUtf8(line, &next))) break;
    *pos = next;
  }
  if (*pos == line.size()) return;
  size_t next = *pos;
  const char32_t c = DecodeUtf8(line, &next);
  if (c == '"' || c == '\'' || c == 0x201D) *pos = next;
}

}  // namespace

uint32_t CountTerminalRuns(std::string_view line, uint32_t at_most) {
  uint32_t stops = 0;
  bool begun = false;  // a sentence has at least one character before its stop
  bool initial = false;  // there was a capital with a full stop in it
  for (size_t pos = 0; pos < line.size() && stops < at_most;) {
    size_t next = pos;
    const char32_t c = DecodeUtf8(line, &next);
    if (begun && IsTerminalPunctuation(c)) {
      SkipStop(line, &pos);
      ++stops;
      begun = initial = false;
      continue;
    }
    if (CodePoint(c).category == Category::kLu && next < line.size() &&
        line[next] == '.') {
      initial = true;
      ++next;
    }
    begun = true;
    pos = next;
  }
  if (stops < at_most && initial) ++stops;
  return stops == 0 && at_most > 0 ? 1 : stops;
}

C4Sentences::C4Sentences(Profile profile) {
  if (profile == Profile::kSpacyEn) {
    sentencizer_ = std::make_unique<Sentencizer>();
  }
}

uint32_t C4Sentences::Count(std::string_view line, uint32_t at_most) {
  return sentencizer_ ? sentencizer_->CountSentences(line, at_most)
                      : CountTerminalRuns(line, at_most);
}

}  // namespace winnow
