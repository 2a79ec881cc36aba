// SPDX-License-Identifier: Apache-2.0
// The command line as typed values. One source file includes CLI11, which is
// slow to compile; the commands see only this.
#ifndef WINNOW_CLI_ARGUMENTS_H_
#define WINNOW_CLI_ARGUMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace winnow {

struct RunArguments {
  std::string recipe;
  std::vector<std::string> inputs;
  std::string output;
  unsigned threads = 0;  // 0: all cores this process may use
  uint64_t memory = 0;   // 0: half of the machine's
  uint64_t limit = UINT64_MAX;
  uint32_t part = 0;
  uint32_t parts = 1;
  bool strict = false;
  bool quiet = false;
  std::string dropped = "none";
};

struct ReadArguments {
  std::vector<std::string> inputs;
  unsigned threads = 0;
  uint64_t limit = UINT64_MAX;
  bool stats = false;
  bool json = false;
  bool digests = false;
};

struct ExplainArguments {
  std::string first;  // a run folder, or a recipe
  std::vector<std::string> rest;
  bool text = false;
};

struct TokensArguments {
  std::vector<std::string> vocabularies;
  std::vector<std::string> paths;
  bool json = false;
};

struct ReportArguments {
  std::vector<std::string> folders;
  bool json = false;
  bool html = false;
};

struct RecipeArguments {
  std::string name;
  std::string resolved;
  std::string check;
  std::string stage;
};

struct Arguments {
  enum class Command {
    kNone,
    kRun,
    kRead,
    kExplain,
    kTokens,
    kReport,
    kRecipe
  };
  Command command = Command::kNone;
  int exit_code = 0;  // for kNone: help and version 0, mistakes 2
  RunArguments run;
  ReadArguments read;
  ExplainArguments explain;
  TokensArguments tokens;
  ReportArguments report;
  RecipeArguments recipe;
};

// Help and version go to stdout, mistakes to stderr in one line.
Arguments ParseArguments(int argc, char** argv);

}  // namespace winnow

#endif  // WINNOW_CLI_ARGUMENTS_H_
