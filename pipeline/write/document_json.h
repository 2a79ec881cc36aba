// SPDX-License-Identifier: Apache-2.0
// A document as one JSON line: the layout that Dolma and datatrove users read
// (`id`, `text`, `source`, `added`, `created`, `metadata`). docs/formats.md
// lists every member.
#ifndef WINNOW_PIPELINE_WRITE_DOCUMENT_JSON_H_
#define WINNOW_PIPELINE_WRITE_DOCUMENT_JSON_H_

#include <string>
#include <string_view>

#include "pipeline/document.h"

namespace winnow {

// Appends the line, LF included. `drop_reason` ("gopher_quality.short_doc")
// goes to the metadata of a dropped document; empty for a kept one.
void AppendDocumentJson(const Document& document, std::string_view drop_reason,
                        std::string* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_WRITE_DOCUMENT_JSON_H_
