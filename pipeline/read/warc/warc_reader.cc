// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/warc_reader.h"

#include <algorithm>
#include <iterator>

#include "pipeline/read/warc/http_fields.h"
#include "pipeline/read/warc/http_head.h"
#include "pipeline/read/warc/http_url.h"
#include "pipeline/read/warc/media_type.h"

namespace winnow {
namespace {

struct TypeName {
  std::string_view type;
  std::string_view counted_as;
};

constexpr TypeName kTypes[] = {
    {"response", "warc.response"}, {"request", "warc.request"},
    {"metadata", "warc.metadata"}, {"conversion", "warc.conversion"},
    {"revisit", "warc.revisit"},   {"resource", "warc.resource"},
    {"warcinfo", "warc.warcinfo"}, {"continuation", "warc.continuation"},
};
constexpr TypeName kUnknownType = {"unknown", "warc.unknown"};

const TypeName& TypeNamed(std::string_view type) {
  const TypeName* found = std::find_if(
      std::begin(kTypes), std::end(kTypes),
      [&](const TypeName& t) { return EqualsIgnoreCase(t.type, type); });
  return found == std::end(kTypes) ? kUnknownType : *found;
}

struct Truncation {
  std::string_view value;
  std::string_view mended;
};
constexpr Truncation kTruncations[] = {
    {"length", "warc.truncated_length"},
    {"time", "warc.truncated_time"},
    {"disconnect", "warc.truncated_disconnect"},
    {"unspecified", "warc.truncated_unspecified"},
};
constexpr Truncation kOtherTruncation = {"other", "warc.truncated_other"};

const Truncation& TruncationNamed(std::string_view value) {
  const Truncation* found = std::find_if(
      std::begin(kTruncations), std::end(kTruncations),
      [&](const Truncation& t) { return EqualsIgnoreCase(t.value, value); });
  return found == std::end(kTruncations) ? kOtherTruncation : *found;
}

bool IsHttp(std::string_view uri) {
  return HasScheme(uri, "http:") || HasScheme(uri, "https:");
}

}  // namespace

WarcReader::WarcReader(const ReadOptions& options, WebPayloadReader* payload)
    : inventory_(options.inventory), payload_(payload) {
  if (options.check_digests) digests_ = std::make_unique<DigestChecker>();
}

WebResult WarcReader::ReadRecord(std::string_view type, std::string_view block,
                                 bool has_length, ReadSink* sink) {
  WebResult result;
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
  payload_->AppendSafe("warc_type", type.substr(5));
  payload_->AppendSafe("warc_language", header_.language);
  payload_->AppendSafe("warc_truncated", header_.truncated);
  if (mismatch_) payload_->AppendSafe("warc_digest", "mismatch");
  if (response) {
    if (IsHttp(uri)) {
      return payload_->ReadResponse(block, header_.payload_type, {}, sink);
    }
    result.non_document = "warc.response_other";  // dns:, gemini: ...
    return result;
  }
  if (HasScheme(uri, "metadata:")) {
    result.non_document = "warc.resource";  // the crawler's own log
    return result;
  }
  std::string_view declared = header_.content_type;
  if (type == "warc.conversion" && MediaOf(declared) == Media::kUnsaid) {
    declared = "text/plain";
  }
  if (inventory_) {
    sink->Trait("mime",
                MediaTrait(MediaOf(header_.payload_type) == Media::kUnsaid
                               ? declared
                               : header_.payload_type));
  }
  result = payload_->ReadBody(block, /*stable=*/true, header_.payload_type,
                              declared, sink);
  if (!result.non_document.empty()) result.non_document = type;
  return result;
}

void WarcReader::Count(DigestVerdict verdict, bool block, ReadSink* sink) {
  switch (verdict) {
    case DigestVerdict::kMatch:
      if (inventory_) {
        sink->Trait("digest", block ? "block_match" : "payload_match");
      }
      break;
    case DigestVerdict::kMismatch:
      mismatch_ = true;
      sink->Mended(block ? "warc.block_digest_mismatch"
                         : "warc.payload_digest_mismatch");
      break;
    case DigestVerdict::kUnknown:
      sink->Mended("warc.digest_unknown");
  }
}

void WarcReader::CheckDigests(std::string_view type, std::string_view block,
                              ReadSink* sink) {
  // A revisit's payload digest is that of the record it repeats, and its
  // block's is written by some for what is not there.
  if (type == "warc.revisit") return;
  if (!header_.block_digest.empty()) {
    Count(digests_->Check(header_.block_digest, block), true, sink);
  }
  // A segment holds a part of the payload.
  if (header_.payload_digest.empty() || !header_.segment.empty() ||
      type == "warc.continuation") {
    return;
  }
  std::string_view payload = block;
  HttpHead head;
  const bool http = IsHttp(header_.target_uri) &&
                    (type == "warc.response" || type == "warc.request");
  if (http) {
    head.length = HttpHeadLength(block);
    payload.remove_prefix(head.length);
  }
  DigestVerdict verdict = digests_->Check(header_.payload_digest, payload);
  if (verdict == DigestVerdict::kMismatch && http) {
    // The specification means the body behind its chunks, writers often not.
    bool mended = false;
    if (JoinChunks(payload, &unchunked_, &mended)) {
      verdict = digests_->Check(header_.payload_digest, unchunked_);
    }
  }
  Count(verdict, false, sink);
}

void WarcReader::Note(ReadSink* sink) const {
  if (header_.folded) sink->Mended("warc.folded");
  if (!header_.truncated.empty()) {
    sink->Mended(TruncationNamed(header_.truncated).mended);
  }
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
    ArchiveFrame frame;
    if (BeginsLikeWarc(rest)) frame = ScanWarcFrame(rest);
    if (frame.status != ArchiveFrame::Status::kOk ||
        frame.block() > rest.size() - frame.length) {
      sink->Unreadable(frame.status == ArchiveFrame::Status::kOk
                           ? ReadReason::kWarcTruncated
                           : ReadReason::kWarcInvalid,
                       span.member_offset, rest.size());
      return;
    }
    const uint64_t length = frame.length + frame.block();
    const std::string_view block = rest.substr(frame.length, frame.block());
    payload_->Begin();
    mismatch_ = false;
    WebResult result;
    header_.Parse(rest.substr(0, frame.length));
    const TypeName& type = TypeNamed(header_.type);
    rest.remove_prefix(length);
    if (!header_.known_version) sink->Mended("warc.version");
    if (inventory_) {
      sink->Trait("type", type.type);
      if (!header_.truncated.empty()) {
        sink->Trait("truncated", TruncationNamed(header_.truncated).value);
      }
    }
    if (frame.block_length == ArchiveFrame::kBadLength) {
      result.reason = ReadReason::kWarcInvalid;
    } else {
      if (digests_ != nullptr && frame.block_length >= 0) {
        CheckDigests(type.counted_as, block, sink);
      }
      result =
          ReadRecord(type.counted_as, block, frame.block_length >= 0, sink);
    }
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
    if (IsWarcDate(header_.date)) {
      document.created = arena.Copy(header_.date);
    } else if (!header_.date.empty()) {
      sink->Mended("warc.date");
    }
    document.metadata = arena.Copy(payload_->metadata());
    Note(sink);
  }
}

}  // namespace winnow
