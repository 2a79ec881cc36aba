// SPDX-License-Identifier: Apache-2.0
// Fuzz target: any bytes through the HTML tokenizer. A broken promise aborts.
//
// The first byte chooses the options; the rest is the page.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/html/html_text.h"
#include "pipeline/read/html/tokenizer.h"
#include "pipeline/text/utf8.h"

namespace winnow::html {
namespace {

void Check(bool condition, const char* promise) {
  if (condition) return;
  std::fprintf(stderr, "broken: %s\n", promise);
  std::abort();
}

class Checker {
 public:
  explicit Checker(std::string_view page)
      : page_(page), utf8_(IsValidUtf8(page)) {}

  void Text(std::string_view text, const TextInfo& info) {
    Check(!text.empty(), "a piece of text is not empty");
    Advance(info.offset,
            info.decoded ? info.offset : info.offset + text.size());
    Check(info.decoded || text.data() == page_.data() + info.offset,
          "text that was not decoded stands at its offset");
    Check(!utf8_ || IsValidUtf8(text), "text of UTF-8 is UTF-8");
    Check(text.find('\0') == text.npos, "no text holds a NUL");
    bytes_ += text.size();
  }
  void Start(const StartTag& tag) {
    Token(tag.begin, tag.end, tag.name);
    Check(!(tag.ignored && tag.depth > open_.size()),
          "depth of an ignored tag");
    for (const Attribute& attribute : tag.attributes) {
      Inside(attribute.name, tag.begin, tag.end);
      Inside(attribute.value, tag.begin, tag.end);
      Decoded(DecodeName(attribute.name, &scratch_));
      Decoded(DecodeValue(attribute.value, &scratch_));
    }
    Check(tag.attributes.size() <= kMaxAttributes, "attributes have a cap");
    if (tag.ignored || tag.childless) return;
    Check(tag.depth == open_.size(), "depth is what is open");
    open_.push_back(tag.key);
    Check(open_.size() <= kMaxOpenElements, "depth has a cap");
  }
  void End(const EndTag& tag) { Token(tag.begin, tag.end, tag.name); }
  void Close(const ClosedElement& closed, CloseReason) {
    Check(closed.depth < open_.size(), "what closes was open");
    const auto at = open_.begin() + static_cast<ptrdiff_t>(closed.depth);
    Check(*at == closed.element.key, "what closes is what was opened there");
    open_.erase(at);
  }
  void Comment(const html::Comment& comment) {
    Token(comment.begin, comment.end, comment.text);
    Decoded(DecodeRaw(comment.text, &scratch_));
  }
  void Doctype(const html::Doctype& doctype) {
    Token(doctype.begin, doctype.end, doctype.name);
    Decoded(DecodeRaw(doctype.public_id, &scratch_));
    Decoded(DecodeRaw(doctype.system_id, &scratch_));
  }

  void Finish(uint64_t steps) {
    Check(open_.empty(), "everything is closed at the end");
    Check(bytes_ <= 3 * page_.size(), "text hardly grows");
    Check(steps <= 1000 * (page_.size() + 1), "work is linear");
  }

 private:
  void Advance(size_t begin, size_t end) {
    Check(begin >= last_ && begin <= end && end <= page_.size(),
          "offsets only grow, and lie in the input");
    last_ = end;
  }
  void Token(size_t begin, size_t end, std::string_view view) {
    Check(end > begin, "a token has bytes");
    Advance(begin, end);
    Inside(view, begin, end);
  }
  void Inside(std::string_view view, size_t begin, size_t end) {
    if (view.empty()) return;
    const char* const page = page_.data();
    Check(
        view.data() >= page + begin && view.data() + view.size() <= page + end,
        "views lie in their token");
  }
  void Decoded(std::string_view text) {
    Check(!utf8_ || IsValidUtf8(text), "what is decoded from UTF-8 is UTF-8");
    Check(text.find('\0') == text.npos, "what is decoded holds no NUL");
  }

  std::string_view page_;
  bool utf8_;
  size_t last_ = 0;
  size_t bytes_ = 0;
  std::vector<uint32_t> open_;
  std::string scratch_;
};

}  // namespace
}  // namespace winnow::html

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(  // NOLINT(readability-identifier-naming)
    const uint8_t* data, size_t size) {
  using namespace winnow::html;  // NOLINT
  if (size == 0) return 0;
  const TokenizerOptions options{.scripting = (data[0] & 1) != 0,
                                 .recover_unclosed = (data[0] & 2) != 0,
                                 .xml = (data[0] & 4) != 0};
  // A copy of its own, so that a sanitizer sees a read past its end.
  const std::vector<char> copy(data + 1, data + size);
  const std::string_view page(copy.data(), copy.size());
  Checker checker(page);
  Tokenizer<Checker> tokenizer(&checker);
  tokenizer.Run(page, options);
  checker.Finish(tokenizer.steps());

  if (!winnow::IsValidUtf8(page)) return 0;
  static thread_local winnow::HtmlText* const html = new winnow::HtmlText;
  std::string text;
  winnow::HtmlMeta meta;
  html->Extract(page, &text, &meta);
  Check(winnow::IsValidUtf8(text) && winnow::IsValidUtf8(meta.title) &&
            winnow::IsValidUtf8(meta.lang) &&
            winnow::IsValidUtf8(meta.canonical),
        "visible text is UTF-8");
  return 0;
}
