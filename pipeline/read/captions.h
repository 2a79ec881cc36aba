// SPDX-License-Identifier: Apache-2.0
// Caption files: what WebVTT and SRT have in common, and the reader. One
// document a file: the cues' text without tags, one line each, in file order.
// Rolling captions stay as they are.
// Metadata: `format`, `cues`. The recording's length is the end of the last cue
// to end; speech is the union of the cues' spans. Times beyond 100 hours, and
// spans that end before they begin, are not believed; their text is.
#ifndef WINNOW_PIPELINE_READ_CAPTIONS_H_
#define WINNOW_PIPELINE_READ_CAPTIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/arena.h"
#include "pipeline/read/html/html_text_page.h"
#include "pipeline/read/record.h"

namespace winnow {

struct Cue {
  int64_t start_ms;
  int64_t end_ms;
  std::string_view payload;  // raw lines, into the file's text
};

// Times `[h:]mm:ss[.,]fff`, fraction optional, on both sides of an arrow; what
// follows is ignored. Minutes and seconds are below 60.
bool ParseCueTimes(std::string_view line, Cue* cue);

// True where the file begins so. A byte-order mark has been taken off.
bool LooksLikeVtt(std::string_view head);
bool LooksLikeSrt(std::string_view head);

// Appends the payload's lines: tags out, references resolved, white space
// collapsed, empty lines left out. `ass_codes`: `{\an8}` goes too, and only
// what looks like a tag is one (SRT).
void AppendCueText(std::string_view payload, bool ass_codes, std::string* out);

struct CaptionTimes {
  int64_t audio_ms = 0;
  int64_t speech_ms = 0;
};
// Sorts the cues by start.
CaptionTimes MeasureCues(std::vector<Cue>* cues);

// One for each worker.
class CaptionReader {
 public:
  explicit CaptionReader(PageReader* pages) : pages_(pages) {}
  void Read(const RecordSpan& span, ReadSink* sink);

 private:
  PageReader* const pages_;
  Arena clean_;  // the file with plain line ends
  std::vector<Cue> cues_;
  std::string text_;
  std::string metadata_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CAPTIONS_H_
