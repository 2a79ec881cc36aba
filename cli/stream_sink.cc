// SPDX-License-Identifier: Apache-2.0
#include "cli/stream_sink.h"

#include "cli/output.h"

namespace winnow {

void StreamSink::WriteFrame(const Frame& frame) {
  if (silent_ || frame.stream != Stream::kData) return;
  WriteStdout(frame.encoded);
}

}  // namespace winnow
