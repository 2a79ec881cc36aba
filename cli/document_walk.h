// SPDX-License-Identifier: Apache-2.0
// Every document of a list of files, one after the other on this thread; for
// `explain`, which judges few documents and must see each by itself.
#ifndef WINNOW_CLI_DOCUMENT_WALK_H_
#define WINNOW_CLI_DOCUMENT_WALK_H_

#include <functional>
#include <vector>

#include "pipeline/arena.h"
#include "pipeline/document.h"
#include "pipeline/read/record.h"

namespace winnow {

// Where a document's record begins: in which of `files`, at which decoded byte.
struct DocumentPlace {
  uint32_t file = 0;
  uint64_t decoded_offset = 0;
};

// Calls `visit` with each document and the arena that owns it. False stops.
void WalkDocuments(
    const std::vector<SourceFile>& files, const ReadOptions& options,
    const std::function<bool(Document&, Arena*, const DocumentPlace&)>& visit);

}  // namespace winnow

#endif  // WINNOW_CLI_DOCUMENT_WALK_H_
