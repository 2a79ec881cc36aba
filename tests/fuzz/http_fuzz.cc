// SPDX-License-Identifier: Apache-2.0
// Any bytes as an HTTP response of a web record: its head and its body. What
// must hold: all views lie inside the input or the decoder, what comes out is
// bounded, and the same bytes give the same answer again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "pipeline/read/warc/http_body.h"
#include "pipeline/read/warc/http_fields.h"
#include "pipeline/read/warc/http_head.h"

namespace winnow {
namespace {

constexpr uint64_t kMostBytes = 1 << 16;

void Require(bool what) {
  if (!what) std::abort();
}

bool Inside(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() &&
          part.data() + part.size() <= whole.data() + whole.size());
}

void ReadFields(std::string_view input) {
  HttpFields fields(input);
  size_t last = 0;
  while (fields.Next()) {
    Require(fields.position() > last && fields.position() <= input.size());
    last = fields.position();
    Require(Inside(fields.name(), input) && Inside(fields.value(), input));
    std::string unfolded;
    AppendUnfolded(fields.value(), &unfolded);
    Require(unfolded.size() <= fields.value().size());
    Require(Inside(MediaType(fields.value()), input));
    Require(Inside(MediaParameter(fields.value(), "charset"), input));
  }
}

void ReadOne(std::string_view input, HttpBodyDecoder* decoder) {
  HttpHead head;
  const HttpHeadResult result = ParseHttpHead(input, &head);
  Require(HttpHeadLength(input) <= input.size());
  if (result != HttpHeadResult::kOk) return;
  Require(head.length <= input.size());
  Require(head.status >= 0 && head.status <= 999);
  Require(Inside(head.content_type, input) &&
          Inside(head.content_encoding, input) &&
          Inside(head.transfer_encoding, input));
  const std::string_view body = input.substr(head.length);
  HttpBody out;
  const ReadReason reason = decoder->Decode(
      body, head.transfer_encoding, head.content_encoding, kMostBytes, &out);
  if (reason != ReadReason::kCount) return;
  Require(out.decoded || Inside(out.bytes, body));
  // Chunks are part of the input; codings are bounded.
  Require(out.bytes.size() <= kMostBytes + body.size());
  const std::string once(out.bytes);
  Require(decoder->Decode(body, head.transfer_encoding, head.content_encoding,
                          kMostBytes, &out) == ReadReason::kCount);
  Require(out.bytes == once);
}

}  // namespace
}  // namespace winnow

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  static winnow::HttpBodyDecoder decoder;
  winnow::ReadFields(input);
  winnow::ReadOne(input, &decoder);
  return 0;
}
