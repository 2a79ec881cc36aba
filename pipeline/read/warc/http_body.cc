// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/http_body.h"

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

constexpr size_t kMaxSizeLine = 64;
constexpr uint64_t kMaxChunk = uint64_t{1} << 31;
constexpr int kMaxCodings = 4;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The size line at body[*pos]; moves behind it. False if it is none.
bool ReadChunkSize(std::string_view body, size_t* pos, uint64_t* size) {
  const std::string_view window = body.substr(*pos, kMaxSizeLine);
  const size_t feed = window.find('\n');
  if (feed == std::string_view::npos) return false;
  std::string_view line = window.substr(0, feed);
  line = TrimHttpSpace(line.substr(0, line.find(';')));
  if (line.empty()) return false;
  *size = 0;
  for (const char c : line) {
    const int digit = HexDigit(c);
    if (digit < 0) return false;
    *size = *size * 16 + static_cast<uint64_t>(digit);
    if (*size > kMaxChunk) return false;
  }
  *pos += feed + 1;
  return true;
}

// Takes the last coding off a list.
std::string_view TakeLast(std::string_view* list) {
  const size_t comma = list->rfind(',');
  const bool alone = comma == std::string_view::npos;
  const std::string_view last = alone ? *list : list->substr(comma + 1);
  *list = alone ? std::string_view() : list->substr(0, comma);
  return TrimHttpSpace(last);
}

}  // namespace

bool JoinChunks(std::string_view body, std::string* out, bool* mended) {
  out->clear();
  *mended = false;
  size_t pos = 0;
  for (bool first = true; pos < body.size(); first = false) {
    uint64_t size = 0;
    if (!ReadChunkSize(body, &pos, &size)) {
      if (first) return false;
      *mended = true;
      out->append(body.substr(pos));
      return true;
    }
    if (size == 0) return true;  // trailers may follow
    const std::string_view data = body.substr(pos, size);
    out->append(data);
    pos += data.size();
    *mended |= data.size() < size;
    if (body.substr(pos, 2) == "\r\n") {
      pos += 2;
    } else if (body.substr(pos, 1) == "\n") {
      pos += 1;
    }
  }
  return true;
}

ReadReason HttpBodyDecoder::UndoList(std::string_view codings,
                                     uint64_t max_bytes, HttpBody* out) {
  for (int n = 0; !codings.empty() && !out->bytes.empty(); ++n) {
    if (n == kMaxCodings) return ReadReason::kHttpBodyInvalid;
    const std::string_view coding = TakeLast(&codings);
    if (IsNoCoding(coding)) continue;
    std::string& buffer = buffers_[next_];
    const Undone undone = coding_.Undo(coding, out->bytes, max_bytes, &buffer);
    switch (undone) {
      case Undone::kTooLarge:
        return ReadReason::kExpansionLimit;
      case Undone::kUnknown:
        // `utf-8` and the like: servers name anything here.
        if (!CouldBeText(out->bytes)) return ReadReason::kHttpCodingUnknown;
        out->mended = "http.unknown_coding";
        continue;
      case Undone::kNothing:
        if (!CouldBeText(out->bytes)) return ReadReason::kHttpBodyInvalid;
        out->mended = "http.not_encoded";
        continue;
      case Undone::kPart:
        out->mended = "http.body_cut";
        break;
      case Undone::kAll:
        break;
    }
    out->bytes = buffer;
    out->decoded = true;
    next_ ^= 1;
  }
  return ReadReason::kCount;
}

ReadReason HttpBodyDecoder::Decode(std::string_view body,
                                   std::string_view transfer_encoding,
                                   std::string_view content_encoding,
                                   uint64_t max_bytes, HttpBody* out) {
  *out = {body, false, {}};
  next_ = 0;
  std::string_view rest = transfer_encoding;
  if (EqualsIgnoreCase(TakeLast(&rest), "chunked")) {
    transfer_encoding = rest;
    bool mended = false;
    if (JoinChunks(body, &buffers_[next_], &mended)) {
      out->bytes = buffers_[next_];
      out->decoded = true;
      next_ = 1;
      if (mended) out->mended = "http.chunks";
    } else if (!body.empty()) {
      out->mended = "http.not_chunked";
    }
  }
  const ReadReason reason = UndoList(transfer_encoding, max_bytes, out);
  if (reason != ReadReason::kCount) return reason;
  return UndoList(content_encoding, max_bytes, out);
}

}  // namespace winnow
