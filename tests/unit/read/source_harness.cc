// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/read/source_harness.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zdict.h>
#include <zlib.h>
#include <zstd.h>

#include <atomic>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <mutex>
#include <thread>

#include "pipeline/error.h"
#include "pipeline/read/decode.h"

namespace winnow::testing {

TempFolder::TempFolder() {
  static std::atomic<int> count{0};
  path_ = std::filesystem::temp_directory_path() /
          ("winnow_source_" + std::to_string(getpid()) + "_" +
           std::to_string(count++));
  std::filesystem::create_directories(path_);
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempFolder::Write(const std::string& path,
                              std::string_view bytes) const {
  const auto full = path_ / path;
  std::filesystem::create_directories(full.parent_path());
  std::ofstream out(full, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  EXPECT_TRUE(out.good());
  return full.string();
}

uint64_t Random::Next() {
  uint64_t z = (state_ += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

std::string Random::Lines(size_t bytes) {
  static constexpr const char* kWords[] = {
      "the",  "river", "of",   "tokens", "runs", "dry",  "when", "every",
      "page", "was",   "read", "한국어", "글",   "日本", "mill", "grain"};
  std::string text;
  while (text.size() < bytes) {
    text += kWords[Below(16)];
    text += Below(12) == 0 ? '\n' : ' ';
    if (Below(40) == 0) text += std::to_string(Next());
  }
  text.resize(bytes);
  if (bytes != 0) text.back() = '\n';
  return text;
}

std::string Random::Noise(size_t bytes) {
  std::string noise(bytes, '\0');
  for (char& c : noise) c = static_cast<char>(Next());
  return noise;
}

namespace {

std::string Deflate(std::string_view bytes, int level, gz_header* header) {
  z_stream z{};
  EXPECT_EQ(deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
            Z_OK);
  if (header != nullptr) {
    EXPECT_EQ(deflateSetHeader(&z, header), Z_OK);
  }
  std::string out(deflateBound(&z, bytes.size()) + 1024, '\0');
  std::string in(bytes);
  z.next_in = reinterpret_cast<Bytef*>(in.data());
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

}  // namespace

std::string Gzip(std::string_view bytes, int level) {
  return Deflate(bytes, level, nullptr);
}

std::string GzipStored(std::string_view bytes) {
  return Deflate(bytes, 0, nullptr);
}

std::string GzipNamed(std::string_view bytes, std::string_view name,
                      std::string_view extra) {
  std::string name_copy(name);
  std::string extra_copy(extra);
  gz_header header{};
  header.os = 3;
  if (!name.empty()) header.name = reinterpret_cast<Bytef*>(name_copy.data());
  if (!extra.empty()) {
    header.extra = reinterpret_cast<Bytef*>(extra_copy.data());
    header.extra_len = static_cast<uInt>(extra_copy.size());
  }
  header.hcrc = 1;
  return Deflate(bytes, 6, &header);
}

std::string ZstdFrame(std::string_view bytes, bool checksum, bool content_size,
                      int window_log) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, checksum ? 1 : 0);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, content_size ? 1 : 0);
  if (window_log != 0) {
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
  }
  std::string out(ZSTD_compressBound(bytes.size()) + 64, '\0');
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  // In two calls where the size is to stay unknown.
  const size_t half = content_size ? bytes.size() : bytes.size() / 2;
  ZSTD_inBuffer from{bytes.data(), half, 0};
  if (!content_size) {
    while (from.pos < from.size) {
      EXPECT_FALSE(ZSTD_isError(
          ZSTD_compressStream2(context, &to, &from, ZSTD_e_continue)));
    }
  }
  from.size = bytes.size();
  EXPECT_EQ(ZSTD_compressStream2(context, &to, &from, ZSTD_e_end), 0u);
  ZSTD_freeCCtx(context);
  out.resize(to.pos);
  return out;
}

std::string ZstdSkippable(std::string_view bytes) {
  std::string out("\x53\x2a\x4d\x18", 4);
  for (unsigned i = 0; i < 4; ++i) {
    out += static_cast<char>(bytes.size() >> (8 * i));
  }
  return out.append(bytes);
}

std::string ZstdDictionaryOf(const std::string& text) {
  const std::vector<size_t> sizes(text.size() / 500, 500);
  std::string dictionary(10'000, '\0');
  const size_t made =
      ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), text.data(),
                            sizes.data(), static_cast<unsigned>(sizes.size()));
  EXPECT_FALSE(ZDICT_isError(made)) << ZDICT_getErrorName(made);
  dictionary.resize(made);
  return dictionary;
}

std::string ZstdDictionaryFrame(std::string_view dictionary, bool packed) {
  std::string frame =
      ZstdSkippable(packed ? ZstdFrame(dictionary) : std::string(dictionary));
  frame[0] = '\x5d';
  return frame;
}

std::string ZstdKeyedFrame(std::string_view bytes,
                           std::string_view dictionary) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  EXPECT_FALSE(ZSTD_isError(
      ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size())));
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const size_t made = ZSTD_compress2(context, out.data(), out.size(),
                                     bytes.data(), bytes.size());
  EXPECT_FALSE(ZSTD_isError(made));
  ZSTD_freeCCtx(context);
  out.resize(made);
  return out;
}

