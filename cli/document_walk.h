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

// Calls `visit` with each document and the arena that owns it. False stops.
void WalkDocuments(const std::vector<SourceFile>& files,
                   const ReadOptions& options,
                   const std::function<bool(Document&, Arena*)>& visit);

}  // namespace winnow

#endif  // WINNOW_CLI_DOCUMENT_WALK_H_
