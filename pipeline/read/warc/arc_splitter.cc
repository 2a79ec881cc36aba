// SPDX-License-Identifier: Apache-2.0
// Where ARC records begin and how long they say they are.
#include "pipeline/read/splitters.h"
#include "pipeline/read/warc/arc_header.h"
#include "pipeline/read/warc/archive_splitter.h"

namespace winnow {
namespace {

class ArcGrammar : public ArchiveGrammar {
 public:
  Start StartsRecord(std::string_view data, bool end) const override {
    const std::string_view window = data.substr(0, kMaxArcLine);
    const size_t feed = window.find('\n');
    if (feed == std::string_view::npos && data.size() < kMaxArcLine && !end) {
      return Start::kMoreNeeded;
    }
    ArcHeader header;
    return header.Parse(window.substr(0, feed)) ? Start::kYes : Start::kNo;
  }

  ArchiveFrame Scan(std::string_view data) const override {
    return ScanArcFrame(data);
  }

  size_t FindRecord(std::string_view data, size_t from) const override {
    return FindArcLine(data, from);
  }

  // The last line may go on and turn out to begin a record.
  size_t Hopeless(std::string_view data) const override {
    const size_t feed = data.rfind('\n');
    const bool open =
        feed != std::string_view::npos && data.size() - feed <= kMaxArcLine;
    return open ? feed : data.size();
  }
};

}  // namespace

std::unique_ptr<RecordSplitter> NewArcSplitter(uint64_t max_record_bytes) {
  return NewArchiveSplitter(std::make_unique<ArcGrammar>(), max_record_bytes);
}

}  // namespace winnow
