// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/html_text_writer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "pipeline/read/html/scan.h"

namespace winnow {
namespace {

enum CharClass : unsigned char {
  kPlain,
  kSpace,
  kLead,  // 0xC2, which begins U+00A0
  kControl,
};

constexpr std::array<CharClass, 256> kClass = [] {
  std::array<CharClass, 256> t{};
  for (size_t c = 0; c < 0x20; ++c) t[c] = kControl;
  for (const char c : {' ', '\t', '\n', '\r', '\f'}) {
    t[static_cast<unsigned char>(c)] = kSpace;
  }
  t[0xC2] = kLead;
  t[0x7F] = kControl;
  return t;
}();

CharClass ClassOf(char c) { return kClass[static_cast<unsigned char>(c)]; }

std::string_view LeadingSpace(std::string_view s) {
  size_t n = 0;
  while (n < s.size() && ClassOf(s[n]) == kSpace) ++n;
  return s.substr(0, n);
}

}  // namespace

void HtmlTextWriter::Begin(size_t input_bytes) {
  const size_t needed = input_bytes + input_bytes / 4 + 64;
  if (needed > capacity_) {
    buffer_ = std::make_unique_for_overwrite<char[]>(needed);
    capacity_ = needed;
  }
  begin_ = out_ = buffer_.get();
  breaks_ = line_breaks_ = pre_ = 0;
  space_ = tab_ = false;
}

// Writes what was asked for before the text that comes now.
void HtmlTextWriter::Flush() {
  line_breaks_ = 0;
  if (breaks_ > 0) {
    FlushBreaks();
  } else if (out_ != begin_ && out_[-1] != '\n') {
    if (tab_) {
      *out_++ = '\t';
    } else if (space_) {
      *out_++ = ' ';
    }
  }
  breaks_ = 0;
  space_ = tab_ = false;
}

void HtmlTextWriter::FlushBreaks() {
  if (out_ == begin_) return;
  int have = 0;  // pre may end with its own
  while (have < breaks_ && out_ - begin_ > have && out_[-1 - have] == '\n') {
    ++have;
  }
  for (; have < breaks_; ++have) *out_++ = '\n';
}

void HtmlTextWriter::White(char c) {
  if (pre_ == 0) {
    space_ = true;
    return;
  }
  Flush();
  *out_++ = c == '\r' || c == '\f' ? '\n' : c;
}

void HtmlTextWriter::Text(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p != end) {
    switch (ClassOf(*p)) {
      case kPlain: {
        if (space_ || tab_ || breaks_ > 0 || line_breaks_ > 0) Flush();
        const char* stop = p + 1;
        if (end - p > 16) {
          stop = html::FindUneven(p + 1, end);
        } else {
          while (stop != end && (ClassOf(*stop) == kPlain || *stop == ' ') &&
                 !(*stop == ' ' && stop[-1] == ' ')) {
            ++stop;
          }
        }
        // One space between words stays as it is; at the end of the piece it
        // waits for what follows.
        if (stop[-1] == ' ') --stop;
        std::memcpy(out_, p, static_cast<size_t>(stop - p));
        out_ += stop - p;
        p = stop;
        break;
      }
      case kSpace:
        White(*p++);
        break;
      case kLead: {
        size_t length = 1;
        if (p + 1 != end) length = 2;
        if (length == 2 && p[1] == '\xA0') {
          White(' ');
        } else {
          Flush();
          std::memcpy(out_, p, length);
          out_ += length;
        }
        p += length;
        break;
      }
      case kControl:
        ++p;
        break;
    }
  }
}

void HtmlTextWriter::LineBreak() {
  if (line_breaks_ < 2) ++line_breaks_;
  Break(line_breaks_);
}

void HtmlTextWriter::Cell() { tab_ = true; }

void HtmlTextWriter::EnterPre() { ++pre_; }

void HtmlTextWriter::LeavePre() {
  if (pre_ > 0) --pre_;
}

void HtmlTextWriter::Truncate(const Mark& mark) {
  out_ = begin_ + mark.size;
  breaks_ = mark.breaks;
  line_breaks_ = mark.line_breaks;
  space_ = mark.space;
  tab_ = mark.tab;
}

// Of all that separates around removed spans the strongest stays. It is no
// longer than what was there, so that writing it is safe.
void HtmlTextWriter::Remove(const std::vector<TextSpan>& spans) {
  if (spans.empty()) return;
  const std::string_view text(begin_, size());
  char* out = begin_ + spans.front().begin;
  size_t feeds = 0;  // wanted, with those that the text before has
  char space = '\0';
  const auto feeds_before = [&] {
    const char* p = out;
    while (p != begin_ && p[-1] == '\n') --p;
    return static_cast<size_t>(out - p);
  };
  const auto take = [&](std::string_view s, size_t more) {
    const auto n = std::count(s.begin(), s.end(), '\n');
    if (n > 0) feeds = std::max(feeds, static_cast<size_t>(n) + more);
    if (!s.empty() && space != '\t') space = s.front();
  };
  for (size_t i = 0; i < spans.size(); ++i) {
    const TextSpan& span = spans[i];
    const size_t next = i + 1 < spans.size() ? spans[i + 1].begin : text.size();
    take(LeadingSpace(text.substr(span.begin, span.end - span.begin)),
         feeds_before());
    std::string_view kept = text.substr(span.end, next - span.end);
    const std::string_view behind = LeadingSpace(kept);
    take(behind, 0);
    kept.remove_prefix(behind.size());
    if (kept.empty()) continue;
    if (out != begin_) {
      const size_t have = feeds_before();
      if (feeds == 0 && have == 0 && space != '\0') *out++ = space;
      for (size_t n = have; n < feeds; ++n) *out++ = '\n';
    }
    std::memmove(out, kept.data(), kept.size());
    out += kept.size();
    feeds = 0;
    space = '\0';
  }
  out_ = out;
}

std::string_view HtmlTextWriter::Trimmed() const {
  std::string_view text(begin_, size());
  while (!text.empty() && ClassOf(text.front()) == kSpace)
    text.remove_prefix(1);
  while (!text.empty() && ClassOf(text.back()) == kSpace) text.remove_suffix(1);
  return text;
}

}  // namespace winnow
