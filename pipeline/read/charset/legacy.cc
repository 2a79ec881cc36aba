// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/legacy.h"

#include <cstring>

#include "pipeline/error.h"
#include "pipeline/read/charset/tables.h"

namespace winnow {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Input, output and errors of one decoding. In the loops below a byte is read
// only in front of `end`.
struct Work {
  const unsigned char* in;
  const unsigned char* end;
  char* out;
  uint64_t errors = 0;

  size_t left() const { return static_cast<size_t>(end - in); }
  void Put(char32_t c) { out = PutUtf8(c, out); }
  // One error for the first byte, and the second unless it is ASCII.
  void Fail(bool has_second) {
    Put(kReplacement);
    ++errors;
    in += has_second && in[1] >= 0x80 ? 2 : 1;
  }
  void FailOne() {
    Put(kReplacement);
    ++errors;
    ++in;
  }
};

void DecodeSingleByte(const SingleByteTable& table, Work* w) {
  while (w->in < w->end) {
    if (*w->in < 0x80) {
      PutAscii(&w->in, w->end, &w->out);
      continue;
    }
    const SingleByteTable::Cell& cell = table.cells[*w->in - 0x80];
    if (cell.length == 0) {
      w->FailOne();
      continue;
    }
    // Three bytes fit always; the rest is overwritten.
    std::memcpy(w->out, cell.bytes, sizeof cell.bytes);
    w->out += cell.length;
    ++w->in;
  }
}

void DecodeEucKr(Work* w) {
  const PairTable& table = PairsOf(PairSet::kEucKr);
  while (w->in < w->end) {
    if (*w->in < 0x80) {
      PutAscii(&w->in, w->end, &w->out);
      continue;
    }
    const bool has_second = w->left() >= 2;
    const char32_t c = has_second ? table.At(w->in[0], w->in[1]) : 0;
    if (c == 0) {
      // 0x80 and 0xFF are no leads: an error of one byte.
      w->Fail(has_second && *w->in != 0x80 && *w->in != 0xFF);
      continue;
    }
    w->Put(c);
    w->in += 2;
  }
}

void DecodeBig5(Work* w) {
  static constexpr char32_t kTwo[4][2] = {
      {0xCA, 0x304}, {0xCA, 0x30C}, {0xEA, 0x304}, {0xEA, 0x30C}};
  const PairTable& table = PairsOf(PairSet::kBig5);
  while (w->in < w->end) {
    if (*w->in < 0x80) {
      PutAscii(&w->in, w->end, &w->out);
      continue;
    }
    const bool has_second = w->left() >= 2;
    const char32_t c = has_second ? table.At(w->in[0], w->in[1]) : 0;
    if (c == 0) {
      w->Fail(has_second && *w->in != 0x80 && *w->in != 0xFF);
      continue;
    }
    if (c >= PairTable::kTwo) {
      w->Put(kTwo[c - PairTable::kTwo][0]);
      w->Put(kTwo[c - PairTable::kTwo][1]);
    } else {
      w->Put(c);
    }
    w->in += 2;
  }
}

bool IsDigit(unsigned char b) { return b >= 0x30 && b <= 0x39; }
bool IsGbLead(unsigned char b) { return b >= 0x81 && b <= 0xFE; }

// Behind the lead and a digit. Not four bytes that are a character: the lead
// alone is the error; what the end cuts off is one error.
void DecodeGbFour(const std::vector<char16_t>& bmp, Work* w) {
  const size_t left = w->left();
  const unsigned char* const b = w->in;
  const bool cut = left == 2 || (left == 3 && IsGbLead(b[2]));
  if (cut) {
    w->FailOne();
    w->in = w->end;
    return;
  }
  if (left < 4 || !IsGbLead(b[2]) || !IsDigit(b[3])) return w->FailOne();
  const unsigned number = ((b[0] - 0x81U) * 10 + b[1] - 0x30U) * 1260 +
                          (b[2] - 0x81U) * 10 + b[3] - 0x30U;
  constexpr unsigned kPlanes = 189000;
  char32_t c = 0;
  if (number < bmp.size()) {
    c = bmp[number];
  } else if (number >= kPlanes && number - kPlanes <= 0xFFFFF) {
    c = 0x10000 + (number - kPlanes);
  }
  if (c == 0) return w->FailOne();
  w->Put(c);
  w->in += 4;
}

void DecodeGb18030(Work* w) {
  const PairTable& table = PairsOf(PairSet::kGb18030);
  const std::vector<char16_t>& bmp = Gb18030Bmp();
  while (w->in < w->end) {
    if (*w->in < 0x80) {
      PutAscii(&w->in, w->end, &w->out);
      continue;
    }
    if (*w->in == 0x80) {
      w->Put(0x20AC);
      ++w->in;
      continue;
    }
    const bool has_second = w->left() >= 2;
    if (has_second && *w->in != 0xFF && IsDigit(w->in[1])) {
      DecodeGbFour(bmp, w);
      continue;
    }
    const char32_t c = has_second ? table.At(w->in[0], w->in[1]) : 0;
    if (c == 0) {
      w->Fail(has_second && *w->in != 0xFF);
      continue;
    }
    w->Put(c);
    w->in += 2;
  }
}

void DecodeShiftJis(Work* w) {
  const PairTable& table = PairsOf(PairSet::kShiftJis);
  while (w->in < w->end) {
    const unsigned char lead = *w->in;
    if (lead < 0x80) {
      PutAscii(&w->in, w->end, &w->out);
    } else if (lead >= 0xA1 && lead <= 0xDF) {
      w->Put(0xFF61U + lead - 0xA1U);
      ++w->in;
    } else if (lead == 0x80) {
      w->Put(lead);
      ++w->in;
    } else if (lead == 0xA0 || lead > 0xFC) {
      w->FailOne();
    } else {
      const bool has_second = w->left() >= 2;
      const char32_t c = has_second ? table.At(lead, w->in[1]) : 0;
      if (c == 0) {
        w->Fail(has_second);
        continue;
      }
      w->Put(c);
      w->in += 2;
    }
  }
}

void DecodeEucJp(Work* w) {
  const PairTable& table = PairsOf(PairSet::kJis0208);
  const PairTable& more = PairsOf(PairSet::kJis0212);
  const auto high = [](unsigned char b) { return b >= 0xA1 && b <= 0xFE; };
  while (w->in < w->end) {
    const unsigned char lead = *w->in;
    if (lead < 0x80) {
      PutAscii(&w->in, w->end, &w->out);
      continue;
    }
    if (!high(lead) && lead != 0x8E && lead != 0x8F) {
      w->FailOne();
      continue;
    }
    const bool has_second = w->left() >= 2;
    const unsigned char second = has_second ? w->in[1] : 0;
    if (lead == 0x8E && second >= 0xA1 && second <= 0xDF) {
      w->Put(0xFF61U + second - 0xA1U);
      w->in += 2;
    } else if (lead == 0x8F && high(second)) {
      const bool has_third = w->left() >= 3;
      const char32_t c = has_third ? more.At(second, w->in[2]) : 0;
      if (c != 0) {
        w->Put(c);
        w->in += 3;
      } else {
        ++w->in;  // the error is that of the pair behind it
        w->Fail(has_third);
      }
    } else {
      const char32_t c = lead >= 0xA1 ? table.At(lead, second) : 0;
      if (c == 0) {
        w->Fail(has_second);
        continue;
      }
      w->Put(c);
      w->in += 2;
    }
  }
}

// Pairs are plane 1; 0x8E and 0xA2 lead a pair of plane 2.
void DecodeEucTw(Work* w) {
  const PairTable& plane1 = PairsOf(PairSet::kCnsPlane1);
  const PairTable& plane2 = PairsOf(PairSet::kCnsPlane2);
  while (w->in < w->end) {
    if (*w->in < 0x80) {
      PutAscii(&w->in, w->end, &w->out);
    } else if (*w->in == 0x8E && w->left() >= 4 && w->in[1] >= 0xA1 &&
               w->in[1] <= 0xA2) {
      const PairTable& table = w->in[1] == 0xA1 ? plane1 : plane2;
      const char32_t c = table.At(w->in[2], w->in[3]);
      w->errors += c == 0;
      w->Put(c == 0 ? kReplacement : c);
      w->in += 4;
    } else {
      const bool has_second = w->left() >= 2;
      const char32_t c = has_second ? plane1.At(w->in[0], w->in[1]) : 0;
      if (c == 0) {
        w->Fail(has_second && *w->in >= 0xA1);
        continue;
      }
      w->Put(c);
      w->in += 2;
    }
  }
}

}  // namespace

uint64_t DecodeLegacy(std::string_view bytes, const Encoding& encoding,
                      GrowingBuffer* out) {
  char* const begin = out->Reserve(3 * bytes.size() + 8);
  const auto* in = reinterpret_cast<const unsigned char*>(bytes.data());
  Work work{in, in + bytes.size(), begin};
  switch (encoding.kind) {
    case Encoding::kSingleByte:
      DecodeSingleByte(SingleBytesOf(encoding), &work);
      break;
    case Encoding::kEucKr:
      DecodeEucKr(&work);
      break;
    case Encoding::kGb18030:
      DecodeGb18030(&work);
      break;
    case Encoding::kBig5:
      DecodeBig5(&work);
      break;
    case Encoding::kEucJp:
      DecodeEucJp(&work);
      break;
    case Encoding::kShiftJis:
      DecodeShiftJis(&work);
      break;
    case Encoding::kEucTw:
      DecodeEucTw(&work);
      break;
    default:
      WINNOW_CHECK(false);
  }
  out->set_size(static_cast<size_t>(work.out - begin));
  return work.errors;
}

}  // namespace winnow
