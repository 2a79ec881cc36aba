// SPDX-License-Identifier: Apache-2.0
// Undoes one content coding of HTTP: gzip, x-gzip, deflate (with zlib's frame
// or raw), br, zstd. Bounded output, and what precedes damage is kept.
#ifndef WINNOW_PIPELINE_READ_WARC_HTTP_CODING_H_
#define WINNOW_PIPELINE_READ_WARC_HTTP_CODING_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace winnow {

enum class Undone : uint8_t {
  kAll,
  kPart,      // stops decoding midway
  kNothing,   // not a byte comes out
  kTooLarge,  // more than `max_bytes` would
  kUnknown,   // no coding that we know
};

// True for `identity`, `none` and nothing.
bool IsNoCoding(std::string_view coding);

// Bytes that nobody would take for compressed data.
bool CouldBeText(std::string_view bytes);

// One for each worker: keeps contexts. Brotli's cannot be used again and is
// made for each body.
class HttpCoding {
 public:
  HttpCoding();
  ~HttpCoding();
  HttpCoding(const HttpCoding&) = delete;
  HttpCoding& operator=(const HttpCoding&) = delete;

  // Replaces *out. Text that merely decodes a little way is kNothing.
  Undone Undo(std::string_view coding, std::string_view in, uint64_t max_bytes,
              std::string* out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_HTTP_CODING_H_
