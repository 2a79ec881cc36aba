// SPDX-License-Identifier: Apache-2.0
// Lines of JSON objects to documents, with simdjson's on-demand front end, one
// line at a time: a stream parser loses its place at a damaged record, or
// worse. A line is read whole, so that what it carries is sound JSON.
//
// What becomes of the members:
//   text_field            the text, unescaped; lone surrogates become U+FFFD
//   id, url, added, created fields   the document's own (numbers as written)
//   metadata              its members as they stand; a `url` among them is the
//                         document's where it has no other
//   another member that an output document has too (`source`, or `text` where
//   text_field is another)           moved into the metadata
//   all others            carried beside the text as they stand
// A dotted field name (`content.body`) is looked for inside objects where no
// member has that very name; the object that holds the text is not carried.
#ifndef WINNOW_PIPELINE_READ_JSONL_READER_H_
#define WINNOW_PIPELINE_READ_JSONL_READER_H_

#include <memory>

#include "pipeline/read/record.h"

namespace winnow {

class JsonlReader {
 public:
  explicit JsonlReader(const ReadOptions& options);
  ~JsonlReader();
  JsonlReader(const JsonlReader&) = delete;
  JsonlReader& operator=(const JsonlReader&) = delete;

  // Reads the lines of a span. Text without escapes is a view into the span.
  void Read(const RecordSpan& span, ReadSink* sink);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_JSONL_READER_H_
