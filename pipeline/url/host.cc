// SPDX-License-Identifier: Apache-2.0
#include "pipeline/url/host.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>

#include "pipeline/error.h"
#include "pipeline/url/percent.h"

namespace winnow {
namespace {

constexpr size_t kMaxDomainBytes = 1024;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

char ToLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool IsForbiddenHost(unsigned char c) {
  return c == 0 || c == '\t' || c == '\n' || c == '\r' ||
         std::string_view(" #/:<>?@[\\]^|").find(static_cast<char>(c)) !=
             std::string_view::npos;
}

bool IsForbiddenDomain(unsigned char c) {
  return IsForbiddenHost(c) || c <= 0x1F || c == '%' || c == 0x7F;
}

// One number of an IPv4 address: decimal, 0 octal, 0x hexadecimal.
bool ParseNumber(std::string_view s, uint64_t* value) {
  if (s.empty()) return false;
  unsigned base = 10;
  if (s.size() >= 2 && s[0] == '0' && ToLower(s[1]) == 'x') {
    base = 16;
    s.remove_prefix(2);
  } else if (s.size() >= 2 && s[0] == '0') {
    base = 8;
    s.remove_prefix(1);
  }
  *value = 0;
  for (const char c : s) {
    const int digit = HexDigit(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= base) return false;
    *value = std::min<uint64_t>(*value * base + static_cast<unsigned>(digit),
                                uint64_t{1} << 40);
  }
  return true;
}

std::string_view LastLabel(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  return host.substr(host.rfind('.') + 1);  // npos + 1 = 0
}

bool EndsInNumber(std::string_view host) {
  const std::string_view last = LastLabel(host);
  if (last.empty()) return false;
  uint64_t value = 0;
  return std::all_of(last.begin(), last.end(), IsDigit) ||
         (last.size() >= 2 && last[0] == '0' && ToLower(last[1]) == 'x' &&
          ParseNumber(last, &value));
}

bool ParseIpv4(std::string_view host, std::string* out) {
  if (host.back() == '.') host.remove_suffix(1);
  std::array<uint64_t, 4> numbers{};
  size_t count = 0;
  while (true) {
    const size_t dot = host.find('.');
    if (count == numbers.size()) return false;
    if (!ParseNumber(host.substr(0, dot), &numbers[count++])) return false;
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  for (size_t i = 0; i + 1 < count; ++i) {
    if (numbers[i] > 255) return false;
  }
  // The last number fills what is left.
  uint64_t address = numbers[count - 1];
  if (address >= uint64_t{1} << 8 * (5 - count)) return false;
  for (size_t i = 0; i + 1 < count; ++i) address |= numbers[i] << 8 * (3 - i);
  for (unsigned shift = 24;; shift -= 8) {
    out->append(std::to_string(address >> shift & 255));
    if (shift == 0) return true;
    out->push_back('.');
  }
}

// The IPv4 address at the end of an IPv6 one: decimal, no leading zeros.
bool ParseTail(std::string_view s, std::array<uint16_t, 8>* pieces, size_t at) {
  uint32_t address = 0;
  for (int i = 0; i < 4; ++i) {
    size_t digits = 0;
    uint32_t value = 0;
    while (digits < s.size() && IsDigit(s[digits]) && digits < 4) {
      value = value * 10 + static_cast<uint32_t>(s[digits++] - '0');
    }
    if (digits == 0 || value > 255 || (digits > 1 && s[0] == '0')) return false;
    address = address << 8 | value;
    s.remove_prefix(digits);
    if (i == 3) break;
    if (s.empty() || s[0] != '.') return false;
    s.remove_prefix(1);
  }
  if (!s.empty()) return false;
  (*pieces)[at] = static_cast<uint16_t>(address >> 16);
  (*pieces)[at + 1] = static_cast<uint16_t>(address);
  return true;
}

void AppendIpv6(const std::array<uint16_t, 8>& pieces, std::string* out) {
  size_t best = 0;
  size_t best_length = 1;  // a single zero is written out
  for (size_t i = 0; i < 8;) {
    size_t end = i;
    while (end < 8 && pieces[end] == 0) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
    i = std::max(end, i + 1);
  }
  for (size_t i = 0; i < 8;) {
    if (best_length > 1 && i == best) {
      out->append(i == 0 ? "::" : ":");
      i += best_length;
      continue;
    }
    bool begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned digit = (unsigned{pieces[i]} >> shift) & 15U;
      begun |= digit != 0 || shift == 0;
      if (begun) out->push_back("0123456789abcdef"[digit]);
    }
    if (++i < 8) out->push_back(':');
  }
}

bool ParseIpv6(std::string_view s, std::string* out) {
  std::array<uint16_t, 8> pieces{};
  size_t count = 0;
  size_t gap = 9;  // where `::` stands
  if (s.starts_with("::")) {
    gap = 0;
    s.remove_prefix(2);
  } else if (s.starts_with(":")) {
    return false;
  }
  while (!s.empty()) {
    if (count == 8) return false;
    if (s[0] == ':') {
      if (gap != 9) return false;
      gap = count;
      s.remove_prefix(1);
      continue;
    }
    size_t digits = 0;
    unsigned value = 0;
    while (digits < s.size() && digits < 4 && HexDigit(s[digits]) >= 0) {
      value = value * 16 + static_cast<unsigned>(HexDigit(s[digits++]));
    }
    if (digits < s.size() && s[digits] == '.') {
      if (digits == 0 || count > 6 || !ParseTail(s, &pieces, count)) {
        return false;
      }
      count += 2;
      break;
    }
    if (digits == 0) return false;
    pieces[count++] = static_cast<uint16_t>(value);
    s.remove_prefix(digits);
    if (s.empty()) break;
    if (s[0] != ':' || s.size() == 1) return false;
    s.remove_prefix(1);
  }
  if (gap == 9 ? count != 8 : count == 8) return false;
  if (gap != 9) {
    std::rotate(pieces.begin() + static_cast<ptrdiff_t>(gap),
                pieces.begin() + static_cast<ptrdiff_t>(count), pieces.end());
  }
  out->push_back('[');
  AppendIpv6(pieces, out);
  out->push_back(']');
  return true;
}

const UIDNA* Idna() {
  static const UIDNA* const idna = [] {
    UErrorCode error = U_ZERO_ERROR;
    const UIDNA* opened = uidna_openUTS46(
        UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
            UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        &error);
    WINNOW_CHECK(U_SUCCESS(error));
    return opened;
  }();
  return idna;
}

// Lengths and hyphens are DNS's matter, not the URL's.
constexpr uint32_t kForgiven =
    UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
    UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
    UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

bool AppendIdna(std::string_view name, std::string* out) {
  char buffer[4 * kMaxDomainBytes];
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode error = U_ZERO_ERROR;
  const int32_t length = uidna_nameToASCII_UTF8(
      Idna(), name.data(), static_cast<int32_t>(name.size()), buffer,
      static_cast<int32_t>(sizeof buffer), &info, &error);
  if (U_FAILURE(error) || length <= 0 || (info.errors & ~kForgiven) != 0) {
    return false;
  }
  out->append(buffer, static_cast<size_t>(length));
  return true;
}

bool HasPunycodeLabel(std::string_view name) {
  for (size_t at = 0; at + 4 <= name.size();) {
    if (ToLower(name[at]) == 'x' && ToLower(name[at + 1]) == 'n' &&
        name[at + 2] == '-' && name[at + 3] == '-') {
      return true;
    }
    const size_t dot = name.find('.', at);
    if (dot == std::string_view::npos) return false;
    at = dot + 1;
  }
  return false;
}

// Percent-decoded, then as a domain name.
bool ParseDomain(std::string_view host, std::string* out) {
  if (host.empty() || host.size() > kMaxDomainBytes) return false;
  char decoded[kMaxDomainBytes];
  size_t n = 0;
  bool ascii = true;
  for (size_t i = 0; i < host.size(); ++i) {
    const int byte = PercentByte(host, i);
    if (byte >= 0) i += 2;
    const char c = byte >= 0 ? static_cast<char>(byte) : host[i];
    ascii &= static_cast<unsigned char>(c) < 0x80;
    decoded[n++] = ascii ? ToLower(c) : c;
  }
  const std::string_view name(decoded, n);
  const size_t begin = out->size();
  if (ascii && !HasPunycodeLabel(name)) {
    out->append(name);
  } else if (!AppendIdna(name, out)) {
    return false;
  }
  const std::string_view result = std::string_view(*out).substr(begin);
  return !result.empty() &&
         std::none_of(result.begin(), result.end(), [](char c) {
           return IsForbiddenDomain(static_cast<unsigned char>(c));
         });
}

}  // namespace

bool ParseHost(std::string_view host, bool special, HostKind* kind,
               std::string* out) {
  if (!host.empty() && host.front() == '[') {
    *kind = HostKind::kIpv6;
    return host.size() > 2 && host.back() == ']' &&
           ParseIpv6(host.substr(1, host.size() - 2), out);
  }
  if (!special) {
    *kind = HostKind::kOpaque;
    for (const char c : host) {
      if (IsForbiddenHost(static_cast<unsigned char>(c))) return false;
    }
    AppendEncoded(host, PercentSet::kControl, out);
    return true;
  }
  *kind = HostKind::kDomain;
  const size_t begin = out->size();
  if (!ParseDomain(host, out)) return false;
  if (!EndsInNumber(std::string_view(*out).substr(begin))) return true;
  *kind = HostKind::kIpv4;
  const std::string name = out->substr(begin);
  out->resize(begin);
  return ParseIpv4(name, out);
}

bool CanonicalDomain(std::string_view name, std::string* out) {
  HostKind kind = HostKind::kNone;
  out->clear();
  return ParseHost(name, /*special=*/true, &kind, out) &&
         kind == HostKind::kDomain;
}

}  // namespace winnow
