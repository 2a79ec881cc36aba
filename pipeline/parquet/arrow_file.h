// SPDX-License-Identifier: Apache-2.0
// An input file as Arrow asks for it: pread, no map, no thread of Arrow's own.
#ifndef WINNOW_PIPELINE_PARQUET_ARROW_FILE_H_
#define WINNOW_PIPELINE_PARQUET_ARROW_FILE_H_

#include <arrow/buffer.h>
#include <arrow/io/interfaces.h>
#include <arrow/result.h>

#include <cstdint>
#include <memory>

#include "pipeline/read/file.h"

namespace winnow {

class ArrowFile : public arrow::io::RandomAccessFile {
 public:
  // Both outlive it.
  ArrowFile(File* file, arrow::MemoryPool* pool) : file_(file), pool_(pool) {}

  // The system could not read.
  bool failed() const { return failed_; }

  arrow::Status Close() override;
  bool closed() const override { return false; }
  arrow::Result<int64_t> Tell() const override { return at_; }
  arrow::Status Seek(int64_t position) override;
  arrow::Result<int64_t> GetSize() override;
  arrow::Result<int64_t> Read(int64_t bytes, void* out) override;
  arrow::Result<std::shared_ptr<arrow::Buffer>> Read(int64_t bytes) override;
  arrow::Result<int64_t> ReadAt(int64_t position, int64_t bytes,
                                void* out) override;
  arrow::Result<std::shared_ptr<arrow::Buffer>> ReadAt(int64_t position,
                                                       int64_t bytes) override;

 private:
  File* file_;
  arrow::MemoryPool* pool_;
  int64_t at_ = 0;
  bool failed_ = false;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_ARROW_FILE_H_
