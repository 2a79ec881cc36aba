// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/read/archive_harness.h"

#include <gtest/gtest.h>
#include <lz4frame.h>

#include <memory>
#include <utility>

#include "pipeline/text/utf8.h"

namespace winnow::testing {
namespace {

class ArchiveSink : public ReadSink {
 public:
  explicit ArchiveSink(ArchiveResult* result) : result_(result) {}
  ~ArchiveSink() override { Keep(); }

  Arena& arena() override { return arena_; }
  Document& Add(uint64_t record_bytes) override {
    Keep();
    document_ = {};
    accounted_ += record_bytes;
    open_ = true;
    return document_;
  }
  void Unreadable(ReadReason reason, uint64_t, uint64_t bytes) override {
    ++result_->unreadable[std::string(ReadReasonName(reason))];
    accounted_ += bytes;
  }
  void NonDocument(std::string_view type, uint64_t bytes) override {
    ++result_->non_documents[std::string(type)];
    accounted_ += bytes;
  }
  void Framing(uint64_t bytes) override { accounted_ += bytes; }
  void Mended(std::string_view what) override {
    ++result_->mended[std::string(what)];
  }
  void Trait(std::string_view kind, std::string_view value) override {
    ++result_->traits[std::string(kind)][std::string(value)];
  }

  uint64_t accounted() const { return accounted_; }

 private:
  void Keep() {
    if (!open_) return;
    open_ = false;
    const Document& d = document_;
    for (const std::string_view s : {d.text, d.url, d.created, d.metadata}) {
      EXPECT_TRUE(IsValidUtf8(s)) << s;
    }
    EXPECT_FALSE(d.text.empty());
    ArchiveDocument kept;
    d.AppendIdentity(&kept.identity);
    kept.text = d.text;
    kept.url = d.url;
    kept.created = d.created;
    kept.metadata = d.metadata;
    result_->documents.push_back(std::move(kept));
  }

