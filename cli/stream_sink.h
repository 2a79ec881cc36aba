// SPDX-License-Identifier: Apache-2.0
// Documents to stdout, without manifest or resume; for `read` and `run -o -`.
#ifndef WINNOW_CLI_STREAM_SINK_H_
#define WINNOW_CLI_STREAM_SINK_H_

#include "pipeline/executor.h"

namespace winnow {

class StreamSink : public RunSink {
 public:
  // `silent` writes nothing: counts alone.
  explicit StreamSink(bool silent) : silent_(silent) {}
  // Throws as WriteStdout() does.
  void WriteFrame(const Frame& frame) override;
  void Checkpoint(const Cursor&, const Tally&,
                  const std::vector<std::string>&) override {}

 private:
  bool silent_;
};

}  // namespace winnow

#endif  // WINNOW_CLI_STREAM_SINK_H_
