// SPDX-License-Identifier: Apache-2.0
// Text to one independent zstd frame (content size, checksum), or as it is.
// Frames make shards readable in parallel and their bytes independent of
// threads.
#ifndef WINNOW_PIPELINE_WRITE_FRAME_ENCODER_H_
#define WINNOW_PIPELINE_WRITE_FRAME_ENCODER_H_

#include <memory>
#include <string>
#include <string_view>

namespace winnow {

// One for each worker.
class FrameEncoder {
 public:
  FrameEncoder(bool compress, int level);
  ~FrameEncoder();
  FrameEncoder(FrameEncoder&&) noexcept;

  // Replaces *encoded. Throws Error(kInternal) if zstd refuses.
  void Encode(std::string_view text, std::string* encoded);

 private:
  struct Context;
  std::unique_ptr<Context> context_;  // null: no compression
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_WRITE_FRAME_ENCODER_H_
