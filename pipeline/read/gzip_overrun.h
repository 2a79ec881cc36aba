// SPDX-License-Identifier: Apache-2.0
// Deflate data that were damaged go on decoding for a while, and may run over
// the members behind them before a code turns out to be impossible. This finds
// the member that was run over first, so that damage costs one member.
#ifndef WINNOW_PIPELINE_READ_GZIP_OVERRUN_H_
#define WINNOW_PIPELINE_READ_GZIP_OVERRUN_H_

#include <cstdint>
#include <limits>

#include "pipeline/read/buffer_pool.h"
#include "pipeline/read/decoded.h"
#include "pipeline/read/gzip_member.h"
#include "pipeline/read/inflate.h"
#include "pipeline/read/input_window.h"

namespace winnow {

class GzipOverrun {
 public:
  static constexpr uint64_t kNone = std::numeric_limits<uint64_t>::max();

  // `member` outlives it.
  explicit GzipOverrun(GzipMemberDecoder* member) : member_(member) {}

  // The member at `at` is not sound. Returns where the next one begins if the
  // inflater would run over it, else kNone. A next one is believed if sound
  // members from there on reach behind the place where inflating fails: those
  // that a damaged member holds inside end before that. Members too large for
  // a buffer are not looked into. Scratch memory comes from `pool`.
  uint64_t Find(InputWindow* in, uint64_t at, BufferPool* pool);

 private:
  uint64_t FindFailure(InputWindow* in, uint64_t at, bool* end_of_file);
  bool Reaches(InputWindow* in, uint64_t* at, uint64_t failure,
               bool end_of_file, Decoded* scratch);

  GzipMemberDecoder* member_;
  RawInflate inflate_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_GZIP_OVERRUN_H_
