// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#include <CLI/CLI.hpp>
#pragma GCC diagnostic pop

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>

#include "cli/output.h"
#include "cli/version.h"
#include "pipeline/params.h"
#include "pipeline/yaml_tree.h"

namespace winnow {
namespace {

// A number without a unit below this was not meant as bytes.
constexpr uint64_t kLeastMemory = uint64_t{1} << 20;

template <typename T>
std::optional<T> Whole(const std::string& s) {
  T value{};
  const auto [end, ec] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (ec != std::errc() || end != s.data() + s.size()) return std::nullopt;
  return value;
}

bool AllDigits(const std::string& s) {
  return !s.empty() && std::all_of(s.begin(), s.end(),
                                   [](char c) { return c >= '0' && c <= '9'; });
}

// CLI11 reads "010" as octal and prints 300-digit bounds: numbers are parsed
// here instead.
template <typename T>
CLI::Option* AddWhole(CLI::App* app, const std::string& name, T* out, T least,
                      const std::string& help) {
  return app
      ->add_option_function<std::string>(
          name,
          [name, out, least](const std::string& s) {
            const auto value = Whole<T>(s);
            if (!value && AllDigits(s)) {
              throw CLI::ValidationError(name, "too large: '" + s + "'");
            }
            if (!value || *value < least) {
              throw CLI::ValidationError(
                  name, "expected a whole number of at least " +
                            std::to_string(least) + ", got '" + s + "'");
            }
            *out = *value;
          },
          help)
      ->type_name("N");
}

void AddMemory(CLI::App* app, uint64_t* out) {
  app->add_option_function<std::string>(
         "--memory",
         [out](const std::string& s) {
           const auto value = ParseSize(s);
           if (value && *value < kLeastMemory && AllDigits(s)) {
             throw CLI::ValidationError(
                 "--memory",
                 "that is " + s + " bytes: give a unit, such as " + s + "GiB");
           }
           if (!value || *value == 0) {
             throw CLI::ValidationError(
                 "--memory",
                 "expected a size such as 4GiB or 512MiB, got '" + s + "'");
           }
           *out = *value;
         },
         "ceiling for the run's memory (default: half of the machine's)")
      ->type_name("SIZE");
}

void AddPart(CLI::App* app, RunArguments* run) {
  app->add_option_function<std::string>(
         "--part",
         [run](const std::string& s) {
           const size_t slash = s.find('/');
           const auto k = Whole<uint32_t>(s.substr(0, slash));
           const auto n = slash == std::string::npos
                              ? std::nullopt
                              : Whole<uint32_t>(s.substr(slash + 1));
           if (!k || !n || *k < 1 || *k > *n) {
             throw CLI::ValidationError(
                 "--part", "expected K/N with 1 <= K <= N, got '" + s + "'");
           }
           run->part = *k - 1;
           run->parts = *n;
         },
         "take only part K of N of the files (job arrays)")
      ->type_name("K/N");
}

void AddRun(CLI::App* app, RunArguments* run) {
  app->add_option("recipe", run->recipe,
                  "a built-in recipe (see `winnow recipe`), a file, or -")
      ->required()
      ->type_name("RECIPE");
  app->add_option("-i,--input", run->inputs,
                  "files or folders; NAME=PATH gives the source a name; @LIST "
                  "reads paths from a file; - reads JSONL from stdin")
      ->required()
      ->type_name("PATH");
  app->add_option("-o,--output", run->output,
                  "folder for the results; - writes JSONL to stdout")
      ->required()
      ->type_name("DIR");
  AddWhole(app, "-t,--threads", &run->threads, 1U,
           "worker threads (default: all cores)");
  AddMemory(app, &run->memory);
  AddWhole<uint64_t>(app, "--limit", &run->limit, 1,
                     "only the first N documents, in canonical order");
  AddPart(app, run);
  app->add_option("--dropped", run->dropped,
                  "write dropped documents with their reasons: none, sample "
                  "(1 in 100) or all")
      ->check(CLI::IsMember({"all", "sample", "none"}))
      ->type_name("WHICH");
  app->add_flag("--strict", run->strict,
                "exit with 3 if any input could not be read");
  app->add_flag("-q,--quiet", run->quiet, "no progress and no funnel");
}

void AddRead(CLI::App* app, ReadArguments* read) {
  app->add_option("paths", read->inputs, "files or folders, as for run --input")
      ->required()
      ->type_name("PATH");
  AddWhole(app, "-t,--threads", &read->threads, 1U,
           "worker threads (default: all cores)");
  AddWhole<uint64_t>(app, "--limit", &read->limit, 1,
                     "only the first N documents");
  app->add_flag("--stats", read->stats,
                "counts alone, no documents: records by type, HTTP status, "
                "media type, charset, and why bytes gave none");
  app->add_flag("--digests", read->digests,
                "check what WARC records say of their own hashes");
  app->add_flag("--json", read->json, "with --stats: as JSON");
}

// What CLI11 cannot say: options that need or exclude each other. Empty: fine.
std::string Conflict(const Arguments& a) {
  using Command = Arguments::Command;
  if (a.command == Command::kRun && a.run.output == "-" &&
      a.run.dropped != "none") {
    return "--dropped " + a.run.dropped +
           ": --output - writes kept documents alone: give a folder";
  }
  if (a.command == Command::kRead && a.read.json && !a.read.stats) {
    return "--json: goes with --stats: documents are JSON lines as they are";
  }
  if (a.command == Command::kReport && a.report.json && a.report.html) {
    return "--json and --html: give one of them";
  }
  if (a.command == Command::kReport && a.report.html &&
      a.report.folders.size() > 1) {
    return "--html: a page shows one run: give one folder";
  }
  const RecipeArguments& r = a.recipe;
  if (a.command == Command::kRecipe &&
      !r.name.empty() + !r.resolved.empty() + !r.check.empty() > 1) {
    return "recipe: give one of NAME, --resolved and --check";
  }
  return "";
}

// `winnow help [COMMAND]` and `winnow version`, as other tools have them.
std::vector<std::string> Spelled(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) return words;
  if (words[0] == "version" && words.size() == 1) return {"--version"};
  if (words[0] != "help") return words;
  words.erase(words.begin());
  words.emplace_back("--help");
  return words;
}

constexpr const char* kFooter =
    "Results go to stdout, all else to stderr. A reader of stdout that goes "
    "away\n(| head) ends a command quietly, with 0.\n"
    "Exit codes: 0 done, 1 failed, 2 wrong command or recipe, 3 input errors "
    "under\n--strict, 130 interrupted (the same command goes on).";

// Nearest option or command, for a word CLI11 did not know.
std::string Suggest(const CLI::App& app, const std::string& word) {
  std::vector<std::string> known;
  const CLI::App* scope = &app;
  for (const CLI::App* sub : app.get_subcommands()) scope = sub;
  for (const CLI::Option* option : scope->get_options()) {
    for (const std::string& name : option->get_lnames()) {
      known.push_back("--" + name);
    }
  }
  if (scope == &app) {
    for (const CLI::App* sub :
         app.get_subcommands([](const CLI::App*) { return true; })) {
      known.push_back(sub->get_name());
    }
  }
  const std::string nearest = Nearest(word, known);
  return nearest.empty() ? "" : ": did you mean '" + nearest + "'?";
}

}  // namespace

