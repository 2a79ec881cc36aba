// SPDX-License-Identifier: Apache-2.0
// Pages of a MediaWiki XML export (`pages-articles.xml`, export schema 0.3 to
// 0.11) to documents: the latest revision's wikitext as plain text, the title
// in front of nothing but in the metadata, the revision's time as `created`.
//
// The namespaces of files and categories carry names of the wiki's language;
// the dump's <siteinfo> tells them, and travels as the header of the file.
#ifndef WINNOW_PIPELINE_READ_WIKI_READER_H_
#define WINNOW_PIPELINE_READ_WIKI_READER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/record.h"
#include "pipeline/read/wikitext.h"

namespace winnow {

// True if `head` begins such an export.
bool LooksLikeWikiDump(std::string_view head);

// The names of media, file and category namespaces in a <siteinfo>, a line
// each; never empty.
std::string WikiHeader(std::string_view siteinfo);

// One for each worker.
class WikiReader {
 public:
  explicit WikiReader(const ReadOptions& options)
      : namespaces_(options.wiki_namespaces) {}
  // `span` is one <page>...</page>.
  void Read(const RecordSpan& span, ReadSink* sink);

 private:
  const std::vector<std::string> namespaces_;
  std::shared_ptr<const std::string> header_;
  WikiText wikitext_;
  std::string source_;  // wikitext without XML's escapes
  std::string text_;
  std::string title_;
  std::string metadata_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WIKI_READER_H_
