// SPDX-License-Identifier: Apache-2.0
// HTML to the text that the page is about: blocks, their features, a model's
// probability for each, and a threshold that is chosen for the page. Two passes
// over the blocks, linear in the bytes; nothing is allocated once warm.
//
// The threshold is the one that maximises the expected F1 of the words kept
// (Lewis, SIGIR 1995: half of the F1 that can be had), moved by the mode.
#ifndef WINNOW_PIPELINE_READ_HTML_MAIN_CONTENT_H_
#define WINNOW_PIPELINE_READ_HTML_MAIN_CONTENT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace winnow {

struct HtmlMeta;

enum class HtmlMode : uint8_t {
  kVisibleText,  // HtmlText: no judgement, but for navigation tags
  kMainContent,
  kPrecision,  // in doubt left out
  kRecall,     // in doubt kept
  kAllText,    // every block
};

// The mode of this name in a recipe, or false.
bool ParseHtmlMode(std::string_view name, HtmlMode* mode);

struct MainContentOptions {
  HtmlMode mode = HtmlMode::kMainContent;
  bool keep_comments = false;
};

// One for each worker; its scratch is reused.
class MainContent {
 public:
  MainContent();
  ~MainContent();
  MainContent(const MainContent&) = delete;
  MainContent& operator=(const MainContent&) = delete;

  // Replaces *text and *meta. False if no text was found. REQUIRES: valid
  // UTF-8, and then *text is.
  //
  // Lines: paragraphs, headings, lists and tables are set apart by a blank
  // line, other blocks and table rows by a line end, cells by a tab; pre keeps
  // its white space.
  bool Extract(std::string_view html, const MainContentOptions& options,
               std::string* text, HtmlMeta* meta);

  // Blocks and elements of the last page, for tests of linear time.
  uint64_t steps() const;

 private:
  struct Scratch;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_HTML_MAIN_CONTENT_H_
