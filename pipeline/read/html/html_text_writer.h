// SPDX-License-Identifier: Apache-2.0
// Collects the text of a page: collapses white space, asks for line breaks only
// where text follows.
#ifndef WINNOW_PIPELINE_READ_HTML_HTML_TEXT_WRITER_H_
#define WINNOW_PIPELINE_READ_HTML_HTML_TEXT_WRITER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

struct TextSpan {
  size_t begin;
  size_t end;
};

class HtmlTextWriter {
 public:
  // Begins a page of `input_bytes`; the text cannot outgrow the room that is
  // made here (the longest growth is a 5-byte reference to 6 bytes, or <p> to
  // two line feeds).
  void Begin(size_t input_bytes);

  // A piece of text as it is to be read: nothing in it is markup.
  void Text(std::string_view text);

  // Asks for a line end (1) or a blank line (2) before the next text.
  void Break(int line_feeds) {
    if (line_feeds > breaks_) breaks_ = line_feeds;
  }
  void LineBreak();  // br
  void Cell();       // a new table cell
  void Space() { space_ = true; }
  // Inside pre white space is kept.
  void EnterPre();
  void LeavePre();

  // Without the line feeds at its end.
  size_t SizeWithoutFeeds() const {
    const char* p = out_;
    while (p != begin_ && p[-1] == '\n') --p;
    return static_cast<size_t>(p - begin_);
  }
  size_t size() const { return static_cast<size_t>(out_ - begin_); }
  // Where the text stands, with what is asked for before its next part.
  struct Mark {
    size_t size;
    int breaks;
    int line_breaks;
    bool space;
    bool tab;
  };
  Mark Here() const { return {size(), breaks_, line_breaks_, space_, tab_}; }
  // Drops what came after the mark.
  void Truncate(const Mark& mark);
  // Removes spans, which are sorted and do not overlap.
  void Remove(const std::vector<TextSpan>& spans);
  // The text so far, without white space at its ends.
  std::string_view Trimmed() const;

 private:
  void Flush();
  void FlushBreaks();
  void White(char c);

  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  char* begin_ = nullptr;
  char* out_ = nullptr;
  int breaks_ = 0;
  int line_breaks_ = 0;  // br in a row
  int pre_ = 0;
  bool space_ = false;
  bool tab_ = false;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_HTML_HTML_TEXT_WRITER_H_
