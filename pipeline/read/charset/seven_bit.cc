// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/seven_bit.h"

#include "pipeline/error.h"
#include "pipeline/read/charset/tables.h"

namespace winnow {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr unsigned char kShiftOut = 0x0E;
constexpr unsigned char kShiftIn = 0x0F;
constexpr unsigned char kEscape = 0x1B;

bool IsGraphic(unsigned char b) { return b >= 0x21 && b <= 0x7E; }

// Walks the bytes; a decoder says what each means.
class SevenBit {
 public:
  SevenBit(std::string_view bytes, char* out) : bytes_(bytes), out_(out) {}

  void Iso2022Jp();
  void Iso2022Kr();
  void Iso2022Cn();
  void Hz();

  char* out() const { return out_; }
  uint64_t errors() const { return errors_; }

 private:
  bool AtEnd() const { return at_ >= bytes_.size(); }
  unsigned char Byte(size_t i = 0) const {
    return at_ + i < bytes_.size() ? static_cast<unsigned char>(bytes_[at_ + i])
                                   : 0;
  }
  bool Follows(std::string_view s) const {
    return bytes_.substr(at_, s.size()) == s;
  }
  bool Skip(std::string_view s) {
    if (!Follows(s)) return false;
    at_ += s.size();
    return true;
  }
  void Put(char32_t c) { out_ = PutUtf8(c, out_); }
  void Fail(size_t bytes) {
    Put(kReplacement);
    ++errors_;
    at_ += bytes;
  }
  // ASCII, or an error.
  void PutByte() {
    if (Byte() >= 0x80) return Fail(1);
    Put(Byte());
    ++at_;
  }
  // A pair of a set whose table has the high bits.
  void PutPair(PairSet set) {
    const unsigned lead = Byte();
    if (at_ + 1 >= bytes_.size()) return Fail(1);
    const unsigned trail = Byte(1);
    const char32_t c = IsGraphic(Byte()) && IsGraphic(Byte(1))
                           ? PairsOf(set).At(lead | 0x80, trail | 0x80)
                           : 0;
    if (c == 0) return Fail(trail == '\n' || trail == kEscape ? 1 : 2);
    Put(c);
    at_ += 2;
  }

  std::string_view bytes_;
  char* out_;
  size_t at_ = 0;
  uint64_t errors_ = 0;
};

void SevenBit::Iso2022Jp() {
  enum class Set { kAscii, kRoman, kKatakana, kPairs };
  Set set = Set::kAscii;
  while (!AtEnd()) {
    const unsigned char b = Byte();
    if (b == kEscape) {
      if (Skip("\x1B(B")) {
        set = Set::kAscii;
      } else if (Skip("\x1B(J")) {
        set = Set::kRoman;
      } else if (Skip("\x1B(I")) {
        set = Set::kKatakana;
      } else if (Skip("\x1B$B") || Skip("\x1B$@")) {
        set = Set::kPairs;
      } else {
        Fail(1);
        continue;
      }
      // The standard calls two escapes in a row an error, against tricks with
      // markup. Old mail is full of them, and they lose nothing.
      continue;
    }
    if (set == Set::kAscii || set == Set::kRoman) {
      if (b == kShiftOut || b == kShiftIn) {
        Fail(1);
      } else if (set == Set::kRoman && (b == 0x5C || b == 0x7E)) {
        Put(b == 0x5C ? 0xA5 : 0x203E);
        ++at_;
      } else {
        PutByte();
      }
    } else if (set == Set::kKatakana) {
      if (b >= 0x21 && b <= 0x5F) {
        Put(0xFF61U + b - 0x21U);
        ++at_;
      } else if (b == '\n' || b == '\r') {
        PutByte();
      } else {
        Fail(1);
      }
    } else if (IsGraphic(b)) {
      PutPair(PairSet::kJis0208);
    } else if (b == '\n') {
      // A line begins in ASCII (RFC 1468), whatever a writer forgot.
      set = Set::kAscii;
      PutByte();
    } else if (b == '\r' || b == ' ' || b == '\t') {
      PutByte();
    } else {
      Fail(1);
    }
  }
}

void SevenBit::Iso2022Kr() {
  bool pairs = false;
  while (!AtEnd()) {
    const unsigned char b = Byte();
    if (b == kEscape) {
      if (!Skip("\x1B$)C")) Fail(1);
    } else if (b == kShiftOut || b == kShiftIn) {
      pairs = b == kShiftOut;
      ++at_;
    } else if (pairs && IsGraphic(b)) {
      PutPair(PairSet::kEucKr);
    } else {
      if (b == '\n') pairs = false;
      PutByte();
    }
  }
}

void SevenBit::Iso2022Cn() {
  bool pairs = false;
  PairSet shifted = PairSet::kGb18030;
  while (!AtEnd()) {
    const unsigned char b = Byte();
    if (b == kEscape) {
      if (Skip("\x1B$)A")) {
        shifted = PairSet::kGb18030;
      } else if (Skip("\x1B$)G")) {
        shifted = PairSet::kCnsPlane1;
      } else if (Skip("\x1B$*H")) {
        // Says what ESC N means, which is nothing else here.
      } else if (Skip("\x1BN")) {
        PutPair(PairSet::kCnsPlane2);
      } else {
        Fail(1);
      }
    } else if (b == kShiftOut || b == kShiftIn) {
      pairs = b == kShiftOut;
      ++at_;
    } else if (pairs && IsGraphic(b)) {
      PutPair(shifted);
    } else {
      if (b == '\n') pairs = false;
      PutByte();
    }
  }
}

void SevenBit::Hz() {
  bool pairs = false;
  while (!AtEnd()) {
    if (pairs && Skip("~}")) {
      pairs = false;
    } else if (!pairs && Skip("~{")) {
      pairs = true;
    } else if (!pairs && Skip("~~")) {
      Put('~');
    } else if (!pairs && Skip("~\n")) {
      // A line that goes on.
    } else if (pairs && IsGraphic(Byte())) {
      PutPair(PairSet::kGb18030);
    } else {
      if (Byte() == '\n') pairs = false;
      PutByte();
    }
  }
}

}  // namespace

uint64_t DecodeSevenBit(std::string_view bytes, const Encoding& encoding,
                        GrowingBuffer* out) {
  char* const begin = out->Reserve(3 * bytes.size() + 8);
  SevenBit decoder(bytes, begin);
  switch (encoding.kind) {
    case Encoding::kIso2022Jp:
      decoder.Iso2022Jp();
      break;
    case Encoding::kIso2022Kr:
      decoder.Iso2022Kr();
      break;
    case Encoding::kIso2022Cn:
      decoder.Iso2022Cn();
      break;
    case Encoding::kHz:
      decoder.Hz();
      break;
    default:
      WINNOW_CHECK(false);
  }
  out->set_size(static_cast<size_t>(decoder.out() - begin));
  return decoder.errors();
}

const Encoding* FindSevenBit(std::string_view bytes) {
  static const Encoding& jp = EncodingNamed("iso-2022-jp");
  static const Encoding& kr = EncodingNamed("iso-2022-kr");
  static const Encoding& cn = EncodingNamed("iso-2022-cn");
  for (size_t at = 0; (at = bytes.find('\x1B', at)) != bytes.npos; ++at) {
    const std::string_view escape = bytes.substr(at + 1, 3);
    if (escape == "$)C") return &kr;
    if (escape == "$)A" || escape == "$)G") return &cn;
    if (escape.starts_with("$B") || escape.starts_with("$@") ||
        escape.starts_with("(I")) {
      return &jp;
    }
  }
  return nullptr;
}

}  // namespace winnow
