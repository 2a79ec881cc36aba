// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/captions.h"

#include <algorithm>
#include <array>

#include "pipeline/read/html/html_text_references.h"
#include "pipeline/read/plain_text.h"
#include "pipeline/read/srt.h"
#include "pipeline/read/vtt.h"
#include "pipeline/read/warc/http_fields.h"
#include "pipeline/text/unicode.h"

namespace winnow {
namespace {

constexpr int64_t kMaxMs = int64_t{100} * 3600 * 1000;
constexpr size_t kLongestTag = 200;  // in SRT

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads digits into *value, which saturates. False if there are none.
bool ReadNumber(std::string_view s, size_t* at, int64_t* value) {
  const size_t begin = *at;
  *value = 0;
  for (; *at < s.size() && IsDigit(s[*at]); ++*at) {
    *value = std::min<int64_t>(*value * 10 + (s[*at] - '0'), 1'000'000);
  }
  return *at > begin;
}

bool ReadTime(std::string_view s, size_t* at, int64_t* ms) {
  // A file shifted too far: before the beginning is the beginning.
  const bool negative = *at < s.size() && s[*at] == '-';
  if (negative) ++*at;
  int64_t parts[3] = {0, 0, 0};
  int n = 0;
  for (; n < 3; ++n) {
    if (n > 0) {
      if (*at >= s.size() || s[*at] != ':') break;
      ++*at;
    }
    if (!ReadNumber(s, at, &parts[n])) return false;
  }
  if (n < 2) return false;
  const int64_t hours = n == 3 ? parts[0] : 0;
  const int64_t minutes = parts[n - 2];
  const int64_t seconds = parts[n - 1];
  if (minutes > 59 || seconds > 59) return false;
  int64_t fraction = 0;
  if (*at < s.size() && (s[*at] == '.' || s[*at] == ',')) {
    ++*at;
    int64_t scale = 100;
    const size_t begin = *at;
    for (; *at < s.size() && IsDigit(s[*at]); ++*at, scale /= 10) {
      fraction += (s[*at] - '0') * scale;
    }
    if (*at == begin) return false;
  }
  *ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
  if (negative) *ms = 0;
  return true;
}

size_t SkipBlank(std::string_view s, size_t at) {
  while (at < s.size() && (s[at] == ' ' || s[at] == '\t')) ++at;
  return at;
}

// Bytes of the tag or code at s[0], or 0.
size_t TagLength(std::string_view s, bool ass_codes) {
  if (s[0] == '{') {
    if (!ass_codes || s.substr(0, 2) != "{\\") return 0;
    const size_t close = s.substr(0, kLongestTag).find('}');
    return close == std::string_view::npos ? 0 : close + 1;
  }
  if (!ass_codes) return std::min(s.find('>'), s.size() - 1) + 1;
  const size_t name = s.substr(0, 2) == "</" ? 2 : 1;
  if (name >= s.size()) return 0;
  const char lower = static_cast<char>(s[name] | 0x20);
  if (lower < 'a' || lower > 'z') return 0;
  const size_t close = s.substr(0, kLongestTag).find_first_of(">\n");
  return close == std::string_view::npos || s[close] == '\n' ? 0 : close + 1;
}

// Bytes that AppendCueText() must look at: the rest is copied in runs.
constexpr std::array<bool, 256> kSpecial = [] {
  std::array<bool, 256> t{};
  for (const char c : {'<', '&', '{', ' ', '\t', '\n', '\xC2'}) {
    t[static_cast<unsigned char>(c)] = true;
  }
  return t;
}();

bool IsSpecial(char c) { return kSpecial[static_cast<unsigned char>(c)]; }

// Appends text with one space for each run of white space, lines apart.
class CueLines {
 public:
  explicit CueLines(std::string* out) : out_(out) {}

  void Put(char32_t c) {
    if (c == '\n') {
      feed_ = true;
    } else if (c == ' ' || c == '\t' || c == 0xA0) {
      space_ = true;
    } else if (c >= 0x20 && c != 0x7F) {
      Separate();
      char buffer[4];
      out_->append(buffer, EncodeUtf8(c, buffer));
    }
  }
  void PutRun(std::string_view s) {
    Separate();
    out_->append(s);
  }

 private:
  void Separate() {
    const bool at_start = out_->empty() || out_->back() == '\n';
    if (feed_ && !at_start) {
      out_->push_back('\n');
    } else if (space_ && !at_start) {
      out_->push_back(' ');
    }
    feed_ = space_ = false;
  }

