// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/charset.h"

#include <algorithm>
#include <array>

#include "pipeline/read/charset/detect.h"
#include "pipeline/read/charset/evidence.h"
#include "pipeline/read/charset/legacy.h"
#include "pipeline/read/charset/meta.h"
#include "pipeline/read/charset/put.h"
#include "pipeline/read/charset/seven_bit.h"
#include "pipeline/read/charset/unicode.h"
#include "pipeline/text/unicode.h"
#include "pipeline/text/utf8.h"

namespace winnow {
namespace {

struct Mark {
  std::string_view bytes;
  std::string_view name;
};

// UTF-32LE begins like UTF-16LE and comes first.
constexpr Mark kMarks[] = {
    {"\xEF\xBB\xBF", "utf-8"},         {{"\xFF\xFE\0\0", 4}, "utf-32le"},
    {{"\0\0\xFE\xFF", 4}, "utf-32be"}, {"\xFF\xFE", "utf-16le"},
    {"\xFE\xFF", "utf-16be"},
};

// How many errors are too many, as shares of the high bytes (bytes, where an
// encoding has none). A browser replaces any number of them; a text that is
// wrong in every twentieth character has another encoding than it says.
constexpr uint64_t kDeclaredShare = 20;
constexpr uint64_t kGuessedShare = 50;

// The last character is cut off, as at the end of a page cut short.
bool EndsInsideCharacter(std::string_view s) {
  for (size_t n = 1; n <= 3 && n <= s.size(); ++n) {
    const auto lead = static_cast<unsigned char>(s[s.size() - n]);
    if ((lead & 0xC0) != 0x80) return Utf8Length(lead) > n;
  }
  return false;
}

bool IsUtf16(const Encoding& e) {
  return e.kind == Encoding::kUtf16Le || e.kind == Encoding::kUtf16Be;
}

// A transport's label comes first, but Latin-1 is what servers say of
// everything.
void PreferMeta(std::array<const Encoding*, 2>* labels) {
  const Encoding* transport = (*labels)[0];
  const Encoding* meta = (*labels)[1];
  if (transport != nullptr && meta != nullptr && meta->pairs() &&
      transport->name == "windows-1252") {
    std::swap((*labels)[0], (*labels)[1]);
  }
}

}  // namespace

std::string_view DecodedText::Mended() const {
  if (charset == "iso-2022-kr") return "charset.iso_2022_kr";
  if (charset == "iso-2022-cn") return "charset.iso_2022_cn";
  if (charset == "hz-gb-2312") return "charset.hz";
  if (by == CharsetBy::kDetector) return "charset.detected";
  if (by == CharsetBy::kFallback) return "charset.assumed";
  return {};
}

struct CharsetDecoder::State {
  bool DecodeMarked(std::string_view bytes, const Encoding& encoding,
                    CharsetBy by, DecodedText* out);
  bool DecodeRepaired(std::string_view bytes, bool declared, CharsetBy by,
                      DecodedText* out);
  bool DecodeAs(std::string_view bytes, const Encoding& encoding,
                uint64_t most_errors, CharsetBy by, DecodedText* out);
  bool DecodeSevenBits(std::string_view bytes, const Encoding* transport,
                       bool html, DecodedText* out);
  bool DecodeHigh(std::string_view bytes, const Encoding* transport, bool html,
                  DecodedText* out);

  GrowingBuffer buffer;  // from legacy encodings
  std::string unicode;   // from UTF-8, UTF-16, UTF-32
  CharsetDetector detector;
};

namespace {

void Take(std::string_view text, const Encoding& encoding, CharsetBy by,
          uint64_t errors, DecodedText* out) {
  out->text = text;
  out->charset = encoding.name;
  out->converted = true;
  out->replaced = errors > 0;
  out->by = by;
}

void TakeUtf8(std::string_view bytes, CharsetBy by, DecodedText* out) {
  *out = {};
  out->text = bytes;
  out->charset = "utf-8";
  out->by = by;
}

}  // namespace

// A byte-order mark, or a label that says UTF-16, is believed unless a tenth
// of the text is wrong.
bool CharsetDecoder::State::DecodeMarked(std::string_view bytes,
                                         const Encoding& encoding, CharsetBy by,
                                         DecodedText* out) {
  uint64_t errors = 0;
  const bool big = encoding.kind == Encoding::kUtf16Be ||
                   encoding.kind == Encoding::kUtf32Be;
  if (IsUtf16(encoding)) {
    errors = DecodeUtf16(bytes, big, &unicode);
  } else if (encoding.kind != Encoding::kUtf8) {
    errors = DecodeUtf32(bytes, big, &unicode);
  } else {
    RepairUtf8(bytes, &unicode, &errors);
  }
  Take(unicode, encoding, by, errors, out);
  return errors * 10 <= unicode.size();
}

bool CharsetDecoder::State::DecodeAs(std::string_view bytes,
                                     const Encoding& encoding,
                                     uint64_t most_errors, CharsetBy by,
                                     DecodedText* out) {
  const uint64_t errors = encoding.seven_bit()
                              ? DecodeSevenBit(bytes, encoding, &buffer)
                              : DecodeLegacy(bytes, encoding, &buffer);
  if (errors > most_errors) return false;
  Take(buffer.view(), encoding, by, errors, out);
  return true;
}

// UTF-8 with mistakes. Sound sequences are proof: other encodings hardly ever
// look like them.
bool CharsetDecoder::State::DecodeRepaired(std::string_view bytes,
                                           bool declared, CharsetBy by,
                                           DecodedText* out) {
  uint64_t errors = 0;
  RepairUtf8(bytes, &unicode, &errors);
  Take(unicode, EncodingNamed("utf-8"), by, errors, out);
  const auto leads = std::count_if(unicode.begin(), unicode.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0xC2;
  });
  const uint64_t sound = static_cast<uint64_t>(leads) - errors;
  const uint64_t against = errors - (EndsInsideCharacter(bytes) ? 1 : 0);
  return sound >= (declared ? 1 : 4) * against;
}

