// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/warc/media_type.h"

#include <array>

#include "pipeline/read/warc/http_fields.h"

namespace winnow {
namespace {

// Those that crawls are made of. A wildcard stands for the rest of its kind.
constexpr std::string_view kTraits[] = {
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/css",
    "text/csv",
    "text/calendar",
    "text/javascript",
    "text/markdown",
    "text/xml",
    "text/*",
    "application/atom+xml",
    "application/epub+zip",
    "application/gzip",
    "application/javascript",
    "application/json",
    "application/ld+json",
    "application/msword",
    "application/octet-stream",
    "application/pdf",
    "application/rdf+xml",
    "application/rss+xml",
    "application/x-javascript",
    "application/xml",
    "application/zip",
    "application/*",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "image/webp",
    "image/*",
    "audio/mpeg",
    "audio/*",
    "video/mp4",
    "video/*",
    "font/*",
    "message/*",
    "multipart/*",
    "model/*",
};

// "000001002...999"
constexpr std::array<char, 3000> kStatuses = [] {
  std::array<char, 3000> digits{};
  for (size_t i = 0; i < 1000; ++i) {
    digits[3 * i] = static_cast<char>('0' + i / 100);
    digits[3 * i + 1] = static_cast<char>('0' + i / 10 % 10);
    digits[3 * i + 2] = static_cast<char>('0' + i % 10);
  }
  return digits;
}();

}  // namespace

Media MediaOf(std::string_view content_type) {
  const std::string_view type = MediaType(content_type);
  if (EqualsIgnoreCase(type, "text/html") ||
      EqualsIgnoreCase(type, "application/xhtml+xml")) {
    return Media::kHtml;
  }
  if (EqualsIgnoreCase(type, "text/plain")) return Media::kText;
  for (const std::string_view unsaid :
       {"", "unk", "unknown", "unknown/unknown", "application/unknown",
        "application/x-unknown", "no-type"}) {
    if (EqualsIgnoreCase(type, unsaid)) return Media::kUnsaid;
  }
  return Media::kOther;
}

std::string_view MediaTrait(std::string_view content_type) {
  if (MediaOf(content_type) == Media::kUnsaid) return "unknown";
  const std::string_view type = MediaType(content_type);
  const std::string_view kind = type.substr(0, type.find('/') + 1);
  for (const std::string_view trait : kTraits) {
    if (EqualsIgnoreCase(trait, type)) return trait;
    // Behind all those of its kind that have a name.
    if (trait.ends_with('*') &&
        EqualsIgnoreCase(trait.substr(0, trait.size() - 1), kind)) {
      return trait;
    }
  }
  return "other";
}

std::string_view StatusTrait(int status) {
  if (status < 0 || status > 999) return "none";
  return {&kStatuses[3 * static_cast<size_t>(status)], 3};
}

}  // namespace winnow
