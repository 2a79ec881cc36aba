// SPDX-License-Identifier: Apache-2.0
#include "cli/stream_sink.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "pipeline/error.h"

namespace winnow {

void StreamSink::WriteFrame(const Frame& frame) {
  if (silent_ || frame.stream != Stream::kData) return;
  std::string_view rest = frame.encoded;
  while (!rest.empty()) {
    const ssize_t n = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      throw Error(ErrorKind::kIo,
                  std::string("cannot write: stdout: ") + std::strerror(errno));
    }
    rest.remove_prefix(static_cast<size_t>(n));
  }
}

}  // namespace winnow
