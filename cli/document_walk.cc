// SPDX-License-Identifier: Apache-2.0
#include "cli/document_walk.h"

#include "cli/columnar.h"
#include "pipeline/batch.h"
#include "pipeline/read/cut.h"
#include "pipeline/read/decode.h"
#include "pipeline/read/source.h"
#include "pipeline/url/site.h"

namespace winnow {

void WalkDocuments(
    const std::vector<SourceFile>& files, const ReadOptions& options,
    const std::function<bool(Document&, Arena*, const DocumentPlace&)>& visit) {
  TallyLayout layout;
  layout.stages.push_back({"read", {}, 0});
  layout.Finish();
  const auto tables = NewTableCodec(options);
  SourceOptions source_options;
  source_options.tables = tables.get();
  Source source(files, source_options);
  Cutter cutter(&source, options, UINT64_MAX / 2, ReadFormats(options));
  PieceDecoder decoder;
  RecordReader reader(options);
  SiteFinder sites;
  Batch batch(&layout);
  while (source.Next(&batch.raw)) {
    batch.Clear();
    batch.AddStretch();
    decoder.Decode(&batch.raw);
    batch.cut.Clear();
    cutter.Cut(&batch.raw, &batch.cut);
    std::vector<DocumentPlace> places;
    for (const RecordSpan& span : batch.cut.spans) {
      reader.Read(span, &batch);
      while (places.size() < batch.documents.size()) {
        // A span of JSONL holds many records: their own offsets say where.
        const Document& document = batch.documents[places.size()];
        places.push_back({span.file->index, span.format == Format::kJsonl
                                                ? document.offset
                                                : span.decoded_offset});
      }
    }
    for (size_t i = 0; i < batch.documents.size(); ++i) {
      Document& document = batch.documents[i];
      sites.Find(&document, &batch.arena());
      if (!visit(document, &batch.arena(), places[i])) return;
    }
  }
}

}  // namespace winnow
