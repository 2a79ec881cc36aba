// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/detect.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <cstring>
#include <iterator>

#include "pipeline/error.h"
#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

constexpr size_t kEdgeBytes = size_t{64} << 10;
// So many Hangul or kana are no accident.
constexpr uint64_t kPlentyOfPairs = 100;

// How far an answer is to be trusted, and what must hold for it.
enum class Trust : uint8_t {
  kPairs,     // East Asian: decoding decides
  kScript,    // another alphabet: high bytes stand together
  kLatin,     // a Latin alphabet: not for a few accents
  kDoubtful,  // more often wrong than right: not for what reads as Western
};

struct Answer {
  std::string_view library;   // uchardet's name
  std::string_view encoding;  // ours
  Trust trust;
};

constexpr Answer kAnswers[] = {
    {"BIG5", "big5", Trust::kPairs},
    {"EUC-JP", "euc-jp", Trust::kPairs},
    {"EUC-KR", "euc-kr", Trust::kPairs},
    {"EUC-TW", "euc-tw", Trust::kPairs},
    {"GB18030", "gb18030", Trust::kPairs},
    {"HZ-GB-2312", "hz-gb-2312", Trust::kPairs},
    {"IBM852", "ibm852", Trust::kDoubtful},
    {"IBM855", "ibm855", Trust::kScript},
    {"IBM866", "ibm866", Trust::kScript},
    {"ISO-8859-1", "windows-1252", Trust::kLatin},
    {"ISO-8859-10", "iso-8859-10", Trust::kLatin},
    {"ISO-8859-11", "windows-874", Trust::kScript},
    {"ISO-8859-13", "iso-8859-13", Trust::kLatin},
    {"ISO-8859-15", "iso-8859-15", Trust::kLatin},
    {"ISO-8859-16", "iso-8859-16", Trust::kLatin},
    {"ISO-8859-2", "iso-8859-2", Trust::kLatin},
    {"ISO-8859-3", "iso-8859-3", Trust::kLatin},
    {"ISO-8859-4", "iso-8859-4", Trust::kLatin},
    {"ISO-8859-5", "iso-8859-5", Trust::kScript},
    {"ISO-8859-6", "iso-8859-6", Trust::kScript},
    {"ISO-8859-7", "iso-8859-7", Trust::kScript},
    {"ISO-8859-8", "iso-8859-8", Trust::kScript},
    {"ISO-8859-9", "windows-1254", Trust::kLatin},
    {"KOI8-R", "koi8-r", Trust::kScript},
    {"MAC-CENTRALEUROPE", "x-mac-ce", Trust::kDoubtful},
    {"MAC-CYRILLIC", "x-mac-cyrillic", Trust::kScript},
    {"SHIFT_JIS", "shift_jis", Trust::kPairs},
    {"TIS-620", "windows-874", Trust::kScript},
    {"UHC", "euc-kr", Trust::kPairs},
    {"WINDOWS-1250", "windows-1250", Trust::kLatin},
    {"WINDOWS-1251", "windows-1251", Trust::kScript},
    {"WINDOWS-1252", "windows-1252", Trust::kLatin},
    {"WINDOWS-1253", "windows-1253", Trust::kScript},
    {"WINDOWS-1255", "windows-1255", Trust::kScript},
    {"WINDOWS-1256", "windows-1256", Trust::kScript},
    {"WINDOWS-1257", "windows-1257", Trust::kLatin},
    {"WINDOWS-1258", "windows-1258", Trust::kLatin},
};

const Answer* FindAnswer(std::string_view library) {
  const Answer* found =
      std::find_if(std::begin(kAnswers), std::end(kAnswers),
                   [&](const Answer& a) { return a.library == library; });
  return found == std::end(kAnswers) ? nullptr : found;
}

// East Asian text that the library missed, by the rows of its pairs. Western
// text has few pairs of high bytes, and those all over the rows.
std::string_view GuessPairs(const ByteEvidence& e) {
  if (e.pairs < 3 || e.broken * 20 > e.high) return {};
  const uint64_t characters = e.pairs - e.symbols;
  if (e.kana * 4 >= characters && e.kana > 0) return "euc-jp";
  if (e.hangul * 20 >= characters * 19 && e.hangul > 0) return "euc-kr";
  if (e.hanzi * 4 >= characters * 3) return "gb18030";
  return {};
}

}  // namespace

