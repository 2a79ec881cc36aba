// SPDX-License-Identifier: Apache-2.0
// The run folder by itself: whose files it deletes, what it refuses, and what
// it finds damaged.
#include "pipeline/run_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "pipeline/error.h"
#include "pipeline/read/path_escape.h"
#include "pipeline/run_folder_names.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class RunFolderTest : public ::testing::Test {
 protected:
  RunFolderTest() : tally_(&layout_) {}
  void SetUp() override {
    root_ = fs::temp_directory_path() /
            ("winnow-folder-" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    options_.path = (root_ / "out").string();
    options_.ordered_stages = {"exact"};
    Write("in", "0123456789");
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& bytes) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }
  std::string Read(const std::string& name) {
    return ReadWholeFile((root_ / name).string());
  }
  Manifest Fresh(const std::string& limit = "none") {
    SourceFile file;
    file.label = "in";
    file.os_path = (root_ / "in").string();
    file.bytes = fs::file_size(root_ / "in");
    Manifest m;
    m.inputs = ProbeInputs({file});
    RunKey key;
    key.Add("limit", limit);
    key.Add("inputs", InputsHash(m.inputs));
    m.run_key = key.Finish();
    m.key = key.parts();
    return m;
  }
  // A run with one mark, killed behind it.
  void HalfARun() {
    RunFolder folder(options_, Fresh());
    Frame frame;
    frame.encoded = "frame one";
    frame.documents = 1;
    folder.WriteFrame(frame);
    Cursor cursor;
    cursor.path = "in";
    cursor.decoded_offset = 5;
    folder.Checkpoint(cursor, tally_, {"segment"});
    frame.encoded = "behind the mark";
    folder.WriteFrame(frame);
  }
  // Opens the folder; what it says if it will not.
  std::string Refusal(ErrorKind kind, const std::string& limit = "none") {
    try {
      RunFolder folder(options_, Fresh(limit));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      return error.what();
    }
    return "";
  }

  fs::path root_;
  FolderOptions options_;
  TallyLayout layout_;
  Tally tally_;
};

TEST_F(RunFolderTest, FilesOfOthersAreNeitherTakenNorDeleted) {
  for (const char* name : {"out/data/mine.jsonl", "out/dedup/x/y",
                           "out/dropped/00000.jsonl", "out/data"}) {
    fs::remove_all(root_ / "out");
    Write(name, "mine");
    EXPECT_THAT(Refusal(ErrorKind::kUsage), HasSubstr("not winnow's")) << name;
    EXPECT_EQ(Read(name), "mine");
  }
  // What a kill before the first manifest leaves.
  fs::remove_all(root_ / "out");
  fs::create_directories(root_ / "out" / "data");
  EXPECT_EQ(Refusal(ErrorKind::kUsage), "");
}

TEST_F(RunFolderTest, ResumeDeletesNamesOfItsOwnAlone) {
  HalfARun();
  Write("out/data/00001.jsonl.zst", "unlisted");
  Write("out/data/notes.txt", "mine");
  Write("out/dedup/exact-00007.seg", "unlisted");
  RunFolder folder(options_, Fresh());
  EXPECT_TRUE(folder.resumed());
  EXPECT_FALSE(fs::exists(root_ / "out/data/00001.jsonl.zst"));
  EXPECT_FALSE(fs::exists(root_ / "out/dedup/exact-00007.seg"));
  EXPECT_EQ(Read("out/data/notes.txt"), "mine");
  EXPECT_EQ(Read("out/data/00000.jsonl.zst"), "frame one");
}

TEST_F(RunFolderTest, ADoneRunIsNotTouched) {
  HalfARun();
  RunFolder(options_, Fresh()).Finish();
  Write("out/data/00001.jsonl.zst", "mine");
  Write("out/data/00000.jsonl.zst", "frame one and more");
  RunFolder folder(options_, Fresh());
  EXPECT_TRUE(folder.manifest().done);
  EXPECT_EQ(Read("out/data/00001.jsonl.zst"), "mine");
  EXPECT_EQ(Read("out/data/00000.jsonl.zst"), "frame one and more");
}

TEST_F(RunFolderTest, DamageIsFoundOnResume) {
  HalfARun();
  Write("out/data/00000.jsonl.zst", "frame 0ne");
  EXPECT_THAT(Refusal(ErrorKind::kCorruption), HasSubstr("00000.jsonl.zst"));
  fs::remove(root_ / "out/data/00000.jsonl.zst");
  EXPECT_THAT(Refusal(ErrorKind::kCorruption), HasSubstr("missing"));
  EXPECT_FALSE(fs::exists(root_ / "out/data/00000.jsonl.zst"));
}

