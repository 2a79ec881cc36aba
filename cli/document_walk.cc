// SPDX-License-Identifier: Apache-2.0
#include "cli/document_walk.h"

#include "pipeline/batch.h"
#include "pipeline/read/cut.h"
#include "pipeline/read/decode.h"
#include "pipeline/read/source.h"

namespace winnow {

void WalkDocuments(const std::vector<SourceFile>& files,
                   const ReadOptions& options,
                   const std::function<bool(Document&, Arena*)>& visit) {
  TallyLayout layout;
  layout.stages.push_back({"read", {}, 0});
  layout.Finish();
  Source source(files);
  Cutter cutter(&source, options, UINT64_MAX / 2, {DetectFormat, NewSplitter});
  PieceDecoder decoder;
  RecordReader reader(options);
  Batch batch(&layout);
  while (source.Next(&batch.raw)) {
    batch.Clear();
    batch.AddStretch();
    decoder.Decode(&batch.raw);
    batch.cut.Clear();
    cutter.Cut(&batch.raw, &batch.cut);
    for (const RecordSpan& span : batch.cut.spans) reader.Read(span, &batch);
    for (Document& document : batch.documents) {
      if (!visit(document, &batch.arena())) return;
    }
  }
}

}  // namespace winnow
