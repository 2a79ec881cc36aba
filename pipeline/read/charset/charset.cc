// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include <algorithm>
#include <array>

#include "pipeline/read/charset/meta.h"
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

struct ByteCounts {
  uint64_t high = 0;     // 0x80 and above
  uint64_t control = 0;  // C0 except white space, and DEL
  uint64_t letters = 0;  // what is not white space
};

ByteCounts Count(std::string_view s) {
  ByteCounts n;
  for (const char c : s) {
    const auto b = static_cast<unsigned char>(c);
    n.high += b >= 0x80;
    n.letters += b > 0x20;
    n.control += (b < 0x20 && b != '\n' && b != '\t' && b != '\r' &&
                  b != '\f' && b != 0x1B) ||
                 b == 0x7F;
  }
  return n;
}

// The switch to two-byte characters of ISO-2022-JP.
bool HasJisEscape(std::string_view s) {
  for (size_t at = 0; (at = s.find('\x1B', at)) != std::string_view::npos;
       ++at) {
    const std::string_view escape = s.substr(at + 1, 2);
    if (escape == "$B" || escape == "$@") return true;
  }
  return false;
}

// ICU's own callback writes U+001A for a single bad byte.
void Substitute(const void* context, UConverterToUnicodeArgs* args, const char*,
                int32_t, UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  static constexpr UChar kReplacement = 0xFFFD;
  ++*const_cast<uint64_t*>(static_cast<const uint64_t*>(context));
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &kReplacement, 1, 0, error);
}

// The last character is cut off, as at the end of a page cut short.
bool EndsInsideCharacter(std::string_view s) {
  for (size_t n = 1; n <= 3 && n <= s.size(); ++n) {
    const auto lead = static_cast<unsigned char>(s[s.size() - n]);
    if ((lead & 0xC0) != 0x80) return Utf8Length(lead) > n;
  }
  return false;
}

}  // namespace

struct CharsetDecoder::State {
  ~State() {
    for (UConverter* converter : converters) {
      if (converter != nullptr) ucnv_close(converter);
    }
  }

  bool DecodeMarked(std::string_view bytes, const Encoding& encoding,
                    DecodedText* out);
  bool DecodeLegacy(std::string_view bytes, const Encoding& encoding,
                    DecodedText* out);
  bool DecodeRepaired(std::string_view bytes, bool declared, DecodedText* out);
  void Take(const Encoding& encoding, DecodedText* out) const {
    out->text = scratch;
    out->charset = encoding.name;
    out->converted = true;
    out->replaced = errors > 0;
  }

  std::array<UConverter*, kEncodings> converters{};
  uint64_t errors = 0;  // of the conversion at hand, counted by Substitute()
  std::string scratch;
};

// A byte-order mark, or a label that says UTF-16, is believed unless a tenth
// of the text is wrong.
bool CharsetDecoder::State::DecodeMarked(std::string_view bytes,
                                         const Encoding& encoding,
                                         DecodedText* out) {
  errors = 0;
  switch (encoding.kind) {
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      errors =
          DecodeUtf16(bytes, encoding.kind == Encoding::kUtf16Be, &scratch);
      break;
    case Encoding::kUtf32Le:
    case Encoding::kUtf32Be:
      errors =
          DecodeUtf32(bytes, encoding.kind == Encoding::kUtf32Be, &scratch);
      break;
    default:
      RepairUtf8(bytes, &scratch, &errors);
  }
  Take(encoding, out);
  return errors * 10 <= scratch.size();
}

