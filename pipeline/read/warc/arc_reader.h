// SPDX-License-Identifier: Apache-2.0
// ARC records to documents: those of http(s) targets, as web_payload.h says;
// others (`filedesc:`, `dns:`, records of type `alexa/dat`) are counted.
// Metadata as of a WARC response, with `warc_type` `arc`.
#ifndef WINNOW_PIPELINE_READ_WARC_ARC_READER_H_
#define WINNOW_PIPELINE_READ_WARC_ARC_READER_H_

#include <string_view>

#include "pipeline/read/record.h"
#include "pipeline/read/warc/arc_header.h"
#include "pipeline/read/warc/web_payload.h"

namespace winnow {

class ArcReader {
 public:
  // `payload` outlives it.
  ArcReader(const ReadOptions& options, WebPayloadReader* payload)
      : inventory_(options.inventory), payload_(payload) {}

  // Reads the record of a span (or all of them, if there are more).
  void Read(const RecordSpan& span, ReadSink* sink);

 private:
  WebResult ReadRecord(std::string_view block, bool has_length, ReadSink* sink);

  const bool inventory_;
  WebPayloadReader* const payload_;
  ArcHeader header_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_ARC_READER_H_
