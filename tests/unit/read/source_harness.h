// SPDX-License-Identifier: Apache-2.0
// What the tests of source, decode and cut share: files made on the spot,
// splitters simple enough to trust, and runs through the three parts, serial or
// on threads.
#ifndef WINNOW_TESTS_UNIT_READ_SOURCE_HARNESS_H_
#define WINNOW_TESTS_UNIT_READ_SOURCE_HARNESS_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/cut.h"
#include "pipeline/read/input_list.h"
#include "pipeline/read/source.h"

namespace winnow::testing {

// A folder that disappears with the test.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  // Writes a file, with the folders on its way; returns its full path.
  std::string Write(const std::string& path, std::string_view bytes) const;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// Seeded bytes.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next();
  uint64_t Below(uint64_t n) { return Next() % n; }
  // English-like lines, `bytes` long, ending in a newline.
  std::string Lines(size_t bytes);
  // Bytes that do not compress.
  std::string Noise(size_t bytes);

 private:
  uint64_t state_;
};

// One member each. `stored` keeps the bytes as they are inside the member.
std::string Gzip(std::string_view bytes, int level = 6);
std::string GzipStored(std::string_view bytes);
std::string GzipNamed(std::string_view bytes, std::string_view name,
                      std::string_view extra);
std::string ZstdFrame(std::string_view bytes, bool checksum = true,
                      bool content_size = true, int window_log = 0);
std::string ZstdSkippable(std::string_view bytes);
// A dictionary made of a text, the first frame of a .warc.zst that holds it,
// and frames that need it.
std::string ZstdDictionaryOf(const std::string& text);
std::string ZstdDictionaryFrame(std::string_view dictionary, bool packed);
std::string ZstdKeyedFrame(std::string_view bytes, std::string_view dictionary);

// How the doubles cut.
enum class Cuts : uint8_t {
  kLine,   // a piece a line
  kLines,  // one piece for all lines shown, as JSONL
  kWhole,  // the whole file is one record
  kSized,  // "<decimal length>\n" and so many bytes; says what it wants
  kReal,   // no double: the formats that are read
};
CutFunctions Doubles(Cuts cuts);

// A span or an event, with everything that must not vary.
struct Seen {
  uint32_t file = 0;
  Format format = Format::kUnknown;
  std::string bytes;  // of a span
  uint64_t decoded_offset = 0;
  uint64_t member_offset = 0;
  uint64_t offset_in_member = 0;
  ReadReason reason = ReadReason::kCount;  // of an event
  uint64_t lost = 0;
  bool undecoded = false;
  friend bool operator==(const Seen&, const Seen&) = default;
};
std::ostream& operator<<(std::ostream& out, const Seen& seen);

struct SeenMark {
  size_t after = 0;  // index in `all`
  Cursor cursor;
  friend bool operator==(const SeenMark&, const SeenMark&) = default;
};

struct Result {
  std::vector<Seen> all;
  std::vector<SeenMark> marks;
  uint64_t framing = 0;
  uint64_t decoded = 0;
  uint64_t disk = 0;

  std::vector<Seen> Events() const;
  // The bytes of a file's spans, joined.
  std::string Text(uint32_t file = 0) const;
};

struct ReadSetup {
  SourceOptions source;
  ReadOptions read;
  uint64_t checkpoint_bytes = 0;
  Cuts cuts = Cuts::kLine;
  Cursor start;
  int threads = 0;    // 0: one piece after another
  uint64_t seed = 1;  // of the delays
};

// Pieces so small that everything straddles them.
SourceOptions PieceSizes(uint64_t bytes);

Result ReadAll(const std::vector<SourceFile>& files, const ReadSetup& setup);
std::vector<SourceFile> Files(const std::vector<std::string>& paths);

// EXPECTs that two results are equal, and says where they part.
void ExpectSame(const Result& expected, const Result& actual);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_READ_SOURCE_HARNESS_H_
