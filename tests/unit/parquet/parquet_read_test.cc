// SPDX-License-Identifier: Apache-2.0
// Parquet in: every codec, every type, marks and cursors, damage, and the
// format's own test files.
#include <arrow/util/compression.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/corpora.h"
#include "tests/unit/parquet/parquet_harness.h"

namespace winnow::testing {
namespace {

using arrow::Compression;

constexpr size_t kRows = 3000;

void ExpectRows(const TableRead& read, size_t rows) {
  ASSERT_EQ(read.documents.size(), rows);
  for (size_t i = 0; i < rows; ++i) {
    const TableDocument& d = read.documents[i];
    EXPECT_EQ(d.identity, "t/f.parquet#" + std::to_string(i));
    EXPECT_EQ(d.id, "doc-" + std::to_string(i));
    EXPECT_EQ(d.text, RowText(i));
  }
}

TEST(ParquetRead, EveryCodec) {
  for (const auto codec :
       {Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP,
        Compression::BROTLI, Compression::ZSTD, Compression::LZ4,
        Compression::LZ4_HADOOP}) {
    for (const bool dictionary : {false, true}) {
      const ScratchFile file(MakeParquet(kRows, 700, codec, dictionary));
      const TableRead read = ReadTable(file.path());
      ExpectRows(read, kRows);
      EXPECT_TRUE(read.reasons.empty()) << codec;
    }
  }
}

TEST(ParquetRead, OtherColumnsAreCarried) {
  const ScratchFile file(MakeParquet(8, 8, Compression::SNAPPY, true));
  const TableRead read = ReadTable(file.path());
  ASSERT_EQ(read.documents.size(), 8U);
  EXPECT_EQ(read.documents[5].extra, R"("tags":["t0","t1"])");
  EXPECT_EQ(read.documents[7].extra, R"("n":7000000049,"tags":["t0"])");
}

TEST(ParquetRead, ColumnsAndFieldsAreChosen) {
  const ScratchFile file(MakeParquet(8, 8, Compression::SNAPPY, true));
  TableSetup setup;
  setup.read.parquet_columns = {"n"};
  setup.read.text_field = "id";
  setup.read.id_field = "none";
  setup.parquet = ParquetOptionsOf(setup.read);
  const TableRead read = ReadTable(file.path(), setup);
  ASSERT_EQ(read.documents.size(), 8U);
  EXPECT_EQ(read.documents[7].text, "doc-7");
  EXPECT_EQ(read.documents[7].extra, R"("n":7000000049)");
}

// Pieces, batches and streaming must not show.
TEST(ParquetRead, PieceSizesChangeNothing) {
  const ScratchFile file(MakeParquet(kRows, 700, Compression::ZSTD, true));
  const TableRead whole = ReadTable(file.path());
  for (const uint64_t bytes : {1U, 5000U, 60000U}) {
    TableSetup setup;
    setup.source.decoded_bytes = bytes;
    // Groups above it are streamed by the source.
    setup.source.member_bytes = bytes == 1 ? 1 : uint64_t{16} << 20;
    const TableRead read = ReadTable(file.path(), setup);
    EXPECT_EQ(read.documents, whole.documents);
    EXPECT_EQ(read.decoded, whole.decoded);
  }
}

TEST(ParquetRead, ResumesAtEveryMark) {
  const ScratchFile file(MakeParquet(kRows, 700, Compression::ZSTD, true));
  TableSetup setup;
  setup.checkpoint_bytes = 50000;
  const TableRead whole = ReadTable(file.path(), setup);
  ASSERT_GT(whole.marks.size(), 5U);
  for (size_t m = 0; m < whole.marks.size(); ++m) {
    setup.start = whole.marks[m];
    const TableRead rest = ReadTable(file.path(), setup);
    const std::vector<TableDocument> expected(
        whole.documents.begin() +
            static_cast<std::ptrdiff_t>(whole.documents_at_mark[m]),
        whole.documents.end());
    EXPECT_EQ(rest.documents, expected) << m;
    ASSERT_EQ(rest.marks.size(), whole.marks.size() - m - 1);
    for (size_t k = 0; k < rest.marks.size(); ++k) {
      EXPECT_EQ(rest.marks[k], whole.marks[m + 1 + k]);
    }
  }
}

TEST(ParquetRead, NoRows) {
  const ScratchFile file(MakeParquet(0, 10, Compression::SNAPPY, true));
  const TableRead read = ReadTable(file.path());
  EXPECT_TRUE(read.documents.empty());
  EXPECT_EQ(read.reasons.count("parquet_invalid"), 0U);
}

TEST(ParquetRead, DamageIsCounted) {
  const std::string sound = MakeParquet(kRows, 700, Compression::SNAPPY, false);
  {
    const ScratchFile file(std::string_view(sound).substr(0, sound.size() / 2));
    const TableRead read = ReadTable(file.path());
    EXPECT_TRUE(read.documents.empty());
    EXPECT_EQ(read.reasons.at("parquet_truncated"), 1U);
    EXPECT_EQ(read.reason_bytes.at("parquet_truncated"), sound.size() / 2);
  }
  {
    // One byte in a page of the second group: the others are read.
    std::string bytes = sound;
    bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 0x55);
    const ScratchFile file(bytes);
    const TableRead read = ReadTable(file.path());
    EXPECT_GE(read.documents.size(), kRows - 1400);
  }
  {
    // A footer of zeroes.
    std::string bytes = sound;
    bytes.replace(bytes.size() - 300, 292, 292, '\0');
    const ScratchFile file(bytes);
    const TableRead read = ReadTable(file.path());
    EXPECT_EQ(read.reasons.size(), 1U);
    EXPECT_TRUE(read.documents.empty());
  }
}

// Bytes all over a small file flipped: rows, or a reason, or both.
TEST(ParquetRead, BytesFlipped) {
  const std::string sound = MakeParquet(12, 6, Compression::SNAPPY, true);
  for (size_t i = 0; i < sound.size(); i += 7) {
    for (const int flip : {0x01, 0x80}) {
      std::string bytes = sound;
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
      const ScratchFile file(bytes);
      TableSetup setup;
      setup.parquet.reader_bytes = int64_t{16} << 20;
      ReadTable(file.path(), setup);
    }
  }
}

TEST(ParquetRead, MemoryHasALimit) {
  const ScratchFile file(MakeParquet(kRows, kRows, Compression::ZSTD, false));
  TableSetup setup;
  setup.parquet.reader_bytes = 4096;
  const TableRead read = ReadTable(file.path(), setup);
  EXPECT_TRUE(read.documents.empty());
  EXPECT_EQ(read.reasons.at("expansion_limit"), 1U);
}

TEST(ParquetRead, WithoutTheCodecItIsUnknown) {
  const auto codec = NewParquetCodec({});
  EXPECT_TRUE(codec->Claims("PAR1"));
  EXPECT_FALSE(codec->Claims("PAR2"));
  EXPECT_EQ(DetectFormat(MakeParquet(5, 5, Compression::SNAPPY, true), true),
            Format::kUnknown);
}

// The test files of the format's own project. Which column is text is not for
// winnow to know: rows without one are counted.
TEST(ParquetRead, FilesOfTheFormatsProject) {
  const auto dir = CorpusDir("parquet");
  if (!dir) GTEST_SKIP() << "no corpus parquet";
  size_t files = 0;
  size_t sound = 0;
  for (const auto& path : FilesBelow(*dir, ".parquet")) {
    SCOPED_TRACE(path.string());
    const TableRead read = ReadTable(path.string());
    ++files;
    const bool failed = read.reasons.count("parquet_invalid") != 0 ||
                        read.reasons.count("parquet_truncated") != 0 ||
                        read.reasons.count("parquet_unsupported") != 0 ||
                        read.reasons.count("expansion_limit") != 0;
    sound += !failed;
    EXPECT_EQ(read.reasons.count("io_error"), 0U);
    // JSON that we write ourselves must be read.
    EXPECT_EQ(read.reasons.count("json_invalid"), 0U);
  }
  EXPECT_GT(files, 100U);
  EXPECT_GT(sound * 10, files * 7);
  RecordProperty("sound", static_cast<int>(sound));
}

}  // namespace
}  // namespace winnow::testing
