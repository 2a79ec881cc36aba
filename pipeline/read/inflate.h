// SPDX-License-Identifier: Apache-2.0
// zlib's inflate over raw deflate data: the slow door that gives what precedes
// damage, and members too large for one buffer.
#ifndef WINNOW_PIPELINE_READ_INFLATE_H_
#define WINNOW_PIPELINE_READ_INFLATE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace winnow {

class RawInflate {
 public:
  struct Step {
    enum class State { kMore, kEnd, kInvalid };
    State state;
    size_t used;
    size_t made;  // valid bytes even if kInvalid
  };

  RawInflate();
  ~RawInflate();
  RawInflate(const RawInflate&) = delete;
  RawInflate& operator=(const RawInflate&) = delete;

  // Begins a deflate stream.
  void Reset();
  // kMore with nothing used and nothing made: give more of either.
  Step Next(std::string_view in, char* out, size_t room);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_INFLATE_H_
