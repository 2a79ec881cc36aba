// SPDX-License-Identifier: Apache-2.0
// Entry point: parses, calls the command, prints the one line of an error.
#include <malloc.h>

#include <new>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "pipeline/error.h"

namespace {

int Dispatch(const winnow::Arguments& a) {
  using Command = winnow::Arguments::Command;
  switch (a.command) {
    case Command::kRun:
      return winnow::RunCommand(a.run);
    case Command::kRead:
      return winnow::ReadCommand(a.read);
    case Command::kExplain:
      return winnow::ExplainCommand(a.explain);
    case Command::kTokens:
      return winnow::TokensCommand(a.tokens);
    case Command::kReport:
      return winnow::ReportCommand(a.report);
    case Command::kRecipe:
      return winnow::RecipeCommand(a.recipe);
    case Command::kNone:
      break;
  }
  return a.exit_code;
}

// The exit code; the one line of an error is printed.
int Guarded(int argc, char** argv) {
  try {
    return Dispatch(winnow::ParseArguments(argc, argv));
  } catch (const winnow::OutputClosed&) {
    return 0;
  } catch (const winnow::Error& e) {
    winnow::Note("winnow: {}\n", e.what());
    return e.exit_code();
  } catch (const std::bad_alloc&) {
    winnow::NoteText(
        "winnow: out of memory: give --memory less, or fewer --threads\n");
    return 1;
  } catch (const std::exception& e) {
    winnow::Note("winnow: internal error: {}\n", e.what());
    return 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  winnow::PrepareStandardStreams();
  // Frames and record buffers of megabytes come and go with every batch: keep
  // their pages instead of asking the system for zeroed ones each time.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  return winnow::FinishOutput(Guarded(argc, argv));
}
