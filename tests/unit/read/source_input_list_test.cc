// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/error.h"
#include "pipeline/read/input_list.h"
#include "tests/unit/read/source_harness.h"

namespace winnow::testing {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Identities(const InputList& list) {
  std::vector<std::string> names;
  for (const SourceFile& file : list.files) {
    names.push_back(FileIdentity(file));
    EXPECT_EQ(file.index, names.size() - 1);
    EXPECT_EQ(list.labels[file.label_index], file.label);
  }
  return names;
}

ErrorKind KindOf(const std::vector<std::string>& inputs, InputPart part = {}) {
  try {
    BuildInputList(inputs, part);
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "no error";
  return ErrorKind::kInternal;
}

TEST(InputList, CanonicalOrderIsBytewiseByLabelThenPath) {
  const TempFolder folder;
  for (const char* name : {"web/b.txt", "web/a/z.txt", "web/a.txt", "web/B.txt",
                           "web/a/b/c.txt", "web/가.txt", "talks/x"}) {
    folder.Write(name, "12345");
  }
  const InputList list =
      BuildInputList({folder.path() + "/web/", folder.path() + "/talks"});
  EXPECT_THAT(Identities(list),
              ElementsAre("talks/x", "web/B.txt", "web/a.txt", "web/a/b/c.txt",
                          "web/a/z.txt", "web/b.txt", "web/가.txt"));
  EXPECT_THAT(list.labels, ElementsAre("talks", "web"));
  EXPECT_EQ(list.bytes, 35u);
  EXPECT_EQ(list.files[0].bytes, 5u);
  // The order of arguments does not matter.
  EXPECT_EQ(Identities(list),
            Identities(BuildInputList(
                {folder.path() + "/talks", folder.path() + "/web"})));
}

TEST(InputList, FilesNamesAndHiddenOnes) {
  const TempFolder folder;
  const std::string file = folder.Write("in/a=b.jsonl", "x");
  folder.Write("in/.git/config", "x");
  folder.Write("in/.hidden", "x");
  EXPECT_THAT(Identities(BuildInputList({file})), ElementsAre("a=b.jsonl"));
  EXPECT_THAT(Identities(BuildInputList({"crawl=" + file})),
              ElementsAre("crawl"));
  EXPECT_THAT(Identities(BuildInputList({"c=" + folder.path() + "/in"})),
              ElementsAre("c/a=b.jsonl"));
  // What is named is taken, hidden or not.
  EXPECT_THAT(Identities(BuildInputList({folder.path() + "/in/.hidden"})),
              ElementsAre(".hidden"));
}

TEST(InputList, EqualLabels) {
  const TempFolder folder;
  const std::string a = folder.Write("a/x.txt", "1");
  const std::string b = folder.Write("b/x.txt", "2");
  EXPECT_EQ(KindOf({a, b}), ErrorKind::kUsage);
  EXPECT_EQ(BuildInputList({a, a}).files.size(), 1u);
  EXPECT_EQ(BuildInputList({"one=" + a, "two=" + b}).files.size(), 2u);
  EXPECT_EQ(KindOf({"one=" + a, "one=" + b}), ErrorKind::kUsage);
}

TEST(InputList, Errors) {
  const TempFolder folder;
  folder.Write("empty/.hidden", "x");
  const std::string file = folder.Write("f", "x");
  EXPECT_EQ(KindOf({}), ErrorKind::kUsage);
  EXPECT_EQ(KindOf({""}), ErrorKind::kUsage);
  EXPECT_EQ(KindOf({folder.path() + "/missing"}), ErrorKind::kNotFound);
  EXPECT_EQ(KindOf({"@" + folder.path() + "/missing"}), ErrorKind::kNotFound);
  EXPECT_EQ(KindOf({folder.path() + "/empty"}), ErrorKind::kUsage);
  EXPECT_EQ(KindOf({"name="}), ErrorKind::kUsage);
  EXPECT_EQ(KindOf({"=" + file}), ErrorKind::kUsage);
  EXPECT_EQ(KindOf({file}, {2, 2}), ErrorKind::kUsage);
  EXPECT_EQ(KindOf({file}, {0, 0}), ErrorKind::kUsage);
}

TEST(InputList, Lists) {
  const TempFolder folder;
  const std::string a = folder.Write("d/a.txt", "1");
  const std::string b = folder.Write("e/b.txt", "2");
  const std::string list = folder.Write("list", a + "\r\n\nx=" + b + "\n");
  EXPECT_THAT(Identities(BuildInputList({"@" + list})),
              ElementsAre("a.txt", "x"));
  const std::string bare = folder.Write("bare", a + "\n" + b);
  EXPECT_THAT(Identities(BuildInputList({"day=@" + bare})),
              ElementsAre("day" + a, "day" + b));
  const std::string nested = folder.Write("nested", "@" + list);
  EXPECT_EQ(KindOf({"@" + nested}), ErrorKind::kUsage);
  // The same file twice is one file.
  const std::string twice = folder.Write("twice", a + "\n" + a + "\n");
  EXPECT_EQ(BuildInputList({"t=@" + twice}).files.size(), 1u);
}

TEST(InputList, SymbolicLinks) {
  const TempFolder folder;
  folder.Write("in/sub/a.txt", "1");
  folder.Write("else/b.txt", "22");
  namespace fs = std::filesystem;
  const fs::path in = folder.path() + "/in";
  fs::create_symlink(folder.path() + "/else/b.txt", in / "file_link");
  fs::create_directory_symlink(folder.path() + "/else", in / "folder_link");
  fs::create_directory_symlink(in, in / "sub" / "loop");
  fs::create_symlink(folder.path() + "/nowhere", in / "nowhere");
  const InputList list = BuildInputList({in.string()});
  EXPECT_THAT(Identities(list),
              ElementsAre("in/file_link", "in/folder_link/b.txt", "in/nowhere",
                          "in/sub/a.txt"));
  EXPECT_EQ(list.bytes, 5u);
  const Result result = ReadAll(list.files, {});
  EXPECT_EQ(result.Events().at(0).reason, ReadReason::kIoError);
}

TEST(InputList, PartsCoverAllFilesOnce) {
  const TempFolder folder;
  for (int i = 0; i < 200; ++i) folder.Write("in/" + std::to_string(i), "x");
  const std::vector<std::string> inputs = {folder.path() + "/in"};
  std::vector<std::string> all;
  for (uint32_t k = 0; k < 7; ++k) {
    const InputList list = BuildInputList(inputs, {k, 7});
    EXPECT_GT(list.files.size(), 10u);
    const auto part = Identities(list);
    all.insert(all.end(), part.begin(), part.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, Identities(BuildInputList(inputs)));
  // A part may be empty.
  const InputList one = BuildInputList({folder.path() + "/in/0"}, {0, 1000});
  const InputList none = BuildInputList({folder.path() + "/in/0"}, {1, 1000});
  EXPECT_EQ(one.files.size() + none.files.size() < 2, true);
}

TEST(InputList, CurrentFolderHasItsRealName) {
  const TempFolder folder;
  folder.Write("corpus/a", "x");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path() + "/corpus");
  EXPECT_THAT(Identities(BuildInputList({"."})), ElementsAre("corpus/a"));
  EXPECT_THAT(Identities(BuildInputList({"-"})), ElementsAre("stdin"));
  std::filesystem::current_path(before);
}

TEST(InputList, NamesThatAreNoUtf8AreEscaped) {
  const TempFolder folder;
  folder.Write("in/f\xff.jsonl", "x");
  folder.Write("in/f%FF.jsonl", "x");
  folder.Write("in/a%20b", "x");
  const InputList list = BuildInputList({folder.path() + "/in"});
  EXPECT_THAT(Identities(list),
              ElementsAre("in/a%20b", "in/f%25FF.jsonl", "in/f%FF.jsonl"));
  EXPECT_EQ(list.files[2].os_path, folder.path() + "/in/f\xff.jsonl");
}

TEST(InputList, OnePathHoweverItIsWritten) {
  const TempFolder folder;
  const std::string file = folder.Write("in/a", "x");
  EXPECT_THAT(Identities(BuildInputList({file, folder.path() + "/.//in/./a"})),
              ElementsAre("a"));
  const std::string list = folder.Write(
      "list", "# all of it\n" + folder.path() + "/in\n\n#nothing\n");
  EXPECT_THAT(Identities(BuildInputList({"@" + list})), ElementsAre("in/a"));
}

TEST(InputList, AListTellsWhichLineIsWrong) {
  const TempFolder folder;
  const std::string file = folder.Write("in/a", "x");
  for (const std::string name : {"", "day="}) {
    const std::string list = folder.Write("list", file + "\n\n/no/such\n");
    try {
      BuildInputList({name + "@" + list});
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), ::testing::HasSubstr(list + ":3: "));
    }
  }
}

TEST(InputList, TellsWhatWasNamedAndWhatIsAStream) {
  const TempFolder folder;
  const std::string file = folder.Write("in/a", "x");
  const std::string fifo = folder.path() + "/fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const InputList list =
      BuildInputList({"x=" + folder.path() + "/in", file, fifo, "-"});
  EXPECT_EQ(list.roots.size(), 4U);
  EXPECT_THAT(list.streams, ElementsAre(fifo, "-"));
}

}  // namespace
}  // namespace winnow::testing
