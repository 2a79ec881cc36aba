// SPDX-License-Identifier: Apache-2.0
// Codecs are told by content, never by name, and never nested.
//
// A CodecStream reads a file from the front and says what its bytes are: it is
// the truth that speculation must agree with. Where it stops and goes on never
// changes what it says, for it takes input and gives output in steps counted
// from the start of the member.
#ifndef WINNOW_PIPELINE_READ_CODEC_H_
#define WINNOW_PIPELINE_READ_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "pipeline/read/decoded.h"
#include "pipeline/read/file.h"
#include "pipeline/read/piece.h"

namespace winnow {

// From the first four bytes of a file.
Codec DetectCodec(std::string_view head);
// The same, and tables: they need a file that can be read from its end.
Codec DetectCodec(const File& file, const SourceOptions& options);

// Where a stream puts what it finds: a file's chunks, in order, and their
// bytes.
struct ChunkSink {
  uint32_t file = 0;
  Decoded* decoded = nullptr;
  std::vector<Chunk>* chunks = nullptr;

  // The last `size` committed bytes of `decoded` came from [begin, end).
  // Joined to the chunk before unless a member starts here.
  void Data(uint64_t begin, uint64_t end, size_t size, bool starts_member,
            bool plain = false) const;
  void Lost(uint64_t begin, uint64_t end, ReadReason reason) const;
  void End(uint64_t at) const;
};

class CodecStream {
 public:
  enum class Step : uint8_t {
    kMore,      // enough for one piece, or the piece is full
    kBoundary,  // a member ends at or behind `until`
    kEnd,       // the file is over, and its kEnd chunk is there
  };

  virtual ~CodecStream() = default;
  // Goes on at `at`, where a member or frame begins (a plain file: anywhere).
  virtual void Reset(File* file, uint64_t at) = 0;
  // Appends about `target` decoded bytes to `out`, or fewer.
  virtual Step Next(size_t target, uint64_t until, const ChunkSink& out) = 0;
  // The compressed offset it has come to.
  virtual uint64_t position() const = 0;
};

std::unique_ptr<CodecStream> NewPlainStream(const SourceOptions& options);
std::unique_ptr<CodecStream> NewGzipStream(const SourceOptions& options);
std::unique_ptr<CodecStream> NewLz4Stream(const SourceOptions& options);
std::unique_ptr<CodecStream> NewZstdStream(const SourceOptions& options);
std::unique_ptr<CodecStream> NewBzip2Stream(const SourceOptions& options);
std::unique_ptr<CodecStream> NewCodecStream(Codec codec,
                                            const SourceOptions& options);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CODEC_H_
