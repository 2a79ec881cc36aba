// SPDX-License-Identifier: Apache-2.0
// The lower half of the tokenizer: the states of the WHATWG standard (13.2.5)
// over one input in memory. It knows nothing of trees: the handler says after
// each start tag how the text behind it is read. Time is linear in the input;
// nothing is allocated.
//
// A handler has
//   TextMode OnStartTag(StartTag* tag);   // the lexer fills it but for the
//   tree void OnEndTag(EndTag* tag); void OnText(std::string_view text, const
//   TextInfo& info); void OnComment(const Comment& comment); void
//   OnDoctype(const Doctype& doctype); bool CdataAllowed();                  //
//   asked at `<![CDATA[`
//
// Text comes in pieces, cut anywhere. CR and CRLF are LF. A NUL of data and
// CDATA is handed on as it stands, at the front of its piece.
#ifndef WINNOW_PIPELINE_READ_HTML_LEXER_H_
#define WINNOW_PIPELINE_READ_HTML_LEXER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pipeline/read/html/chars.h"
#include "pipeline/read/html/comment.h"
#include "pipeline/read/html/doctype.h"
#include "pipeline/read/html/html_text_references.h"
#include "pipeline/read/html/raw_text.h"
#include "pipeline/read/html/scan.h"
#include "pipeline/read/html/tag_scan.h"
#include "pipeline/read/html/token.h"
#include "pipeline/text/unicode.h"

namespace winnow::html {

template <typename Handler>
class Lexer {
 public:
  explicit Lexer(Handler* handler) : handler_(handler) {}

  // Reads `input` to its end, beginning in `mode`; `raw_name` is the element
  // whose end tag ends the first raw text.
  void Run(std::string_view input, TextMode mode = TextMode::kData,
           std::string_view raw_name = {}) {
    begin_ = input.data();
    end_ = begin_ + input.size();
    steps_ = 0;
    known_for_ = nullptr;
    unclosed_.fill(false);
    const char* p = begin_;
    if (mode == TextMode::kCdata) {
      p = Cdata(p);
    } else if (mode != TextMode::kData) {
      p = RawText(p, mode, raw_name);
    }
    while (p != end_) p = Data(p);
  }

  // May be asked in OnStartTag: is there an end tag for the raw text that
  // follows `tag`? The answer is kept, nothing is searched twice.
  bool HasRawEnd(const StartTag& tag, TextMode mode) {
    const char* const p = begin_ + tag.end;
    bool& unclosed = unclosed_[Index(tag.id)];
    if (unclosed) return false;
    FindRawEnd(p, mode, tag.name);
    unclosed = raw_end_ == nullptr;
    return !unclosed;
  }

  // Bytes looked at so far, those looked at twice counted twice.
  uint64_t steps() const { return steps_; }

 private:
  size_t Offset(const char* p) const { return static_cast<size_t>(p - begin_); }
  void Step(const char* from, const char* to) {
    steps_ += static_cast<size_t>(to - from) + 1;
  }

  void Emit(const char* from, const char* to, TextMode mode) {
    if (from == to) return;
    handler_->OnText({from, static_cast<size_t>(to - from)},
                     {Offset(from), mode, /*decoded=*/false});
  }
  void EmitDecoded(std::string_view text, const char* at, TextMode mode) {
    handler_->OnText(text, {Offset(at), mode, /*decoded=*/true});
  }

  // Text up to the next markup, and that.
  const char* Data(const char* p) {
    for (;;) {
      const char* const q = FindTextSpecial(p, end_);
      Step(p, q);
      Emit(p, q, TextMode::kData);
      if (q == end_) return q;
      if (*q == '<') return Markup(q);
      p = Special(q, end_, TextMode::kData);
    }
  }

  // q is at '&', CR or NUL. Returns where the text goes on.
  const char* Special(const char* q, const char* stop, TextMode mode) {
    if (*q == '&') return Reference(q, stop, mode);
    if (*q == '\r') {
      // The LF of a CRLF is the first byte of what follows.
      if (q + 1 == end_ || q[1] != '\n') EmitDecoded("\n", q, mode);
      return q + 1;
    }
    if (mode == TextMode::kData || mode == TextMode::kCdata) {
      const char* p = q;
      while (p != stop && *p == '\0') ++p;
      Step(q, p);
      Emit(q, p, mode);
      return p;
    }
    EmitDecoded("\xEF\xBF\xBD", q, mode);
    return q + 1;
  }

  const char* Reference(const char* q, const char* stop, TextMode mode) {
    const auto room = static_cast<size_t>(stop - q);
    const HtmlReference reference = ReadHtmlReference({q, room});
    steps_ += std::max(reference.length, std::min<size_t>(room, 33));
    if (reference.length == 0) {
      Emit(q, q + 1, mode);
      return q + 1;
    }
    char buffer[8];
    char* out = EncodeUtf8(reference.first, buffer);
    if (reference.second != 0) out = EncodeUtf8(reference.second, out);
    EmitDecoded({buffer, static_cast<size_t>(out - buffer)}, q, mode);
    return q + reference.length;
  }

