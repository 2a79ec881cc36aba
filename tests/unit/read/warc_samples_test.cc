// SPDX-License-Identifier: Apache-2.0
// Sample files of other WARC readers: what each must yield stands in
// tests/data/read/warc_samples.jsonl, one file a line.
//   records    how many the file holds, by a count that is not ours
//   documents, non_documents, unreadable, mended   what this reader makes of it
//   text       a piece that some document's text must hold
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "pipeline/json_reader.h"
#include "tests/corpora.h"
#include "tests/unit/read/read_harness.h"

namespace winnow::testing {
namespace {

void ExpectCounts(const JsonValue* expected,
                  const std::map<std::string, int, std::less<>>& counts) {
  std::map<std::string, int, std::less<>> want;
  if (expected != nullptr) {
    for (const auto& [key, value] : expected->members()) {
      want[key] = static_cast<int>(value.Uint());
    }
  }
  EXPECT_EQ(counts, want);
}

TEST(WarcSamplesTest, YieldsAsRecorded) {
  const auto dir = CorpusDir("warc");
  if (!dir) GTEST_SKIP() << "corpus absent: warc";
  std::ifstream in(WINNOW_SOURCE_DIR "/tests/data/read/warc_samples.jsonl");
  ASSERT_TRUE(in.is_open());
  int files = 0;
  for (std::string line; std::getline(in, line);) {
    const JsonValue sample = JsonValue::Parse(line, "warc_samples.jsonl");
    const std::string& name = sample.at("file").String();
    SCOPED_TRACE(name);
    const auto path = *dir / "warc" / name;
    if (!std::filesystem::exists(path)) continue;
    ++files;
    const std::string bytes = Gunzip(ReadWholeFile(path));
    for (const size_t chunk : {size_t{4093}, size_t{1} << 20}) {
      ReadRun run;
      run.chunk = chunk;
      const ReadResult result = ReadBytes(bytes, run);
      EXPECT_EQ(FormatName(result.format), sample.at("format").String());
      EXPECT_EQ(result.documents.size(), sample.at("documents").Uint());
      ExpectCounts(sample.Find("non_documents"), result.non_documents);
      std::map<std::string, int, std::less<>> unreadable;
      for (const ReadUnreadable& u : result.unreadable) {
        ++unreadable[std::string(ReadReasonName(u.reason))];
      }
      ExpectCounts(sample.Find("unreadable"), unreadable);
      ExpectCounts(sample.Find("mended"), result.mended);
      if (const JsonValue* records = sample.Find("records")) {
        size_t found = result.documents.size() + result.unreadable.size();
        for (const auto& [type, n] : result.non_documents) {
          found += static_cast<size_t>(n);
        }
        found -= static_cast<size_t>(result.Count(ReadReason::kWarcResync));
        EXPECT_EQ(found, records->Uint());
      }
      if (const JsonValue* text = sample.Find("text")) {
        bool held = false;
        for (const ReadDocument& d : result.documents) {
          held |= d.text.find(text->String()) != std::string::npos;
        }
        EXPECT_TRUE(held) << text->String();
      }
    }
  }
  EXPECT_GT(files, 50);
}

}  // namespace
}  // namespace winnow::testing
