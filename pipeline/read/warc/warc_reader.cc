// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/warc_reader.h"

#include <algorithm>
#include <iterator>

#include "pipeline/read/warc/http_fields.h"
#include "pipeline/read/warc/http_head.h"
#include "pipeline/read/warc/http_url.h"

namespace winnow {
namespace {

constexpr std::string_view kMagic = "WARC/";
constexpr size_t kSniffBytes = size_t{64} << 10;

struct TypeName {
  std::string_view type;
  std::string_view counted_as;
};

constexpr TypeName kTypes[] = {
    {"warcinfo", "warc.warcinfo"},     {"request", "warc.request"},
    {"revisit", "warc.revisit"},       {"metadata", "warc.metadata"},
    {"resource", "warc.resource"},     {"continuation", "warc.continuation"},
    {"conversion", "warc.conversion"}, {"response", "warc.response"},
};

std::string_view CountedAs(std::string_view type) {
  const TypeName* found = std::find_if(
      std::begin(kTypes), std::end(kTypes),
      [&](const TypeName& t) { return EqualsIgnoreCase(t.type, type); });
  return found == std::end(kTypes) ? "warc.unknown" : found->counted_as;
}

std::string_view StatusClass(int status) {
  if (status == 0) return "http.status_0";
  switch (status / 100) {
    case 1:
      return "http.status_1xx";
    case 3:
      return "http.status_3xx";
    case 4:
      return "http.status_4xx";
    case 5:
      return "http.status_5xx";
    default:
      return "http.status_other";
  }
}

bool HasScheme(std::string_view uri, std::string_view scheme) {
  return EqualsIgnoreCase(uri.substr(0, scheme.size()), scheme);
}

// ASCII that can stand in metadata as it is; others come from strangers.
bool IsPlainAscii(std::string_view s) {
  return std::all_of(s.begin(), s.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F; });
}

}  // namespace

WarcReader::Media WarcReader::MediaOf(std::string_view content_type) {
  const std::string_view type = MediaType(content_type);
  if (EqualsIgnoreCase(type, "text/html") ||
      EqualsIgnoreCase(type, "application/xhtml+xml")) {
    return Media::kHtml;
  }
  if (EqualsIgnoreCase(type, "text/plain")) return Media::kText;
  // What servers and crawlers write when they do not know.
  for (const std::string_view unsaid :
       {"", "unk", "unknown", "unknown/unknown", "application/unknown",
        "application/x-unknown", "no-type"}) {
    if (EqualsIgnoreCase(type, unsaid)) return Media::kUnsaid;
  }
  return Media::kOther;
}

void WarcReader::AppendSafe(std::string_view name, std::string_view value) {
  if (!value.empty() && IsPlainAscii(value)) {
    AppendMetadata(name, value, &metadata_);
  }
}

WarcReader::Result WarcReader::ReadBody(std::string_view body, bool stable,
                                        std::string_view type, ReadSink* sink) {
  Result result;
  if (body.empty()) {
    result.reason = ReadReason::kTextEmpty;
    return result;
  }
  std::string_view decides = header_.payload_type;
  if (MediaOf(decides) == Media::kUnsaid) decides = type;
  Media media = MediaOf(decides);
  std::string_view mime = MediaType(decides);
  if (media == Media::kUnsaid) {
    const Format format =
        DetectFormat(body.substr(0, kSniffBytes), body.size() <= kSniffBytes);
    media = format == Format::kHtml ? Media::kHtml : Media::kOther;
    if (format == Format::kText || format == Format::kMarkdown) {
      media = Media::kText;
    }
    mime = media == Media::kHtml ? "text/html" : "text/plain";
  }
  if (media == Media::kOther) {
    result.non_document = "http.mime_other";
    return result;
  }
  AppendSafe("mime", mime);
  const PageBytes page{body, MediaParameter(type, "charset"), stable};
  result.reason = media == Media::kHtml
                      ? pages_->ReadHtml(page, sink, &result.text, &metadata_)
                      : pages_->ReadText(page, sink, &result.text, &metadata_);
  return result;
}

