// SPDX-License-Identifier: Apache-2.0
// Where tests and benchmarks find real text. Nothing of it is part of the
// repository: what is absent is skipped.
#ifndef WINNOW_TESTS_CORPORA_H_
#define WINNOW_TESTS_CORPORA_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::testing {

// The folder of one corpus, or nullopt. Looks for PART/ or PART.tar.zst in
// $WINNOW_CORPORA (default: ../shared/corpora beside the source); an archive
// is unpacked once, into $XDG_CACHE_HOME/winnow/corpora.
std::optional<std::filesystem::path> CorpusDir(const std::string& part);

// Files below `dir` whose name ends with `suffix`, sorted bytewise.
std::vector<std::filesystem::path> FilesBelow(const std::filesystem::path& dir,
                                              std::string_view suffix);

// $WINNOW_DATA, else $XDG_DATA_HOME/winnow, else ~/.local/share/winnow.
std::filesystem::path DataDir();

std::string ReadWholeFile(const std::filesystem::path& path);

// Text between the tags of an HTML page, one space for each run of tags; good
// enough to be real text in some language. Scripts and styles stay in.
std::string TextBetweenTags(std::string_view html);

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_CORPORA_H_
