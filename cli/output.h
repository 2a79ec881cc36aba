// SPDX-License-Identifier: Apache-2.0
// What the commands print. Results go to stdout and a failure there ends the
// command; all else goes to stderr and no failure there ends anything.
//
// A reader of stdout that goes away (`| head`) ends every command quietly with
// 0: it has had what it wanted. SIGPIPE is ignored from the start.
#ifndef WINNOW_CLI_OUTPUT_H_
#define WINNOW_CLI_OUTPUT_H_

#include <fmt/core.h>

#include <cstddef>
#include <string_view>
#include <utility>

namespace winnow {

// The reader of stdout went away. Caught in main().
struct OutputClosed {};

// First thing in main(): ignores SIGPIPE, and fills closed standard
// descriptors so that no file of a run becomes one of them.
void PrepareStandardStreams();

// To stdout. Throws OutputClosed, or Error(kIo) for a full or closed stdout.
void PrintText(std::string_view text);
template <typename... Args>
void Print(fmt::format_string<Args...> format, Args&&... args) {
  PrintText(fmt::format(format, std::forward<Args>(args)...));
}

// To stdout, unbuffered, from a thread of its own. Throws as PrintText() does.
void WriteStdout(std::string_view bytes);

// To stdout, of a command that has done its work: FinishOutput() tells of a
// failure.
void PrintLast(std::string_view text);

// Flushes stdout. Returns the exit code: `code`, or 1 where stdout failed and
// the command did not; says why.
int FinishOutput(int code);

// To stderr. Failures are ignored.
void NoteText(std::string_view text);
template <typename... Args>
void Note(fmt::format_string<Args...> format, Args&&... args) {
  NoteText(fmt::format(format, std::forward<Args>(args)...));
}

// Columns of the terminal behind a descriptor; 0 if it is none.
size_t TerminalColumns(int descriptor);

}  // namespace winnow

#endif  // WINNOW_CLI_OUTPUT_H_
