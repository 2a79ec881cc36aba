// SPDX-License-Identifier: Apache-2.0
// Hands a record to the reader of its format.
#include "pipeline/read/captions.h"
#include "pipeline/read/csv.h"
#include "pipeline/read/front_matter.h"
#include "pipeline/read/html/html_text_page.h"
#include "pipeline/read/jsonl_reader.h"
#include "pipeline/read/markdown.h"
#include "pipeline/read/plain_text.h"
#include "pipeline/read/record.h"
#include "pipeline/read/warc/arc_reader.h"
#include "pipeline/read/warc/warc_reader.h"
#include "pipeline/read/warc/web_payload.h"
#include "pipeline/read/wiki_reader.h"

namespace winnow {

struct RecordReader::Scratch {
  explicit Scratch(const ReadOptions& options)
      : pages(options),
        jsonl(options),
        web(options, &pages),
        warc(options, &web),
        arc(options, &web),
        captions(&pages),
        csv(options),
        wiki(options),
        inventory(options.inventory) {}

  void ReadWhole(const RecordSpan& span, ReadSink* sink);

  PageReader pages;
  JsonlReader jsonl;
  WebPayloadReader web;
  WarcReader warc;
  ArcReader arc;
  CaptionReader captions;
  CsvReader csv;
  WikiReader wiki;
  std::string metadata;
  const bool inventory;
  std::string date;
  FrontMatterReader front_matter;
};

// A file that is one document: a page, Markdown or text.
void RecordReader::Scratch::ReadWhole(const RecordSpan& span, ReadSink* sink) {
  metadata.clear();
  date.clear();
  const PageBytes page{span.bytes, {}, /*stable=*/true};
  std::string_view text;
  ReadReason reason = span.format == Format::kHtml
                          ? pages.ReadHtml(page, sink, &text, &metadata)
                          : pages.ReadText(page, sink, &text, &metadata);
  if (reason == ReadReason::kCount && span.format == Format::kMarkdown) {
    const FrontMatter front = SplitFrontMatter(text);
    text = front.body;
    front_matter.Append(front, &metadata, &date);
    if (IsBlankText(text)) reason = ReadReason::kTextEmpty;
  }
  if (reason != ReadReason::kCount) {
    sink->Unreadable(reason, span.decoded_offset, span.bytes.size());
    return;
  }
  if (inventory) sink->Trait("charset", CharsetTrait(metadata));
  const std::string_view kept_metadata = sink->arena().Copy(metadata);
  const std::string_view created = sink->arena().Copy(date);
  Document& document = sink->Add(span.bytes.size());
  document.text = text;
  document.file = span.file;
  document.offset = span.decoded_offset;
  document.metadata = kept_metadata;
  document.created = created;
}

RecordReader::RecordReader(const ReadOptions& options)
    : scratch_(std::make_unique<Scratch>(options)) {}
RecordReader::~RecordReader() = default;

void RecordReader::Read(const RecordSpan& span, ReadSink* sink) {
  if (span.bytes.empty()) return;
  switch (span.format) {
    case Format::kJsonl:
    case Format::kParquet:
      return scratch_->jsonl.Read(span, sink);
    case Format::kCsv:
      return scratch_->csv.Read(span, sink);
    case Format::kWiki:
      return scratch_->wiki.Read(span, sink);
    case Format::kWarc:
      return scratch_->warc.Read(span, sink);
    case Format::kArc:
      return scratch_->arc.Read(span, sink);
    case Format::kVtt:
    case Format::kSrt:
      return scratch_->captions.Read(span, sink);
    case Format::kHtml:
    case Format::kMarkdown:
    case Format::kText:
      return scratch_->ReadWhole(span, sink);
    case Format::kUnknown:
      break;
  }
  sink->Unreadable(ReadReason::kUnknownFormat, span.decoded_offset,
                   span.bytes.size());
}

}  // namespace winnow