  ArchiveResult* result_;
  Arena arena_;
  Document document_;
  uint64_t accounted_ = 0;
  bool open_ = false;
};

// A reader is dear to make, and the tests read tens of thousands of files.
RecordReader& ReaderFor(const ReadOptions& options) {
  static std::map<std::pair<bool, bool>, std::unique_ptr<RecordReader>> readers;
  auto& reader = readers[{options.inventory, options.check_digests}];
  if (reader == nullptr) reader = std::make_unique<RecordReader>(options);
  return *reader;
}

}  // namespace

ArchiveResult ReadArchive(const std::string& path, const ArchiveRun& run) {
  const auto files = Files({path});
  ReadSetup setup;
  setup.source = run.source;
  setup.read = run.read;
  setup.cuts = Cuts::kReal;
  setup.threads = run.threads;
  setup.seed = run.seed;
  const Result cut = ReadAll(files, setup);
  // What of the file was read is what there is.
  EXPECT_EQ(cut.disk, files[0].bytes);
  uint64_t accounted = cut.framing;
  ArchiveResult result;
  RecordReader& reader = ReaderFor(run.read);
  for (const Seen& seen : cut.all) {
    if (seen.reason != ReadReason::kCount) {
      ++result.unreadable[std::string(ReadReasonName(seen.reason))];
      if (!seen.undecoded) accounted += seen.lost;
      continue;
    }
    if (result.format.empty()) result.format = FormatName(seen.format);
    result.offsets.push_back(std::to_string(seen.member_offset));
    if (seen.offset_in_member != 0) {
      result.offsets.back() += "+" + std::to_string(seen.offset_in_member);
    }
    RecordSpan span;
    span.file = &files[0];
    span.format = seen.format;
    span.bytes = seen.bytes;
    span.decoded_offset = seen.decoded_offset;
    span.member_offset = seen.member_offset;
    span.offset_in_member = seen.offset_in_member;
    ArchiveSink sink(&result);
    reader.Read(span, &sink);
    EXPECT_EQ(sink.accounted(), seen.bytes.size());
    accounted += sink.accounted();
  }
  EXPECT_EQ(accounted, cut.decoded);
  return result;
}

std::string WarcRecord(const std::string& headers, const std::string& block) {
  return "WARC/1.1\r\n" + headers +
         "WARC-Date: 2024-05-06T07:08:09.5Z\r\n"
         "WARC-Record-ID: <urn:uuid:1a59c5c8-d806-4cdb-83aa-b21495d11063>\r\n"
         "Content-Length: " +
         std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::vector<std::string> SampleRecords(uint64_t seed) {
  Random random(seed);
  const auto target = [](int i) {
    return "WARC-Target-URI: https://example.org/" + std::to_string(i) + "\r\n";
  };
  std::vector<std::string> records;
  records.push_back(WarcRecord("WARC-Type: warcinfo\r\n", "software: x\r\n"));
  for (int i = 0; i < 6; ++i) {
    records.push_back(WarcRecord("WARC-Type: request\r\n" + target(i),
                                 "GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    records.push_back(WarcRecord(
        "WARC-Type: response\r\n" + target(i),
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>T</title>"
        "<p>한글 " +
            random.Lines(1500) + "</p>"));
    records.push_back(WarcRecord("WARC-Type: metadata\r\n" + target(i),
                                 "fetchTimeMs: 1\r\n"));
  }
  records.push_back(WarcRecord("WARC-Type: response\r\n" + target(6),
                               "HTTP/1.1 404 Not Found\r\n\r\ngone"));
  records.push_back(WarcRecord("WARC-Type: revisit\r\n" + target(7),
                               "HTTP/1.1 200 OK\r\n\r\n"));
  records.push_back(WarcRecord(
      "WARC-Type: conversion\r\nContent-Type: text/plain\r\n" + target(8),
      random.Lines(1200)));
  records.push_back(WarcRecord(
      "WARC-Type: resource\r\nContent-Type: text/plain\r\n" + target(9),
      random.Lines(900)));
  records.push_back(WarcRecord(
      "WARC-Type: response\r\n" + target(10),
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
      "\r\n\r\n" +
          Gzip("<p>" + random.Lines(2500))));
  return records;
}

const char* PackingName(Packing packing) {
  switch (packing) {
    case Packing::kPlain:
      return "plain";
    case Packing::kGzip:
      return "gzip";
    case Packing::kGzipOne:
      return "one gzip member";
    case Packing::kZstd:
      return "zstd";
    case Packing::kZstdDict:
      return "zstd with dictionary";
    case Packing::kLz4:
      return "lz4";
  }
  return "";
}

PackedArchive Pack(const std::vector<std::string>& records, Packing packing) {
  PackedArchive packed;
  std::string dictionary;
  if (packing == Packing::kGzipOne) {
    std::string all;
    for (const std::string& record : records) all += record;
    packed.bytes = Gzip(all);
    packed.ends.push_back(packed.bytes.size());
    return packed;
  }
  if (packing == Packing::kZstdDict) {
    std::string texts;
    for (uint64_t seed = 0; seed < 3; ++seed) {
      for (const std::string& record : SampleRecords(seed)) texts += record;
    }
    dictionary = ZstdDictionaryOf(texts);
    packed.bytes = ZstdDictionaryFrame(dictionary, true);
    packed.first = packed.bytes.size();
  }
  for (const std::string& record : records) {
    switch (packing) {
      case Packing::kPlain:
      case Packing::kGzipOne:
        packed.bytes += record;
        break;
      case Packing::kGzip:
        packed.bytes += Gzip(record);
        break;
      case Packing::kZstd:
        packed.bytes += ZstdFrame(record);
        break;
      case Packing::kZstdDict:
        packed.bytes += ZstdKeyedFrame(record, dictionary);
        break;
      case Packing::kLz4:
        packed.bytes += Lz4Frame(record);
        break;
    }
    packed.ends.push_back(packed.bytes.size());
  }
  return packed;
}

std::string Lz4Frame(std::string_view bytes) {
  LZ4F_preferences_t preferences{};
  preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  preferences.frameInfo.blockChecksumFlag = LZ4F_blockChecksumEnabled;
  std::string out(LZ4F_compressFrameBound(bytes.size(), &preferences), '\0');
  out.resize(LZ4F_compressFrame(out.data(), out.size(), bytes.data(),
                                bytes.size(), &preferences));
  return out;
}

}  // namespace winnow::testing
