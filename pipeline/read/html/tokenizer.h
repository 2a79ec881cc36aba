// SPDX-License-Identifier: Apache-2.0
// HTML to tokens: the lexer's states, steered by a simulated tree builder, so
// that <title>, <script>, <svg> and the like are read as a browser reads them.
// One pass, linear in the input; one tokenizer for each worker, which allocates
// nothing.
//
//   struct Words {
//     void Text(std::string_view text, const TextInfo& info) { ... }
//     void Start(const StartTag& tag) { ... }
//   };
//   Words words;
//   Tokenizer<Words> tokenizer(&words);
//   tokenizer.Run(page);
//
// A sink has any of these, called directly (none is virtual):
//   void Text(std::string_view text, const TextInfo& info);
//   void Start(const StartTag& tag);
//   void End(const EndTag& tag);        // as it stands; `ignored` if stray
//   void Close(const ClosedElement& closed, CloseReason reason);
//   void Comment(const Comment& comment);
//   void Doctype(const Doctype& doctype);
//
// Start without `ignored` and `childless` opens an element, at tag.depth on the
// stack; each such element is closed by exactly one Close, at the latest at the
// end. Closes come innermost first, before the Start or End that caused them.
// `closed.depth` is not always the top: a misnested </b> takes an element out
// of the middle. A sink that keeps its own stack erases there.
//
// Text is cut into pieces anywhere. Text of raw elements comes with its mode,
// between their Start and Close. The line feed right behind <pre>, <listing>
// and <textarea> is left out; NUL is dropped, or U+FFFD where the standard says
// so.
#ifndef WINNOW_PIPELINE_READ_HTML_TOKENIZER_H_
#define WINNOW_PIPELINE_READ_HTML_TOKENIZER_H_

#include <cstdint>
#include <string_view>

#include "pipeline/read/html/lexer.h"
#include "pipeline/read/html/open_elements.h"
#include "pipeline/read/html/token.h"
#include "pipeline/read/html/tree_simulator.h"

namespace winnow::html {

struct TokenizerOptions {
  // noscript holds raw text, as in a browser that runs scripts. Else markup.
  bool scripting = false;
  // A title, textarea, iframe, xmp, noembed, noframes or noscript without an
  // end tag is a mistake: `ignored`, what follows is read as markup. Else, and
  // always for script and style, it reaches to the end of the input.
  bool recover_unclosed = true;
  // `<script/>` is empty, as in XML.
  bool xml = false;
};

enum class CloseReason : uint8_t {
  kOwnTag,   // by an end tag of its name
  kImplied,  // by another tag
  kEnd,      // by the end of the input
};

template <typename Sink>
class Tokenizer {
 public:
  explicit Tokenizer(Sink* sink) : sink_(sink), lexer_(this) {}
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  // A document. `input` must outlive the call; its first byte may be any.
  void Run(std::string_view input, const TokenizerOptions& options = {}) {
    Run(input, options, {0, TagId::kHtml, Namespace::kHtml, false, false});
  }

  // What stands in `context`, as innerHTML reads it.
  void Run(std::string_view input, const TokenizerOptions& options,
           const OpenElement& context, TextMode mode = TextMode::kData,
           std::string_view raw_name = {}) {
    options_ = options;
    skip_line_feed_ = false;
    tree_.Begin(options.scripting, context);
    lexer_.Run(input, mode, raw_name);
    if constexpr (requires(ClosedElement c) {
                    sink_->Close(c, CloseReason::kEnd);
                  }) {
      const OpenElements& open = tree_.open();
      for (size_t i = open.size(); i-- > 0;) {
        sink_->Close({open[i], static_cast<uint32_t>(i)}, CloseReason::kEnd);
      }
    }
  }

  const OpenElements& open() const { return tree_.open(); }
  // Bytes and stack entries looked at: at most a constant times the input.
  uint64_t steps() const { return lexer_.steps() + tree_.open().steps(); }

 private:
  template <typename>
  friend class Lexer;

  TextMode OnStartTag(StartTag* tag) {
    TextMode mode = tree_.Start(tag);
    if (options_.xml && tag->self_closing) {
      tree_.MakeChildless(tag);
      mode = TextMode::kData;
    }
    if (mode != TextMode::kData && options_.recover_unclosed &&
        mode != TextMode::kPlaintext && tag->id != TagId::kScript &&
        tag->id != TagId::kStyle && !lexer_.HasRawEnd(*tag, mode)) {
      tree_.MakeChildless(tag);
      tag->ignored = true;
      mode = TextMode::kData;
    }
    Closed(0);
    skip_line_feed_ = tag->ns == Namespace::kHtml && !tag->childless &&
                      (tag->id == TagId::kPre || tag->id == TagId::kListing ||
                       tag->id == TagId::kTextarea);
    if constexpr (requires { sink_->Start(*tag); }) sink_->Start(*tag);
    return mode;
  }

  void OnEndTag(EndTag* tag) {
    skip_line_feed_ = false;
    tree_.End(tag);
    Closed(tag->key);
    if constexpr (requires { sink_->End(*tag); }) sink_->End(*tag);
  }

  void Closed(uint32_t key) {
    if constexpr (requires(ClosedElement c) {
                    sink_->Close(c, CloseReason::kEnd);
                  }) {
      for (const ClosedElement& closed : tree_.closed()) {
        sink_->Close(closed, closed.element.key == key ? CloseReason::kOwnTag
                                                       : CloseReason::kImplied);
      }
    }
  }

  void OnText(std::string_view text, const TextInfo& info) {
    if (tree_.WantsText() && info.mode == TextMode::kData) tree_.Text(text);
    if constexpr (requires { sink_->Text(text, info); }) {
      if (tree_.DropsText() && info.mode == TextMode::kData) return;
      if (skip_line_feed_) {
        skip_line_feed_ = false;
        if (text.front() == '\n') {
          if (text.size() > 1) {
            sink_->Text(text.substr(1),
                        {info.offset + 1, info.mode, info.decoded});
          }
          return;
        }
      }
      if (text.front() == '\0') {
        Nul(text, info);
        return;
      }
      sink_->Text(text, info);
    }
  }

  void Nul(std::string_view text, const TextInfo& info) {
    if (!tree_.ForeignText()) return;
    for (size_t i = 0; i < text.size(); ++i) {
      sink_->Text("\xEF\xBF\xBD", {info.offset + i, info.mode, true});
    }
  }

  void OnComment(const Comment& comment) {
    skip_line_feed_ = false;
    if constexpr (requires { sink_->Comment(comment); }) {
      sink_->Comment(comment);
    }
  }

  void OnDoctype(const Doctype& doctype) {
    skip_line_feed_ = false;
    if constexpr (requires { sink_->Doctype(doctype); }) {
      sink_->Doctype(doctype);
    }
  }

  bool CdataAllowed() const { return tree_.CdataAllowed(); }

  Sink* sink_;
  TokenizerOptions options_;
  bool skip_line_feed_ = false;
  TreeSimulator tree_;
  Lexer<Tokenizer> lexer_;
};

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_TOKENIZER_H_
