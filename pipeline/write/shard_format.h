// SPDX-License-Identifier: Apache-2.0
// A shard that is not lines of JSON. Frames stay what they are, cut by the
// same rule; only what a frame becomes on disk, and what stands before and
// behind all frames of a shard, is the format's.
//
// A shard grows by whole frames, so that a run can be cut off at a mark and go
// on. What the end of the file must hold (a footer) is made from the shard
// itself when it is closed: nothing has to be remembered across a kill.
#ifndef WINNOW_PIPELINE_WRITE_SHARD_FORMAT_H_
#define WINNOW_PIPELINE_WRITE_SHARD_FORMAT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace winnow {

// Thread-safe.
class ShardFormat {
 public:
  // One for each worker.
  class Encoder {
   public:
    virtual ~Encoder() = default;
    // `text`: documents as lines of JSON, as AppendDocumentJson() writes them.
    // Replaces *encoded.
    virtual void Encode(std::string_view text, std::string* encoded) = 0;
  };

  virtual ~ShardFormat() = default;
  virtual std::unique_ptr<Encoder> NewEncoder() const = 0;
  // The first bytes of a shard.
  virtual std::string_view header() const = 0;
  // What ends the shard at `path`, which holds header and frames, `bytes` in
  // all. Throws Error(kIo) or Error(kCorruption).
  virtual std::string Footer(const std::string& path, uint64_t bytes) const = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_WRITE_SHARD_FORMAT_H_
