// SPDX-License-Identifier: Apache-2.0
#include "pipeline/write/framer.h"

namespace winnow {

void Framer::Close(Stream stream, Batch* batch) {
  auto& open = open_[static_cast<size_t>(stream)];
  if (open == nullptr || open->text.empty()) return;
  batch->steps.push_back({CommitStep::Kind::kFrame, batch->frames.size()});
  batch->frames.push_back(std::move(open));
}

void Framer::Append(Stream stream, const OutputText& output, Batch* batch) {
  auto& open = open_[static_cast<size_t>(stream)];
  size_t start = 0;  // of the documents not yet copied
  size_t i = 0;
  while (i < output.ends.size()) {
    if (open == nullptr) {
      open = std::make_unique<Frame>();
      open->stream = stream;
      open->text.reserve(frame_bytes_ + (frame_bytes_ >> 4));
    }
    // As many documents as it takes to fill the frame, in one copy.
    const size_t room = frame_bytes_ - open->text.size();
    const size_t first = i;
    while (i < output.ends.size()) {
      ++i;
      if (output.ends[i - 1] - start >= room) break;
    }
    open->text.append(output.bytes, start, output.ends[i - 1] - start);
    open->documents += i - first;
    start = output.ends[i - 1];
    if (open->text.size() >= frame_bytes_) Close(stream, batch);
  }
}

void Framer::Gather(Batch* batch) {
  for (size_t s = 0; s < batch->stretch_count(); ++s) {
    Stretch& stretch = batch->stretch(s);
    for (size_t stream = 0; stream < kStreams; ++stream) {
      Append(static_cast<Stream>(stream), stretch.output[stream], batch);
    }
    const bool close = stretch.mark.has_value() ||
                       (batch->last && s + 1 == batch->stretch_count());
    for (size_t stream = 0; close && stream < kStreams; ++stream) {
      Close(static_cast<Stream>(stream), batch);
    }
    batch->steps.push_back({CommitStep::Kind::kStretch, s});
  }
}

}  // namespace winnow
