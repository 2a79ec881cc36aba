// SPDX-License-Identifier: Apache-2.0
// JSON strings by themselves, leniently: simdjson can only refuse a record
// with a lone surrogate.
#ifndef WINNOW_PIPELINE_READ_JSON_STRING_H_
#define WINNOW_PIPELINE_READ_JSON_STRING_H_

#include <string_view>

namespace winnow {

// Writes the value of a raw JSON string (without its quotes) to `out`, which
// has room for raw.size() bytes, and returns the end. Lone surrogates become
// U+FFFD and set *mended. Returns null where an escape is wrong.
char* UnescapeJson(std::string_view raw, char* out, bool* mended);

// True if a raw key (with its quotes) spells `name`.
bool JsonKeyIs(std::string_view raw_key, std::string_view name);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_JSON_STRING_H_