Arguments ParseArguments(int argc, char** argv) {
  Arguments a;
  CLI::App app(
      "How many usable tokens survive? Cleans corpora and counts "
      "real tokens at every step.",
      "winnow");
  app.set_version_flag("-V,--version", std::string("winnow ") + kVersion);
  app.require_subcommand(1);
  app.footer(kFooter);
  app.fallthrough(false);

  CLI::App* run = app.add_subcommand(
      "run", "one recipe over one dump into one folder; resumable");
  AddRun(run, &a.run);
  CLI::App* read = app.add_subcommand(
      "read", "dumps to JSONL documents on stdout, nothing judged");
  AddRead(read, &a.read);

  CLI::App* explain = app.add_subcommand(
      "explain", "why a document was dropped, or what it duplicates");
  explain
      ->add_option("what", a.explain.first,
                   "a run's output folder, or a recipe")
      ->required()
      ->type_name("OUT|RECIPE");
  explain
      ->add_option("rest", a.explain.rest,
                   "document ids of the run, or paths to judge")
      ->required()
      ->type_name("ID|PATH");
  explain->add_flag("--text", a.explain.text,
                    "for people, instead of a JSON line a document");

  CLI::App* tokens =
      app.add_subcommand("tokens", "exact token counts of files as raw text");
  tokens
      ->add_option("--vocab", a.tokens.vocabularies,
                   "vocabularies (default: o200k_base,cl100k_base)")
      ->delimiter(',')
      ->type_name("A,B");
  tokens->add_flag("--json", a.tokens.json, "a JSON line a file");
  tokens->add_option("paths", a.tokens.paths, "files or folders; - is stdin")
      ->required()
      ->type_name("PATH");

  CLI::App* report =
      app.add_subcommand("report", "the funnel of runs that are done");
  report->footer("--json prints the one report, or an array of several.");
  report->add_option("folders", a.report.folders, "output folders of runs")
      ->required()
      ->type_name("DIR");
  report->add_flag("--json", a.report.json, "report.json as it is");
  report->add_flag("--html", a.report.html, "a self-contained page");

  CLI::App* recipe =
      app.add_subcommand("recipe", "built-in recipes and their stages");
  recipe->add_option("name", a.recipe.name, "print this built-in recipe")
      ->type_name("NAME");
  recipe
      ->add_option("--resolved", a.recipe.resolved,
                   "print a recipe with every default filled in")
      ->type_name("RECIPE");
  recipe
      ->add_option("--check", a.recipe.check,
                   "say whether `run` would take this recipe")
      ->type_name("RECIPE");
  // --help STAGE explains a stage; plain --help explains the command.
  recipe->set_help_flag();
  recipe
      ->add_option("-h,--help", a.recipe.stage,
                   "this help, or the parameters of a stage")
      ->expected(0, 1)
      ->default_str("")
      ->type_name("[STAGE]");

  std::vector<std::string> words = Spelled(argc, argv);
  std::reverse(words.begin(), words.end());  // as CLI11 takes them
  try {
    app.parse(words);
  } catch (const CLI::Success& e) {
    std::ostringstream text;
    app.exit(e, text, text);
    PrintText(text.str());
    return a;
  } catch (const CLI::ParseError& e) {
    // What it did not know explains more than what it then missed.
    const std::vector<std::string> extras = app.remaining(true);
    if (!extras.empty()) {
      Note("winnow: unknown argument '{}'{}\n", extras[0],
           Suggest(app, extras[0]));
      a.exit_code = 2;
      return a;
    }
    std::string message = e.what();
    for (char& c : message) {
      if (c == '\n') c = ' ';
    }
    Note("winnow: {} (see winnow --help)\n", message);
    a.exit_code = 2;
    return a;
  }

  using Command = Arguments::Command;
  if (run->parsed()) a.command = Command::kRun;
  if (read->parsed()) a.command = Command::kRead;
  if (explain->parsed()) a.command = Command::kExplain;
  if (tokens->parsed()) a.command = Command::kTokens;
  if (report->parsed()) a.command = Command::kReport;
  if (recipe->parsed()) {
    a.command = Command::kRecipe;
    if (recipe->count("--help") > 0 && a.recipe.stage.empty()) {
      PrintText(recipe->help());
      a.command = Command::kNone;
    }
  }
  const std::string conflict = Conflict(a);
  if (!conflict.empty()) {
    Note("winnow: {}\n", conflict);
    a.command = Command::kNone;
    a.exit_code = 2;
  }
  return a;
}

}  // namespace winnow