  // less is at a '<' of data.
  const char* Markup(const char* less) {
    const char* const p = less + 1;
    if (p != end_) {
      if (IsLetter(*p)) return ReadStartTag(less);
      if (*p == '/') {
        if (p + 1 == end_) {
          Emit(less, end_, TextMode::kData);
          return end_;
        }
        if (IsLetter(p[1])) return ReadEndTag(less);
        if (p[1] == '>') return p + 2;
        return BogusComment(less, p + 1);
      }
      if (*p == '!') return Declaration(less);
      if (*p == '?') return BogusComment(less, p);
    }
    Emit(less, p, TextMode::kData);
    return p;
  }

  const char* ReadStartTag(const char* less) {
    const char* const p = ScanTag(less + 1, end_, &tag_);
    Step(less, p == nullptr ? end_ : p);
    if (p == nullptr) return end_;
    StartTag token;
    token.id = tag_.id;
    token.key = tag_.key;
    token.name = tag_.name;
    token.self_closing = tag_.self_closing;
    token.begin = Offset(less);
    token.end = Offset(p);
    token.attributes = {tag_.attributes.data(), tag_.attribute_count};
    token.dropped_attributes = tag_.dropped_attributes;
    const TextMode mode = handler_->OnStartTag(&token);
    return mode == TextMode::kData ? p : RawText(p, mode, token.name);
  }

  const char* ReadEndTag(const char* less) {
    const char* const p = ScanTag(less + 2, end_, &tag_);
    Step(less, p == nullptr ? end_ : p);
    if (p == nullptr) return end_;
    EndTag token;
    token.id = tag_.id;
    token.key = tag_.key;
    token.name = tag_.name;
    token.self_closing = tag_.self_closing;
    token.begin = Offset(less);
    token.end = Offset(p);
    handler_->OnEndTag(&token);
    return p;
  }

  const char* BogusComment(const char* less, const char* content) {
    const char* const close = FindByte(content, end_, '>');
    const char* const p = close == end_ ? end_ : close + 1;
    Step(less, p);
    handler_->OnComment({{content, static_cast<size_t>(close - content)},
                         Offset(less),
                         Offset(p)});
    return p;
  }

  // less is at `<!`.
  const char* Declaration(const char* less) {
    const char* const p = less + 2;
    const std::string_view rest(p, static_cast<size_t>(end_ - p));
    if (rest.starts_with("--")) {
      Comment comment;
      const char* const q = ScanComment(p + 2, end_, &comment.text);
      Step(less, q);
      comment.begin = Offset(less);
      comment.end = Offset(q);
      handler_->OnComment(comment);
      return q;
    }
    if (IsName(rest.substr(0, 7), "doctype")) {
      Doctype doctype;
      const char* const q = ScanDoctype(p + 7, end_, &doctype);
      Step(less, q);
      doctype.begin = Offset(less);
      doctype.end = Offset(q);
      handler_->OnDoctype(doctype);
      return q;
    }
    if (rest.starts_with("[CDATA[") && handler_->CdataAllowed()) {
      return Cdata(p + 7);
    }
    return BogusComment(less, p);
  }

  const char* Cdata(const char* p) {
    const std::string_view rest(p, static_cast<size_t>(end_ - p));
    const size_t close = rest.find("]]>");
    const char* const stop = close == std::string_view::npos ? end_ : p + close;
    Step(p, stop);
    EmitRaw(p, stop, TextMode::kCdata);
    return stop == end_ ? end_ : stop + 3;
  }

  // What follows a start tag (or the beginning) up to the end tag, which is
  // read as one.
  const char* RawText(const char* p, TextMode mode, std::string_view name) {
    FindRawEnd(p, mode, name);
    const char* const stop = raw_end_ == nullptr ? end_ : raw_end_;
    EmitRaw(p, stop, mode);
    return stop == end_ ? end_ : ReadEndTag(stop);
  }

  void FindRawEnd(const char* p, TextMode mode, std::string_view name) {
    if (known_for_ == p) return;
    known_for_ = p;
    raw_end_ = nullptr;
    if (mode == TextMode::kPlaintext) return;
    raw_end_ = mode == TextMode::kScript ? FindScriptEnd(p, end_, name)
                                         : FindEndTag(p, end_, name);
    Step(p, raw_end_ == nullptr ? end_ : raw_end_);
  }

  void EmitRaw(const char* p, const char* stop, TextMode mode) {
    while (p != stop) {
      const char* const q = mode == TextMode::kRcdata ? FindTextSpecial(p, stop)
                                                      : FindCrOrNul(p, stop);
      Step(p, q);
      Emit(p, q, mode);
      if (q == stop) return;
      if (*q == '<') {
        Emit(q, q + 1, mode);
        p = q + 1;
      } else {
        p = Special(q, stop, mode);
      }
    }
  }

  Handler* handler_;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  uint64_t steps_ = 0;
  const char* known_for_ = nullptr;  // raw_end_ is that of the text here
  const char* raw_end_ = nullptr;
  // No end tag of this name lies ahead: not to be looked for again.
  std::array<bool, kTagIds> unclosed_{};
  ScannedTag tag_;
};

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_LEXER_H_