  std::string* out_;
  bool feed_ = true;
  bool space_ = false;
};

}  // namespace

bool ParseCueTimes(std::string_view line, Cue* cue) {
  size_t at = SkipBlank(line, 0);
  if (at >= line.size() || (!IsDigit(line[at]) && line[at] != '-'))
    return false;
  if (!ReadTime(line, &at, &cue->start_ms)) return false;
  at = SkipBlank(line, at);
  if (line.substr(at, 3) != "-->") return false;
  at = SkipBlank(line, at + 3);
  return ReadTime(line, &at, &cue->end_ms);
}

void AppendCueText(std::string_view payload, bool ass_codes, std::string* out) {
  CueLines lines(out);
  while (!payload.empty()) {
    const char c = payload[0];
    size_t length = 1;
    if ((c == '<' || c == '{') &&
        (length = TagLength(payload, ass_codes)) != 0) {
      payload.remove_prefix(length);
      continue;
    }
    length = 1;
    if (c == '&') {
      const HtmlReference reference = ReadHtmlReference(payload);
      if (reference.length != 0) {
        lines.Put(reference.first);
        if (reference.second != 0) lines.Put(reference.second);
        payload.remove_prefix(reference.length);
        continue;
      }
    }
    if (c == ' ' || c == '\t' || c == '\n') {
      lines.Put(static_cast<char32_t>(c));
    } else if (payload.substr(0, 2) == "\xC2\xA0") {
      lines.Put(' ');
      length = 2;
    } else {
      // A run of text, with the single spaces between its words.
      while (length < payload.size() &&
             (!IsSpecial(payload[length]) ||
              (payload[length] == ' ' && length + 1 < payload.size() &&
               !IsSpecial(payload[length + 1])))) {
        ++length;
      }
      lines.PutRun(payload.substr(0, length));
    }
    payload.remove_prefix(length);
  }
}

CaptionTimes MeasureCues(std::vector<Cue>* cues) {
  std::sort(cues->begin(), cues->end(),
            [](const Cue& a, const Cue& b) { return a.start_ms < b.start_ms; });
  CaptionTimes times;
  int64_t covered = 0;  // everything before this is counted
  for (const Cue& cue : *cues) {
    if (cue.end_ms < cue.start_ms || cue.end_ms > kMaxMs) continue;
    times.audio_ms = std::max(times.audio_ms, cue.end_ms);
    const int64_t begin = std::max(cue.start_ms, covered);
    if (cue.end_ms > begin) times.speech_ms += cue.end_ms - begin;
    covered = std::max(covered, cue.end_ms);
  }
  return times;
}

void CaptionReader::Read(const RecordSpan& span, ReadSink* sink) {
  const auto fail = [&](ReadReason reason) {
    sink->Unreadable(reason, span.decoded_offset, span.bytes.size());
  };
  metadata_.clear();
  std::string_view text;
  bool stable = false;
  const ReadReason reason =
      pages_->Decode({span.bytes, {}, true},
                     /*html=*/false, sink, &text, &stable, &metadata_);
  if (reason != ReadReason::kCount) return fail(reason);
  clean_.Reset();
  bool dropped = false;
  text = CleanText(text, /*stable=*/true, &clean_, &dropped);
  cues_.clear();
  const bool vtt = span.format == Format::kVtt;
  if (vtt) {
    ParseVtt(text, &cues_);
  } else {
    ParseSrt(text, &cues_);
  }
  if (cues_.empty()) return fail(ReadReason::kCaptionInvalid);
  text_.clear();
  for (const Cue& cue : cues_) AppendCueText(cue.payload, !vtt, &text_);
  if (text_.empty()) return fail(ReadReason::kTextEmpty);
  if (dropped) sink->Mended("text.control");
  AppendMetadata("format", FormatName(span.format), &metadata_);
  AppendMetadata("cues", cues_.size(), &metadata_);
  const CaptionTimes times = MeasureCues(&cues_);
  Arena& arena = sink->arena();
  Document& document = sink->Add(span.bytes.size());
  document.text = arena.Copy(text_);
  document.file = span.file;
  document.offset = span.decoded_offset;
  document.metadata = arena.Copy(metadata_);
  document.audio_ms = times.audio_ms;
  document.speech_ms = times.speech_ms;
}

}  // namespace winnow
