// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/parquet_codec.h"

#include <arrow/util/config.h>

#include "pipeline/parquet/parquet_file.h"
#include "pipeline/parquet/parquet_stream.h"

namespace winnow {
namespace {

class ParquetCodec : public TableCodec {
 public:
  explicit ParquetCodec(const ParquetOptions& options) : options_(options) {}

  bool Claims(std::string_view head) const override {
    return head == "PAR1" || head == "PARE";
  }
  std::shared_ptr<const TableFile> Open(File* file) const override {
    return std::make_shared<ParquetFile>(file, options_);
  }
  std::unique_ptr<TableStream> NewStream(
      const SourceOptions& options) const override {
    return std::make_unique<ParquetStream>(options_, options);
  }

 private:
  const ParquetOptions options_;
};

}  // namespace

std::unique_ptr<TableCodec> NewParquetCodec(const ParquetOptions& options) {
  return std::make_unique<ParquetCodec>(options);
}

ParquetOptions ParquetOptionsOf(const ReadOptions& options) {
  ParquetOptions parquet;
  parquet.columns = options.parquet_columns;
  if (parquet.columns.empty()) return parquet;
  for (const std::string* field :
       {&options.text_field, &options.id_field, &options.url_field,
        &options.added_field, &options.created_field}) {
    parquet.columns.push_back(*field);
    parquet.columns.push_back(field->substr(0, field->find('.')));
  }
  return parquet;
}

std::string ArrowVersion() { return ARROW_VERSION_STRING; }

}  // namespace winnow
