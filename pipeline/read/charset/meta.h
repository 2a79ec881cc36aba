// SPDX-License-Identifier: Apache-2.0
// The encoding a page declares for itself: the prescan of the WHATWG HTML
// standard (13.2.3.2), over the first 16 KiB and not 1,024 bytes: browsers too
// obey a declaration that comes late, by starting again.
#ifndef WINNOW_PIPELINE_READ_CHARSET_META_H_
#define WINNOW_PIPELINE_READ_CHARSET_META_H_

#include <string_view>

#include "pipeline/read/charset/labels.h"

namespace winnow {

// Null if there is no declaration, or none with a known label.
const Encoding* PrescanEncoding(std::string_view page);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_CHARSET_META_H_
