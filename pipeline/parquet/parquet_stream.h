// SPDX-License-Identifier: Apache-2.0
// Row groups to lines. See TableStream.
#ifndef WINNOW_PIPELINE_PARQUET_PARQUET_STREAM_H_
#define WINNOW_PIPELINE_PARQUET_PARQUET_STREAM_H_

#include <arrow/record_batch.h>
#include <parquet/arrow/reader.h>

#include <cstdint>
#include <memory>
#include <string>

#include "pipeline/parquet/arrow_file.h"
#include "pipeline/parquet/limited_pool.h"
#include "pipeline/parquet/parquet_file.h"
#include "pipeline/read/table_codec.h"

namespace winnow {

class ParquetStream : public TableStream {
 public:
  ParquetStream(const ParquetOptions& options, const SourceOptions& source)
      : options_(options), source_options_(source) {}

  void Use(std::shared_ptr<const TableFile> table) override;
  void Reset(File* file, uint64_t at) override;
  Step Next(size_t target, uint64_t until, const ChunkSink& out) override;
  uint64_t position() const override { return at_; }

 private:
  const TableFile::Group& group() const { return table_->groups()[index_]; }
  void Close();
  ReadReason Open();
  ReadReason ReadBatch();
  ReadReason AppendRows(size_t target, const ChunkSink& out, size_t* made);
  void EndGroup(ReadReason reason, const ChunkSink& out);

  const ParquetOptions options_;
  const SourceOptions source_options_;
  std::shared_ptr<const ParquetFile> table_;
  File* file_ = nullptr;
  uint64_t at_ = 0;
  size_t index_ = 0;      // of the group at hand
  bool started_ = false;  // its first bytes have been given
  uint64_t rows_ = 0;     // given of it
  uint64_t made_ = 0;     // bytes given of it

  std::unique_ptr<LimitedPool> pool_;  // outlives what follows
  std::shared_ptr<ArrowFile> source_;
  std::unique_ptr<parquet::arrow::FileReader> reader_;
  std::unique_ptr<arrow::RecordBatchReader> batches_;
  std::shared_ptr<arrow::RecordBatch> batch_;
  int64_t row_ = 0;  // in batch_
  std::string lines_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_PARQUET_STREAM_H_