TEST_F(RunFolderTest, HashesGoOnBehindAResume) {
  HalfARun();
  RunFolder folder(options_, Fresh());
  Frame frame;
  frame.encoded = ", two";
  folder.WriteFrame(frame);
  folder.Checkpoint({}, tally_, {""});
  const Hash128 hash = HashBytes128("frame one, two");
  EXPECT_EQ(folder.manifest().parts[0][0].xxh3, HexDigits(hash));
}

TEST_F(RunFolderTest, ARefusalSaysWhatDiffers) {
  HalfARun();
  EXPECT_THAT(Refusal(ErrorKind::kUsage, "7"),
              HasSubstr("another limit (none, not 7)"));
  Write("in", "01234567890");
  EXPECT_THAT(Refusal(ErrorKind::kUsage),
              HasSubstr("in had 10 bytes and has 11"));
  Write("in", "X123456789");
  EXPECT_THAT(Refusal(ErrorKind::kUsage), HasSubstr("in has another content"));
}

TEST_F(RunFolderTest, AnInputWrittenToHalfWayIsRefused) {
  HalfARun();
  const auto time = fs::last_write_time(root_ / "in");
  fs::last_write_time(root_ / "in", time + std::chrono::seconds(5));
  EXPECT_THAT(Refusal(ErrorKind::kUsage), HasSubstr("touch -d @"));
  // Its own time again: fine.
  fs::last_write_time(root_ / "in", time);
  RunFolder(options_, Fresh()).Finish();
  // Done: the results stand, and the user is told.
  fs::last_write_time(root_ / "in", time + std::chrono::seconds(5));
  EXPECT_EQ(RunFolder(options_, Fresh()).touched_input(),
            (root_ / "in").string());
}

TEST_F(RunFolderTest, OutputsThatCannotBeAreUsageErrors) {
  Write("file", "x");
  options_.path = "";
  EXPECT_THAT(Refusal(ErrorKind::kUsage), HasSubstr("--output"));
  options_.path = (root_ / "file" / "sub").string();
  EXPECT_THAT(Refusal(ErrorKind::kUsage), HasSubstr("choose another"));
  options_.path = (root_ / "file").string();
  EXPECT_THAT(Refusal(ErrorKind::kUsage), HasSubstr("choose another"));
}

TEST_F(RunFolderTest, InputsStandBesideTheManifest) {
  HalfARun();
  EXPECT_EQ(Read("out/manifest.json").find("os_path"), std::string::npos);
  const Manifest loaded = Manifest::Load(options_.path);
  EXPECT_EQ(loaded.inputs, Fresh().inputs);
  Write("out/inputs.json", "{\"winnow_inputs\":1,\"files\":[]}");
  EXPECT_THROW(Manifest::Load(options_.path), Error);
}

TEST(RunFolderNames, OursAndOthers) {
  for (const char* name : {"data/00000.jsonl.zst", "dropped/123456.jsonl",
                           "dedup/exact-00003.seg", "dedup/clusters.jsonl"}) {
    EXPECT_TRUE(IsRunFileName(name)) << name;
  }
  for (const char* name :
       {"data/part.jsonl", "data/0000.jsonl", "data/00000.jsonl.gz",
        "dedup/-00003.seg", "dedup/notes", "data/0000x.jsonl", "data",
        "other/00000.jsonl"}) {
    EXPECT_FALSE(IsRunFileName(name)) << name;
  }
}

TEST(PathEscape, IsExactAndLeavesOrdinaryNamesAlone) {
  for (const char* name : {"a/b.jsonl", "100%", "a%20b", "%2", "%zz", "한국"}) {
    EXPECT_EQ(EscapePath(name), name);
  }
  EXPECT_EQ(EscapePath("f\xff"), "f%FF");
  EXPECT_EQ(EscapePath("f%FF"), "f%25FF");
  EXPECT_EQ(EscapePath("f%25"), "f%2525");
  EXPECT_EQ(EscapePath("\xed\xa0\x80"), "%ED%A0%80");
  uint32_t seed = 1;
  for (int round = 0; round < 20000; ++round) {
    std::string name;
    for (uint32_t n = seed % 8; n > 0; --n) {
      seed = seed * 1664525 + 1013904223;
      name += "%%25FF8\xff\xea\xb0\x80"[(seed >> 24) % 11];
    }
    seed = seed * 1664525 + 1013904223;
    EXPECT_EQ(UnescapePath(EscapePath(name)), name);
  }
}

}  // namespace
}  // namespace winnow