namespace {

class LineSplitter : public RecordSplitter {
 public:
  explicit LineSplitter(bool grouped) : grouped_(grouped) {}

  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    while (!data.empty()) {
      size_t n = grouped_ ? data.rfind('\n') : data.find('\n');
      if (n == std::string_view::npos) {
        if (!end) return;
        n = data.size() - 1;
      }
      // An empty line is framing, to have some.
      const bool blank = !grouped_ && n == 0 && data[0] == '\n';
      pieces->push_back(
          {n + 1, blank ? Piece::Kind::kFraming : Piece::Kind::kRecords});
      data.remove_prefix(n + 1);
    }
  }

  uint64_t RecordEnd(std::string_view piece, uint64_t at) const override {
    const size_t n = piece.find('\n', at);
    return n == std::string_view::npos ? piece.size() : n + 1;
  }

 private:
  const bool grouped_;
};

class WholeSplitter : public RecordSplitter {
 public:
  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    if (end) pieces->push_back({data.size(), Piece::Kind::kRecords});
  }
};

class SizedSplitter : public RecordSplitter {
 public:
  void Split(std::string_view data, bool end,
             std::vector<Piece>* pieces) override {
    wanted_ = 0;
    while (!data.empty()) {
      uint64_t length = 0;
      const char* last = data.data() + data.size();
      const auto [at, error] = std::from_chars(data.data(), last, length);
      if (error == std::errc() && at != last && *at == '\n') {
        const uint64_t n = length + static_cast<uint64_t>(at - data.data()) + 1;
        if (n <= data.size()) {
          pieces->push_back({n, Piece::Kind::kRecords});
          data.remove_prefix(n);
          nonsense_ = false;
          continue;
        }
        if (!end) wanted_ = n;
      } else if (at != last) {
        // Nonsense: to the next line, in as many parts as are shown.
        const size_t line = data.find('\n');
        const size_t n =
            line == std::string_view::npos ? data.size() : line + 1;
        pieces->push_back(
            {n, Piece::Kind::kUnreadable, ReadReason::kWarcResync, nonsense_});
        nonsense_ = true;
        data.remove_prefix(n);
        continue;
      }
      if (!end) return;
      pieces->push_back(
          {data.size(), Piece::Kind::kUnreadable, ReadReason::kWarcTruncated});
      return;
    }
  }
  uint64_t wanted() const override { return wanted_; }

 private:
  uint64_t wanted_ = 0;
  bool nonsense_ = false;  // the last piece was
};

}  // namespace