// ASCII, which may mean something else by its escapes. Valid UTF-8 with high
// bytes is never that.
bool CharsetDecoder::State::DecodeSevenBits(std::string_view bytes,
                                            const Encoding* transport,
                                            bool html, DecodedText* out) {
  const bool escapes = bytes.find('\x1B') != std::string_view::npos;
  if (!escapes && bytes.find("~{") == std::string_view::npos) return false;
  const std::array<const Encoding*, 2> labels = {
      transport, html ? PrescanEncoding(bytes) : nullptr};
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == nullptr || !labels[i]->seven_bit()) continue;
    const CharsetBy by = i == 0 ? CharsetBy::kTransport : CharsetBy::kMeta;
    if (DecodeAs(bytes, *labels[i], bytes.size() / 100, by, out)) return true;
  }
  const Encoding* found = escapes ? FindSevenBit(bytes) : nullptr;
  return found != nullptr &&
         DecodeAs(bytes, *found, bytes.size() / 200, CharsetBy::kEscapes, out);
}

// Bytes that are not valid UTF-8.
bool CharsetDecoder::State::DecodeHigh(std::string_view bytes,
                                       const Encoding* transport, bool html,
                                       DecodedText* out) {
  const ByteEvidence evidence = LookAt(bytes);
  const bool binary = evidence.control * 20 > bytes.size();
  std::array<const Encoding*, 2> labels = {
      transport, html ? PrescanEncoding(bytes) : nullptr};
  PreferMeta(&labels);
  for (const Encoding* label : labels) {
    if (label == nullptr || IsUtf16(*label) || binary) continue;
    if (label->kind == Encoding::kRefused) continue;
    const CharsetBy by =
        label == transport ? CharsetBy::kTransport : CharsetBy::kMeta;
    if (label->kind == Encoding::kUtf8) {
      if (DecodeRepaired(bytes, /*declared=*/true, by, out)) return true;
      continue;
    }
    const uint64_t of = label->seven_bit() ? bytes.size() : evidence.high;
    if (DecodeAs(bytes, *label, of / kDeclaredShare, by, out)) return true;
  }
  if (DecodeRepaired(bytes, /*declared=*/false, CharsetBy::kRepair, out)) {
    return true;
  }
  if (evidence.control * 100 > bytes.size()) return false;
  const Encoding* guess = detector.Guess(bytes, evidence);
  const Encoding& western = EncodingNamed("windows-1252");
  if (guess != nullptr && guess != &western && !guess->seven_bit()) {
    const uint64_t most =
        evidence.high / kGuessedShare + (guess->pairs() ? 1 : 0);
    if (DecodeAs(bytes, *guess, most, CharsetBy::kDetector, out)) return true;
  }
  // Western text has few letters beyond ASCII, and none in odd places.
  if (evidence.high * 4 > evidence.visible ||
      evidence.odd_1252 * 4 > evidence.high) {
    return false;
  }
  const CharsetBy by =
      guess == &western ? CharsetBy::kDetector : CharsetBy::kFallback;
  return DecodeAs(bytes, western, 0, by, out);
}

CharsetDecoder::CharsetDecoder() : state_(std::make_unique<State>()) {}
CharsetDecoder::~CharsetDecoder() = default;

bool CharsetDecoder::Decode(std::string_view bytes, std::string_view label,
                            bool html, DecodedText* out) {
  *out = {};
  for (const Mark& mark : kMarks) {
    if (bytes.substr(0, mark.bytes.size()) != mark.bytes) continue;
    bytes.remove_prefix(mark.bytes.size());
    if (mark.name == "utf-8" && IsValidUtf8(bytes)) {
      TakeUtf8(bytes, CharsetBy::kMark, out);
      return true;
    }
    return state_->DecodeMarked(bytes, EncodingNamed(mark.name),
                                CharsetBy::kMark, out);
  }
  const Encoding* transport = FindEncoding(label);
  if (bytes.find('\0') != std::string_view::npos) {
    // A false label of UTF-16 would make nonsense of ASCII.
    const bool said = transport != nullptr && IsUtf16(*transport);
    const Encoding* utf16 = said ? transport : GuessUtf16(bytes);
    if (utf16 != nullptr &&
        state_->DecodeMarked(
            bytes, *utf16, said ? CharsetBy::kTransport : CharsetBy::kDetector,
            out)) {
      return true;
    }
  }
  if (!IsValidUtf8(bytes)) {
    const bool decoded = state_->DecodeHigh(bytes, transport, html, out);
    if (!decoded) *out = {};
    return decoded;
  }
  if (state_->DecodeSevenBits(bytes, transport, html, out)) return true;
  TakeUtf8(bytes, CharsetBy::kValidUtf8, out);
  return true;
}

}  // namespace winnow
