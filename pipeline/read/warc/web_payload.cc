// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/web_payload.h"

#include <algorithm>

#include "pipeline/read/charset/labels.h"
#include "pipeline/read/warc/http_fields.h"
#include "pipeline/read/warc/media_type.h"

namespace winnow {
namespace {

constexpr size_t kSniffBytes = size_t{64} << 10;

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

}  // namespace

bool HasScheme(std::string_view uri, std::string_view scheme) {
  if (uri.starts_with('<')) uri.remove_prefix(1);
  return EqualsIgnoreCase(uri.substr(0, scheme.size()), scheme);
}

bool IsPlainAscii(std::string_view s) {
  return std::all_of(s.begin(), s.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F; });
}

void WebPayloadReader::AppendSafe(std::string_view name,
                                  std::string_view value) {
  if (!value.empty() && IsPlainAscii(value)) {
    AppendMetadata(name, value, &metadata_);
  }
}

WebResult WebPayloadReader::ReadBody(std::string_view body, bool stable,
                                     std::string_view identified,
                                     std::string_view declared,
                                     ReadSink* sink) {
  WebResult result;
  if (body.empty()) {
    result.reason = ReadReason::kTextEmpty;
    return result;
  }
  const std::string_view decides =
      MediaOf(identified) == Media::kUnsaid ? declared : identified;
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
  const PageBytes page{body, MediaParameter(declared, "charset"), stable};
  result.reason = media == Media::kHtml
                      ? pages_->ReadHtml(page, sink, &result.text, &metadata_)
                      : pages_->ReadText(page, sink, &result.text, &metadata_);
  if (inventory_ && result.reason == ReadReason::kCount) {
    sink->Trait("charset", CharsetTrait(metadata_));
  }
  return result;
}

WebResult WebPayloadReader::ReadResponse(std::string_view block,
                                         std::string_view identified,
                                         std::string_view declared,
                                         ReadSink* sink) {
  WebResult result;
  HttpHead head;
  switch (ParseHttpHead(block, &head)) {
    case HttpHeadResult::kInvalid:
      if (inventory_) sink->Trait("status", StatusTrait(-1));
      result.reason = ReadReason::kHttpInvalid;
      return result;
    case HttpHeadResult::kNone:
      // Some collections store bare pages.
      if (inventory_) {
        sink->Trait("status", StatusTrait(-1));
        sink->Trait("mime", MediaTrait(MediaOf(identified) == Media::kUnsaid
                                           ? declared
                                           : identified));
      }
      if (!block.empty()) sink->Mended("http.no_head");
      return ReadBody(block, /*stable=*/true, identified, declared, sink);
    case HttpHeadResult::kOk:
      break;
  }
  if (MediaOf(head.content_type) != Media::kUnsaid) {
    declared = head.content_type;
  }
  const std::string_view decides =
      MediaOf(identified) == Media::kUnsaid ? declared : identified;
  if (inventory_) {
    sink->Trait("status", StatusTrait(head.status));
    sink->Trait("mime", MediaTrait(decides));
  }
  if (head.status < 200 || head.status > 299) {
    result.non_document = StatusClass(head.status);
    return result;
  }
  if (MediaOf(decides) == Media::kOther) {  // not worth decoding
    result.non_document = "http.mime_other";
    return result;
  }
  HttpBody body;
  result.reason =
      body_.Decode(block.substr(head.length), head.transfer_encoding,
                   head.content_encoding, max_body_bytes_, &body);
  if (result.reason != ReadReason::kCount) return result;
  if (!body.mended.empty()) sink->Mended(body.mended);
  return ReadBody(body.bytes, !body.decoded, identified, declared, sink);
}

std::string_view CharsetTrait(std::string_view metadata) {
  constexpr std::string_view kMember = "\"charset\":\"";
  const size_t at = metadata.find(kMember);
  if (at == std::string_view::npos) return "utf-8";
  const std::string_view name = metadata.substr(at + kMember.size());
  const Encoding* encoding = FindEncoding(name.substr(0, name.find('"')));
  return encoding == nullptr ? "other" : encoding->name;
}

}  // namespace winnow