CutFunctions Doubles(Cuts cuts) {
  if (cuts == Cuts::kReal) return ReadFormats(ReadOptions{});
  return {[](std::string_view head, bool) {
            return head.find('\0') == std::string_view::npos ? Format::kJsonl
                                                             : Format::kUnknown;
          },
          [cuts](Format, const ReadOptions&) {
            std::unique_ptr<RecordSplitter> splitter;
            switch (cuts) {
              case Cuts::kLine:
                splitter = std::make_unique<LineSplitter>(false);
                break;
              case Cuts::kLines:
                splitter = std::make_unique<LineSplitter>(true);
                break;
              case Cuts::kWhole:
                splitter = std::make_unique<WholeSplitter>();
                break;
              case Cuts::kSized:
                splitter = std::make_unique<SizedSplitter>();
                break;
              case Cuts::kReal:
                break;
            }
            return splitter;
          }};
}

std::ostream& operator<<(std::ostream& out, const Seen& seen) {
  out << "file " << seen.file << " at " << seen.decoded_offset;
  if (seen.reason != ReadReason::kCount) {
    return out << ": " << ReadReasonName(seen.reason) << ", " << seen.lost
               << (seen.undecoded ? " compressed" : "") << " bytes";
  }
  return out << " member " << seen.member_offset << "+" << seen.offset_in_member
             << ": " << seen.bytes.size()
             << " bytes: " << seen.bytes.substr(0, 40);
}

std::vector<Seen> Result::Events() const {
  std::vector<Seen> events;
  for (const Seen& seen : all) {
    if (seen.reason != ReadReason::kCount) events.push_back(seen);
  }
  return events;
}

std::string Result::Text(uint32_t file) const {
  std::string text;
  for (const Seen& seen : all) {
    if (seen.file == file) text += seen.bytes;
  }
  return text;
}

SourceOptions PieceSizes(uint64_t bytes) {
  SourceOptions options;
  options.plain_bytes = bytes;
  options.gzip_bytes = bytes;
  options.decoded_bytes = bytes;
  return options;
}

namespace {

void AddSpan(const RecordSpan& span, Result* result) {
  Seen seen;
  seen.file = span.file->index;
  seen.format = span.format;
  seen.bytes = span.bytes;
  seen.decoded_offset = span.decoded_offset;
  seen.member_offset = span.member_offset;
  seen.offset_in_member = span.offset_in_member;
  result->all.push_back(std::move(seen));
}

void AddUnreadable(const UnreadableSpan& span, Result* result) {
  Seen seen;
  seen.file = span.file->index;
  seen.decoded_offset = span.decoded_offset;
  seen.reason = span.reason;
  seen.lost = span.bytes;
  seen.undecoded = span.undecoded;
  result->all.push_back(std::move(seen));
}

// Spans and events in the order of the file, marks between them.
void Collect(const CutBatch& batch, Result* result) {
  uint64_t sum = batch.framing_bytes;
  for (const RecordSpan& span : batch.spans) sum += span.bytes.size();
  for (const UnreadableSpan& span : batch.unreadable) {
    if (!span.undecoded) sum += span.bytes;
  }
  EXPECT_EQ(sum, batch.decoded_bytes);
  size_t s = 0;
  size_t u = 0;
  const auto key = [](const auto& span) {
    return std::pair(span.file->index, span.decoded_offset);
  };
  const auto take = [&](size_t spans, size_t unreadable) {
    while (s < spans || u < unreadable) {
      const bool span =
          u == unreadable ||
          (s < spans && key(batch.spans[s]) < key(batch.unreadable[u]));
      if (span) {
        AddSpan(batch.spans[s++], result);
      } else {
        AddUnreadable(batch.unreadable[u++], result);
      }
    }
  };
  for (const MarkPoint& mark : batch.marks) {
    take(mark.after_span, mark.after_unreadable);
    EXPECT_EQ(result->decoded + mark.decoded_bytes, mark.cursor.decoded_total);
    result->marks.push_back({result->all.size(), mark.cursor});
  }
  take(batch.spans.size(), batch.unreadable.size());
  result->framing += batch.framing_bytes;
  result->decoded += batch.decoded_bytes;
  result->disk += batch.disk_bytes;
}

void RunSerial(Source* source, Cutter* cutter, Result* result) {
  PieceDecoder decoder;
  RawPiece piece;
  CutBatch batch;
  while (source->Next(&piece)) {
    decoder.Decode(&piece);
    cutter->Cut(&piece, &batch);
    Collect(batch, result);
  }
}

// The three filters on threads: each thread takes a step that is ready, as a
// scheduler would, after a random delay.
class Scheduler {
 public:
  Scheduler(Source* source, Cutter* cutter, Result* result, int threads,
            uint64_t seed)
      : source_(source), cutter_(cutter), result_(result), random_(seed) {
    slots_.resize(static_cast<size_t>(threads) + 2);
    for (size_t i = 0; i < slots_.size(); ++i) free_.push_back(i);
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([this] { Work(); });
    }
    for (std::thread& worker : workers) worker.join();
  }

