// SPDX-License-Identifier: Apache-2.0
// Gathers the output documents of batches into frames, cut by output bytes and
// at marks, never by batch: so batch size never shows in the shards. Serial,
// in input order.
#ifndef WINNOW_PIPELINE_WRITE_FRAMER_H_
#define WINNOW_PIPELINE_WRITE_FRAMER_H_

#include <array>
#include <memory>
#include <vector>

#include "pipeline/batch.h"

namespace winnow {

class Framer {
 public:
  explicit Framer(uint64_t frame_bytes) : frame_bytes_(frame_bytes) {}

  // Fills batch->frames with the frames that became full, and batch->steps
  // with what the commit has to do. Closes all frames at a mark and at the
  // last batch.
  void Gather(Batch* batch);

 private:
  void Append(Stream stream, const OutputText& output, Batch* batch);
  void Close(Stream stream, Batch* batch);

  uint64_t frame_bytes_;
  std::array<std::unique_ptr<Frame>, kStreams> open_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_WRITE_FRAMER_H_
