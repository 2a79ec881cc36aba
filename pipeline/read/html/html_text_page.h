// SPDX-License-Identifier: Apache-2.0
// A page, or a text, as bytes: its characters, its text, and what is told of
// it in the metadata. Shared by HTML files, text files and web records.
#ifndef WINNOW_PIPELINE_READ_HTML_HTML_TEXT_PAGE_H_
#define WINNOW_PIPELINE_READ_HTML_HTML_TEXT_PAGE_H_

#include <string>
#include <string_view>

#include "pipeline/read/charset/charset.h"
#include "pipeline/read/front_matter.h"
#include "pipeline/read/html/html_text.h"
#include "pipeline/read/html/main_content.h"
#include "pipeline/read/reasons.h"
#include "pipeline/read/record.h"

namespace winnow {

struct PageBytes {
  std::string_view bytes;
  std::string_view charset_label;  // what the transport says
  bool stable = false;             // lives as long as the batch
};

// One for each worker.
class PageReader {
 public:
  // Throws Error if the options name an unknown mode.
  explicit PageReader(const ReadOptions& options = {});

  // Sets *text and appends to *metadata: `charset` where it is not UTF-8, and
  // of a page `title`, `html_lang`, `canonical` where it has them (and `date`,
  // `robots`, if its content is judged). Says to
  // `sink` what was mended. Returns kCount, or why there is no text.
  ReadReason ReadHtml(const PageBytes& page, ReadSink* sink,
                      std::string_view* text, std::string* metadata);
  ReadReason ReadText(const PageBytes& page, ReadSink* sink,
                      std::string_view* text, std::string* metadata);
  // The characters alone. A view into the page, or into this reader until the
  // next call; *stable says which.
  ReadReason Decode(const PageBytes& page, bool html, ReadSink* sink,
                    std::string_view* text, bool* stable,
                    std::string* metadata);

 private:
  CharsetDecoder charset_;
  HtmlText html_;
  MainContent content_;
  MainContentOptions content_options_;
  HtmlMeta meta_;
  std::string text_;
  FrontMatterReader front_matter_;
  std::string front_;  // scratch
  std::string date_;   // scratch
};

// Appends `"name":"value"`, with a comma before it where something stands.
// REQUIRES: valid UTF-8.
void AppendMetadata(std::string_view name, std::string_view value,
                    std::string* metadata);
// The same for a number.
void AppendMetadata(std::string_view name, uint64_t value,
                    std::string* metadata);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_HTML_HTML_TEXT_PAGE_H_
