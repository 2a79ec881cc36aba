// SPDX-License-Identifier: Apache-2.0
// What a media type means to the reader of web records, and under which name
// it is counted. Servers write thousands; what is counted comes from a table.
#ifndef WINNOW_PIPELINE_READ_WARC_MEDIA_TYPE_H_
#define WINNOW_PIPELINE_READ_WARC_MEDIA_TYPE_H_

#include <cstdint>
#include <string_view>

namespace winnow {

enum class Media : uint8_t {
  kHtml,
  kText,
  kOther,
  kUnsaid,  // nothing, or what servers write when they do not know
};
Media MediaOf(std::string_view content_type);

// `text/html`; `image/*` for those of a kind that are not in the table, `other`
// for the rest, `unknown` for what says nothing. Static.
std::string_view MediaTrait(std::string_view content_type);

// `404`; `none` without one. Static.
std::string_view StatusTrait(int status);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_WARC_MEDIA_TYPE_H_
