// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

#include "pipeline/error.h"

namespace winnow {
namespace {

// errno of the first failed write to stdout; 0: none.
int stdout_error = 0;

// Keeps the first error: after a partial write stdio forgets it.
bool Put(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) {
    return true;
  }
  if (stdout_error == 0) stdout_error = errno != 0 ? errno : EIO;
  return false;
}

std::string StdoutFailed(int error) {
  return std::string("cannot write: stdout: ") + std::strerror(error);
}

[[noreturn]] void ThrowStdout(int error) {
  if (error == EPIPE) throw OutputClosed();
  throw Error(ErrorKind::kIo, StdoutFailed(error));
}

}  // namespace

void PrepareStandardStreams() {
  std::signal(SIGPIPE, SIG_IGN);
  // Opened the wrong way round: using them still fails, as it did.
  constexpr int kModes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
  for (int fd = 0; fd < 3; ++fd) {
    if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
      static_cast<void>(::open("/dev/null", kModes[fd]));
    }
  }
}

void PrintText(std::string_view text) {
  if (!Put(text)) ThrowStdout(stdout_error);
}

void PrintLast(std::string_view text) { static_cast<void>(Put(text)); }

void WriteStdout(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int error = errno;
      stdout_error = error;
      ThrowStdout(error);
    }
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

int FinishOutput(int code) {
  const bool told = stdout_error != 0 && code != 0;
  errno = 0;
  if (std::fflush(stdout) != 0 && stdout_error == 0) stdout_error = errno;
  if (stdout_error == 0 || stdout_error == EPIPE || told) return code;
  Note("winnow: {}\n", StdoutFailed(stdout_error));
  return code == 0 ? 1 : code;
}

void NoteText(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(STDERR_FILENO, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    text.remove_prefix(static_cast<size_t>(n));
  }
}

size_t TerminalColumns(int descriptor) {
  if (::isatty(descriptor) != 1) return 0;
  winsize size{};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace winnow
