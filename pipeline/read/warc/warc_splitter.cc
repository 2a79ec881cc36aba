// SPDX-License-Identifier: Apache-2.0
// Where WARC records begin and how long they say they are.
#include "pipeline/read/splitters.h"
#include "pipeline/read/warc/archive_splitter.h"
#include "pipeline/read/warc/http_fields.h"
#include "pipeline/read/warc/warc_header.h"

namespace winnow {
namespace {

// What may be the beginning of "\nWARC/1" at the end of the bytes shown.
constexpr size_t kLineMagic = 7;

class WarcGrammar : public ArchiveGrammar {
 public:
  Start StartsRecord(std::string_view data, bool end) const override {
    if (BeginsLikeWarc(data)) return Start::kYes;
    const bool open = !end && data.size() < kWarcMagic.size() &&
                      EqualsIgnoreCase(kWarcMagic.substr(0, data.size()), data);
    return open ? Start::kMoreNeeded : Start::kNo;
  }

  ArchiveFrame Scan(std::string_view data) const override {
    return ScanWarcFrame(data);
  }

  size_t FindRecord(std::string_view data, size_t from) const override {
    return FindWarcLine(data, from);
  }

  size_t Hopeless(std::string_view data) const override {
    return data.size() < kLineMagic ? 0 : data.size() - kLineMagic + 1;
  }
};

}  // namespace

std::unique_ptr<RecordSplitter> NewWarcSplitter(uint64_t max_record_bytes) {
  return NewArchiveSplitter(std::make_unique<WarcGrammar>(), max_record_bytes);
}

}  // namespace winnow