WarcReader::Result WarcReader::ReadResponse(std::string_view block,
                                            ReadSink* sink) {
  Result result;
  HttpHead head;
  switch (ParseHttpHead(block, &head)) {
    case HttpHeadResult::kInvalid:
      result.reason = ReadReason::kHttpInvalid;
      return result;
    case HttpHeadResult::kNone:
      // Some collections store bare pages.
      if (!block.empty()) sink->Mended("http.no_head");
      return ReadBody(block, /*stable=*/true, {}, sink);
    case HttpHeadResult::kOk:
      break;
  }
  if (head.status < 200 || head.status > 299) {
    result.non_document = StatusClass(head.status);
    return result;
  }
  // Not worth decoding.
  if (MediaOf(header_.payload_type) == Media::kOther ||
      (MediaOf(header_.payload_type) == Media::kUnsaid &&
       MediaOf(head.content_type) == Media::kOther)) {
    result.non_document = "http.mime_other";
    return result;
  }
  HttpBody body;
  result.reason =
      body_.Decode(block.substr(head.length), head.transfer_encoding,
                   head.content_encoding, max_body_bytes_, &body);
  if (result.reason != ReadReason::kCount) return result;
  if (!body.mended.empty()) sink->Mended(body.mended);
  return ReadBody(body.bytes, !body.decoded, head.content_type, sink);
}

WarcReader::Result WarcReader::ReadRecord(std::string_view block,
                                          bool has_length, ReadSink* sink) {
  Result result;
  const std::string_view type = CountedAs(header_.type);
  const std::string_view uri = header_.target_uri;
  const bool response = type == "warc.response";
  if (!response && type != "warc.conversion" && type != "warc.resource") {
    result.non_document = type;
    return result;
  }
  if (!has_length) {
    result.reason = ReadReason::kWarcInvalid;
    return result;
  }
  AppendSafe("warc_type", type.substr(5));
  AppendSafe("warc_language", header_.language);
  AppendSafe("warc_truncated", header_.truncated);
  if (response) {
    if (HasScheme(uri, "http:") || HasScheme(uri, "https:") ||
        HasScheme(uri, "<http:") || HasScheme(uri, "<https:")) {
      return ReadResponse(block, sink);
    }
    result.non_document = "warc.response_other";  // dns:, gemini: ...
    return result;
  }
  if (HasScheme(uri, "metadata:") || HasScheme(uri, "<metadata:")) {
    result.non_document = "warc.resource";  // the crawler's own log
    return result;
  }
  if (type == "warc.conversion" &&
      MediaOf(header_.content_type) == Media::kUnsaid) {
    return ReadBody(block, /*stable=*/true, "text/plain", sink);
  }
  result = ReadBody(block, /*stable=*/true, header_.content_type, sink);
  if (!result.non_document.empty()) result.non_document = type;
  return result;
}

void WarcReader::Read(const RecordSpan& span, ReadSink* sink) {
  std::string_view rest = span.bytes;
  while (!rest.empty()) {
    const size_t blank = std::min(rest.find_first_not_of("\r\n"), rest.size());
    if (blank > 0) {
      sink->Framing(blank);
      rest.remove_prefix(blank);
      continue;
    }
    const auto at = static_cast<uint64_t>(rest.data() - span.bytes.data());
    WarcFrame frame;
    if (rest.starts_with(kMagic)) frame = ScanWarcFrame(rest);
    const uint64_t block_length =
        static_cast<uint64_t>(std::max<int64_t>(frame.block_length, 0));
    if (frame.status != WarcFrame::Status::kOk ||
        block_length > rest.size() - frame.length) {
      sink->Unreadable(frame.status == WarcFrame::Status::kOk
                           ? ReadReason::kWarcTruncated
                           : ReadReason::kWarcInvalid,
                       span.member_offset, rest.size());
      return;
    }
    const uint64_t length = frame.length + block_length;
    metadata_.clear();
    Result result;
    if (frame.block_length == WarcFrame::kBadLength) {
      result.reason = ReadReason::kWarcInvalid;
    } else {
      header_.Parse(rest.substr(0, frame.length));
      result = ReadRecord(rest.substr(frame.length, block_length),
                          frame.block_length >= 0, sink);
    }
    rest.remove_prefix(length);
    if (result.reason != ReadReason::kCount) {
      sink->Unreadable(result.reason, span.member_offset, length);
      continue;
    }
    if (!result.non_document.empty()) {
      sink->NonDocument(result.non_document, length);
      continue;
    }
    Arena& arena = sink->arena();
    Document& document = sink->Add(length);
    document.text = result.text;
    document.file = span.file;
    document.offset = span.member_offset;
    document.inner_offset = span.offset_in_member + at;
    document.url = CleanTargetUri(header_.target_uri, &arena);
    document.host = UrlHost(document.url, &arena);
    if (IsPlainAscii(header_.date)) document.created = arena.Copy(header_.date);
    document.metadata = arena.Copy(metadata_);
    if (header_.folded) sink->Mended("warc.folded");
  }
}

}  // namespace winnow
