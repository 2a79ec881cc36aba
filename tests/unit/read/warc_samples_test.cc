// SPDX-License-Identifier: Apache-2.0
// Sample files of other archive readers, read as they lie on disk: what each
// must yield stands in tests/data/read/warc_samples.jsonl, one file a line.
//   types      records by type, ours
//   records    how many the file holds, by a count that is not ours
//   offsets    where records begin, where another reader agrees (docs/
//              formats-read.md tells the files in which none does)
//   documents, non_documents, unreadable, mended, digests   what becomes of it
//   text       a piece that some document's text must hold
// What is absent is empty.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "pipeline/json_reader.h"
#include "pipeline/json_writer.h"
#include "tests/corpora.h"
#include "tests/unit/read/archive_harness.h"

namespace winnow::testing {
namespace {

ArchiveRun Everything() {
  ArchiveRun run;
  // What is content is not this test's business.
  run.read.html = "visible_text";
  run.read.inventory = true;
  run.read.check_digests = true;
  // The samples say what is read, whatever a page is about.
  run.read.html = "visible_text";
  return run;
}

Counts CountsOf(const JsonValue* json) {
  Counts counts;
  if (json == nullptr) return counts;
  for (const auto& [key, value] : json->members()) counts[key] = value.Uint();
  return counts;
}

Counts TraitsOf(const ArchiveResult& result, const char* kind) {
  const auto found = result.traits.find(kind);
  return found == result.traits.end() ? Counts() : found->second;
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
    for (const uint64_t piece : {uint64_t{4093}, uint64_t{1} << 20}) {
      ArchiveRun run = Everything();
      run.source = PieceSizes(piece);
      const ArchiveResult result = ReadArchive(path.string(), run);
      const JsonValue* format = sample.Find("format");
      EXPECT_EQ(result.format, format == nullptr ? "" : format->String());
      EXPECT_EQ(result.documents.size(), sample.at("documents").Uint());
      EXPECT_EQ(TraitsOf(result, "type"), CountsOf(sample.Find("types")));
      EXPECT_EQ(TraitsOf(result, "digest"), CountsOf(sample.Find("digests")));
      EXPECT_EQ(result.non_documents, CountsOf(sample.Find("non_documents")));
      EXPECT_EQ(result.unreadable, CountsOf(sample.Find("unreadable")));
      EXPECT_EQ(result.mended, CountsOf(sample.Find("mended")));
      if (const JsonValue* records = sample.Find("records")) {
        uint64_t found = 0;
        for (const auto& [type, n] : TraitsOf(result, "type")) found += n;
        EXPECT_EQ(found, records->Uint());
      }
      if (const JsonValue* offsets = sample.Find("offsets")) {
        std::vector<std::string> expected;
        for (size_t i = 0; i < offsets->size(); ++i) {
          expected.push_back(offsets->at(i).String());
        }
        EXPECT_EQ(result.offsets, expected);
      }
      if (const JsonValue* text = sample.Find("text")) {
        bool held = false;
        for (const ArchiveDocument& d : result.documents) {
          held |= d.text.find(text->String()) != std::string::npos;
        }
        EXPECT_TRUE(held) << text->String();
      }
    }
  }
  EXPECT_GT(files, 50);
}

// One page as WARC and as Common Crawl's WET of it: what we take from the page
// is in the WET, which keeps navigation, too.
TEST(WarcSamplesTest, OnePageInThreeFormats) {
  const auto dir = CorpusDir("warc");
  if (!dir) GTEST_SKIP() << "corpus absent: warc";
  const auto root = *dir / "warc/commoncrawl+whirlwind-python";
  const auto read = [&](const std::string& name) {
    return ReadArchive((root / name).string());
  };
  const ArchiveResult wet = read("whirlwind.warc.wet.gz");
  const ArchiveResult page = read("whirlwind.warc.gz");
  ASSERT_EQ(wet.documents.size(), 1U);
  ASSERT_EQ(page.documents.size(), 1U);
  EXPECT_EQ(wet.documents[0].url, page.documents[0].url);
  EXPECT_TRUE(read("whirlwind.warc.wat.gz").documents.empty());
  std::istringstream words(page.documents[0].text);
  size_t found = 0;
  size_t all = 0;
  for (std::string word; words >> word; ++all) {
    found += wet.documents[0].text.find(word) != std::string::npos;
  }
  EXPECT_GT(all, 200U);
  EXPECT_GT(found * 100, all * 98) << found << " of " << all;
}

void WriteCounts(const char* key, const Counts& counts, JsonWriter* w) {
  if (counts.empty()) return;
  w->Key(key).BeginObject();
  for (const auto& [name, n] : counts) w->Key(name).Number(n);
  w->EndObject();
}

// Prints the table as it would be now, to compare with other readers.
TEST(WarcSamplesTest, DISABLED_Print) {
  const auto dir = CorpusDir("warc");
  if (!dir) GTEST_SKIP() << "corpus absent: warc";
  const auto root = *dir / "warc";
  for (const auto& path : FilesBelow(root, "")) {
    const ArchiveResult result = ReadArchive(path.string(), Everything());
    std::string out;
    JsonWriter w(&out);
    w.BeginObject();
    w.Key("file").String(std::filesystem::relative(path, root).string());
    if (!result.format.empty()) w.Key("format").String(result.format);
    w.Key("documents").Number(static_cast<uint64_t>(result.documents.size()));
    WriteCounts("types", TraitsOf(result, "type"), &w);
    WriteCounts("digests", TraitsOf(result, "digest"), &w);
    WriteCounts("non_documents", result.non_documents, &w);
    WriteCounts("unreadable", result.unreadable, &w);
    WriteCounts("mended", result.mended, &w);
    w.Key("offsets").BeginArray();
    for (const std::string& offset : result.offsets) w.String(offset);
    w.EndArray();
    w.EndObject();
    std::cout << out << '\n';
  }
}

}  // namespace
}  // namespace winnow::testing
