// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/arc_reader.h"

#include <algorithm>

#include "pipeline/read/warc/http_fields.h"
#include "pipeline/read/warc/http_url.h"

namespace winnow {
namespace {

// `20080430204825` as `2008-04-30T20:48:25Z`; empty if it is no such date.
std::string_view IsoDate(std::string_view date, Arena* arena) {
  if (date.size() < 14) return {};
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
  char* const out = arena->Allocate(kShape.size());
  size_t from = 0;
  for (size_t i = 0; i < kShape.size(); ++i) {
    out[i] = kShape[i] == 'd' ? date[from++] : kShape[i];
  }
  return {out, kShape.size()};
}

}  // namespace

WebResult ArcReader::ReadRecord(std::string_view block, bool has_length,
                                ReadSink* sink) {
  WebResult result;
  const std::string_view url = header_.url;
  const bool filedesc = url.starts_with(kArcMagic);
  // What the Alexa toolbar left beside the pages is no HTTP.
  const bool http = (HasScheme(url, "http:") || HasScheme(url, "https:")) &&
                    !EqualsIgnoreCase(header_.mime, "alexa/dat");
  if (inventory_) {
    sink->Trait("type", http       ? "arc_response"
                        : filedesc ? "arc_filedesc"
                                   : "arc_other");
  }
  if (!has_length) {
    result.reason = ReadReason::kWarcInvalid;
  } else if (http) {
    payload_->AppendSafe("warc_type", "arc");
    return payload_->ReadResponse(block, {}, header_.mime, sink);
  } else {
    result.non_document = filedesc ? "arc.filedesc" : "arc.other";
  }
  return result;
}

void ArcReader::Read(const RecordSpan& span, ReadSink* sink) {
  std::string_view rest = span.bytes;
  while (!rest.empty()) {
    const size_t blank = std::min(rest.find_first_not_of("\r\n"), rest.size());
    if (blank > 0) {
      sink->Framing(blank);
      rest.remove_prefix(blank);
      continue;
    }
    const auto at = static_cast<uint64_t>(rest.data() - span.bytes.data());
    const ArchiveFrame frame = ScanArcFrame(rest);
    if (frame.status != ArchiveFrame::Status::kOk ||
        frame.block() > rest.size() - frame.length) {
      sink->Unreadable(frame.status == ArchiveFrame::Status::kOk
                           ? ReadReason::kWarcTruncated
                           : ReadReason::kWarcInvalid,
                       span.member_offset, rest.size());
      return;
    }
    const uint64_t length = frame.length + frame.block();
    payload_->Begin();
    WebResult result;
    // The block of the first record is not part of its line.
    size_t line = 0;
    if (header_.Parse(NextHttpLine(rest, &line))) {
      result = ReadRecord(rest.substr(frame.length, frame.block()),
                          frame.block_length >= 0, sink);
    } else {
      result.reason = ReadReason::kWarcInvalid;
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
    document.url = CleanTargetUri(header_.url, &arena);
    document.host = UrlHost(document.url, &arena);
    document.created = IsoDate(header_.date, &arena);
    if (document.created.empty()) sink->Mended("warc.date");
    document.metadata = arena.Copy(payload_->metadata());
  }
}

}  // namespace winnow