struct CharsetDetector::Library {
  Library() : handle(uchardet_new()) { WINNOW_CHECK(handle != nullptr); }
  ~Library() { uchardet_delete(handle); }
  std::string_view Ask(std::string_view bytes);

  uchardet_t handle;
};

std::string_view CharsetDetector::Library::Ask(std::string_view bytes) {
  uchardet_reset(handle);
  const std::string_view head = bytes.substr(0, kEdgeBytes);
  std::string_view tail = bytes.substr(head.size());
  tail.remove_prefix(tail.size() - std::min(tail.size(), kEdgeBytes));
  if (!tail.empty() && tail.data() != head.data() + head.size()) {
    // Behind the gap from a line on, so that no pair is read across it.
    const size_t feed = tail.find('\n');
    if (feed != tail.npos) tail.remove_prefix(feed);
  }
  for (const std::string_view part : {head, tail}) {
    if (part.empty()) continue;
    if (uchardet_handle_data(handle, part.data(), part.size()) != 0) return {};
  }
  uchardet_data_end(handle);
  return uchardet_get_charset(handle);
}

CharsetDetector::CharsetDetector() : library_(std::make_unique<Library>()) {}
CharsetDetector::~CharsetDetector() = default;

const Encoding* CharsetDetector::Guess(std::string_view bytes,
                                       const ByteEvidence& e) {
  // The library takes a hundred times as long as the evidence.
  if (e.pairs >= kPlentyOfPairs) {
    const std::string_view plain = GuessPairs(e);
    if (plain == "euc-kr" || plain == "euc-jp") return &EncodingNamed(plain);
  }
  const Encoding& western = EncodingNamed("windows-1252");
  const Answer* answer = FindAnswer(library_->Ask(bytes));
  const bool pairs = answer != nullptr && answer->trust == Trust::kPairs;
  if (pairs) {
    // Chinese text is not all in the rows of the Korean syllables.
    if (answer->encoding == "gb18030" && e.hangul >= 5 &&
        GuessPairs(e) == "euc-kr") {
      return &EncodingNamed("euc-kr");
    }
    return &EncodingNamed(answer->encoding);
  }
  // Script encodings have words of high bytes too; theirs is the better guess.
  if (answer == nullptr || answer->trust != Trust::kScript) {
    const std::string_view east = GuessPairs(e);
    if (!east.empty()) return &EncodingNamed(east);
  }
  if (answer == nullptr) return nullptr;
  const bool doubtful =
      answer->trust == Trust::kDoubtful ||
      (answer->trust == Trust::kScript && !e.HasWordsOfHighBytes()) ||
      (answer->trust == Trust::kLatin && e.FewHighBytes());
  if (doubtful && e.ReadsAs1252()) return &western;
  return &EncodingNamed(answer->encoding);
}

const Encoding* GuessUtf16(std::string_view bytes) {
  const std::string_view s = bytes.substr(0, kEdgeBytes);
  if (s.size() < 4 || std::memchr(s.data(), 0, s.size()) == nullptr) {
    return nullptr;
  }
  uint64_t zeros[2] = {0, 0};
  for (size_t i = 0; i < s.size(); ++i) zeros[i & 1] += s[i] == '\0';
  const bool little = zeros[1] > zeros[0];
  const uint64_t most = std::max(zeros[0], zeros[1]);
  const uint64_t least = std::min(zeros[0], zeros[1]);
  // Spaces and line feeds alone make that many, in any script. Bytes that are
  // UTF-8 as well can only be Latin text, of which every unit has a zero.
  const uint64_t share = IsValidUtf8(s) ? 4 : 50;
  if (most * share < s.size() || least * 100 > most) return nullptr;
  // The other half of a unit that has a zero is a character of ASCII or
  // Latin-1: a number of two bytes is seldom that for long.
  uint64_t sound = 0;
  for (size_t i = 0; i + 1 < s.size(); i += 2) {
    const char zero = s[i + (little ? 1 : 0)];
    const auto c = static_cast<unsigned char>(s[i + (little ? 0 : 1)]);
    if (zero != '\0') continue;
    sound += (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' ||
             c >= 0xA0;
  }
  if (sound * 100 < most * 98) return nullptr;
  return &EncodingNamed(little ? "utf-16le" : "utf-16be");
}

}  // namespace winnow