bool CharsetDecoder::State::DecodeLegacy(std::string_view bytes,
                                         const Encoding& encoding,
                                         DecodedText* out) {
  constexpr size_t kMaxBytes = size_t{512} << 20;  // ICU counts in 32 bits
  if (bytes.size() > kMaxBytes) return false;
  UErrorCode error = U_ZERO_ERROR;
  UConverter*& converter = converters[encoding.index];
  if (converter == nullptr) {
    converter = ucnv_open(encoding.icu, &error);
    ucnv_setToUCallBack(converter, Substitute, &errors, nullptr, nullptr,
                        &error);
  }
  if (U_FAILURE(error)) return false;
  ucnv_reset(converter);
  errors = 0;
  // No encoding makes more than three bytes of one.
  scratch.resize(bytes.size() * 3 + 16);
  const int32_t length =
      ucnv_toAlgorithmic(UCNV_UTF8, converter, scratch.data(),
                         static_cast<int32_t>(scratch.size()), bytes.data(),
                         static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error) || length < 0) return false;
  scratch.resize(static_cast<size_t>(length));
  Take(encoding, out);
  if (errors == 0 || encoding.kind == Encoding::kSingleByte) return true;
  // Two bytes a character: a tenth of them wrong is another encoding.
  return errors * 20 <= Count(bytes).high;
}

// UTF-8 with mistakes. Sound sequences are proof: other encodings hardly ever
// look like them.
bool CharsetDecoder::State::DecodeRepaired(std::string_view bytes,
                                           bool declared, DecodedText* out) {
  RepairUtf8(bytes, &scratch, &errors);
  Take(EncodingNamed("utf-8"), out);
  const auto leads = std::count_if(scratch.begin(), scratch.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0xC2;
  });
  const uint64_t sound = static_cast<uint64_t>(leads) - errors;
  const uint64_t against = errors - (EndsInsideCharacter(bytes) ? 1 : 0);
  return sound >= (declared ? 1 : 4) * against;
}

CharsetDecoder::CharsetDecoder() : state_(std::make_unique<State>()) {}
CharsetDecoder::~CharsetDecoder() = default;

bool CharsetDecoder::Decode(std::string_view bytes, std::string_view label,
                            bool html, DecodedText* out) {
  *out = {};
  const Encoding& utf8 = EncodingNamed("utf-8");
  for (const Mark& mark : kMarks) {
    if (bytes.substr(0, mark.bytes.size()) != mark.bytes) continue;
    bytes.remove_prefix(mark.bytes.size());
    if (mark.name == utf8.name && IsValidUtf8(bytes)) {
      out->text = bytes;
      out->charset = utf8.name;
      return true;
    }
    return state_->DecodeMarked(bytes, EncodingNamed(mark.name), out);
  }
  const Encoding* declared = FindEncoding(label);
  const bool utf16 =
      declared != nullptr && (declared->kind == Encoding::kUtf16Le ||
                              declared->kind == Encoding::kUtf16Be);
  // A false label of UTF-16 would make nonsense of ASCII.
  if (utf16 && bytes.find('\0') != std::string_view::npos) {
    return state_->DecodeMarked(bytes, *declared, out);
  }
  if (IsValidUtf8(bytes)) {
    // Seven bits with escapes: valid, but not meant as UTF-8.
    const Encoding& jis = EncodingNamed("iso-2022-jp");
    if (HasJisEscape(bytes) && state_->DecodeLegacy(bytes, jis, out)) {
      return true;
    }
    *out = {};
    out->text = bytes;
    out->charset = utf8.name;
    return true;
  }
  if ((declared == nullptr || utf16) && html) declared = PrescanEncoding(bytes);
  if (declared != nullptr && declared->kind == Encoding::kRefused) return false;
  if (declared != nullptr && declared->icu != nullptr &&
      state_->DecodeLegacy(bytes, *declared, out)) {
    return true;
  }
  const bool says_utf8 = declared == &utf8;
  if (state_->DecodeRepaired(bytes, says_utf8, out)) return true;
  if (declared != nullptr && !says_utf8) return false;
  // Undeclared. Western text has few letters beyond ASCII.
  const ByteCounts counts = Count(bytes);
  if (counts.high * 4 > counts.letters || counts.control * 100 > bytes.size()) {
    return false;
  }
  return state_->DecodeLegacy(bytes, EncodingNamed("windows-1252"), out);
}

}  // namespace winnow