 private:
  struct Slot {
    RawPiece piece;
    bool decoded = false;
  };

  void Work() {
    PieceDecoder decoder;
    std::unique_lock lock(mutex_);
    for (;;) {
      if (const auto delay = random_.Below(64); delay < 3) {
        lock.unlock();
        std::this_thread::sleep_for(std::chrono::microseconds(delay * 50));
        lock.lock();
      }
      if (!cutting_ && !order_.empty() && slots_[order_.front()].decoded) {
        cutting_ = true;
        const size_t slot = order_.front();
        order_.pop_front();
        lock.unlock();
        cutter_->Cut(&slots_[slot].piece, &batch_);
        Collect(batch_, result_);
        lock.lock();
        slots_[slot].decoded = false;
        free_.push_back(slot);
        cutting_ = false;
      } else if (!to_decode_.empty()) {
        const size_t slot = to_decode_.front();
        to_decode_.pop_front();
        lock.unlock();
        decoder.Decode(&slots_[slot].piece);
        lock.lock();
        slots_[slot].decoded = true;
      } else if (!over_ && !reading_ && !free_.empty()) {
        reading_ = true;
        const size_t slot = free_.front();
        free_.pop_front();
        lock.unlock();
        const bool more = source_->Next(&slots_[slot].piece);
        lock.lock();
        reading_ = false;
        if (more) {
          order_.push_back(slot);
          to_decode_.push_back(slot);
        } else {
          over_ = true;
          free_.push_back(slot);
        }
      } else if (over_ && free_.size() == slots_.size()) {
        ready_.notify_all();
        return;
      } else {
        ready_.wait(lock);
        continue;
      }
      ready_.notify_all();
    }
  }

  Source* source_;
  Cutter* cutter_;
  Result* result_;
  std::mutex mutex_;
  std::condition_variable ready_;
  Random random_;
  std::deque<Slot> slots_;
  std::deque<size_t> free_;
  std::deque<size_t> order_;
  std::deque<size_t> to_decode_;
  bool reading_ = false;
  bool cutting_ = false;
  bool over_ = false;
  CutBatch batch_;
};

}  // namespace

Result ReadAll(const std::vector<SourceFile>& files, const ReadSetup& setup) {
  Source source(files, setup.source, setup.start);
  Cutter cutter(&source, setup.read, setup.checkpoint_bytes,
                Doubles(setup.cuts));
  Result result;
  result.decoded = setup.start.decoded_total;
  if (setup.threads == 0) {
    RunSerial(&source, &cutter, &result);
  } else {
    Scheduler(&source, &cutter, &result, setup.threads, setup.seed);
  }
  EXPECT_EQ(cutter.position().file, files.size());
  return result;
}

std::vector<SourceFile> Files(const std::vector<std::string>& paths) {
  return BuildInputList(paths).files;
}

void ExpectSame(const Result& expected, const Result& actual) {
  EXPECT_EQ(expected.all.size(), actual.all.size());
  const size_t n = std::min(expected.all.size(), actual.all.size());
  for (size_t i = 0; i < n; ++i) {
    if (expected.all[i] == actual.all[i]) continue;
    ADD_FAILURE() << "item " << i << ": expected " << expected.all[i]
                  << "\n  but saw " << actual.all[i];
    break;
  }
  EXPECT_EQ(expected.framing, actual.framing);
  EXPECT_EQ(expected.decoded, actual.decoded);
  EXPECT_TRUE(expected.marks == actual.marks) << "marks differ";
}

}  // namespace winnow::testing
