// SPDX-License-Identifier: Apache-2.0
// Decodes one gzip member in one go with libdeflate: three times as fast as
// zlib, and all or nothing. Source for the rules of thumb: ebiggers/libdeflate
// issues 31 and 157.
//
// What it answers depends on the file's bytes from `at` on and on the options,
// never on how much of the file happens to be at hand: every input is tried as
// seen through fixed lengths at last.
#ifndef WINNOW_PIPELINE_READ_GZIP_MEMBER_H_
#define WINNOW_PIPELINE_READ_GZIP_MEMBER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "pipeline/read/decoded.h"
#include "pipeline/read/inflate.h"
#include "pipeline/read/input_window.h"
#include "pipeline/read/piece.h"

namespace winnow {

// True for a file that says at its end that its last member is larger than
// `most`: nearly always it is the only one, and its first member goes to zlib
// at once. A hint that may lie, but the same to everyone who asks.
bool ClaimsGiantMember(File* file, uint64_t most);

class GzipMemberDecoder {
 public:
  enum class Outcome : uint8_t {
    kSound,
    kBad,       // no member, or damaged, or cut: zlib tells how far it goes
    kTooLarge,  // for a buffer
    kFull,      // it may fit a buffer, but not this piece any more
  };
  struct Result {
    Outcome outcome;
    uint64_t end;  // compressed offset behind a sound member
    size_t size;   // bytes appended
  };

  explicit GzipMemberDecoder(const SourceOptions& options);
  ~GzipMemberDecoder();

  // Members that decode to more are too large.
  uint64_t most_made() const { return most_made_; }

  // Appends the member at `at` to `out` and commits it if it is sound. Looks
  // first at the bytes that `in` has at hand, `at_hand` from `at` on. `claim`:
  // what it may decode to, for room, or 0.
  Result Decode(InputWindow* in, uint64_t at, size_t at_hand, uint64_t claim,
                Decoded* out);

 private:
  enum class Try : uint8_t { kSound, kBad, kShort, kTooLarge, kFull };

  Try Attempt(std::string_view in, bool large, uint64_t claim, Decoded* out,
              size_t* used, size_t* made);
  bool Damaged(std::string_view in);

  uint64_t most_made_;   // larger members are too large
  uint64_t most_piece_;  // a piece holds no more
  size_t short_input_;   // first fixed length
  size_t long_input_;    // no member in reach is longer
  size_t last_made_ = 0;
  std::unique_ptr<void, void (*)(void*)> inflater_;
  RawInflate probe_;
  std::unique_ptr<char[]> sink_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_GZIP_MEMBER_H_
