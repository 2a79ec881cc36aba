// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/arrow_file.h"

#include <arrow/status.h>

#include <algorithm>

namespace winnow {

arrow::Status ArrowFile::Close() { return arrow::Status::OK(); }

arrow::Status ArrowFile::Seek(int64_t position) {
  if (position < 0) return arrow::Status::Invalid("seek before the start");
  at_ = position;
  return arrow::Status::OK();
}

arrow::Result<int64_t> ArrowFile::GetSize() {
  return static_cast<int64_t>(file_->size());
}

arrow::Result<int64_t> ArrowFile::ReadAt(int64_t position, int64_t bytes,
                                         void* out) {
  if (position < 0 || bytes < 0) {
    return arrow::Status::Invalid("a read before the start");
  }
  const int64_t got =
      file_->ReadAt(static_cast<uint64_t>(position), static_cast<char*>(out),
                    static_cast<size_t>(bytes));
  if (got >= 0) return got;
  failed_ = true;
  return arrow::Status::IOError("the system could not read");
}

arrow::Result<std::shared_ptr<arrow::Buffer>> ArrowFile::ReadAt(
    int64_t position, int64_t bytes) {
  if (position < 0 || bytes < 0) {
    return arrow::Status::Invalid("a read before the start");
  }
  // No more memory than the file can fill.
  const int64_t size = static_cast<int64_t>(file_->size());
  bytes = std::min(bytes, std::max<int64_t>(size - position, 0));
  ARROW_ASSIGN_OR_RAISE(auto buffer,
                        arrow::AllocateResizableBuffer(bytes, pool_));
  ARROW_ASSIGN_OR_RAISE(const int64_t got,
                        ReadAt(position, bytes, buffer->mutable_data()));
  ARROW_RETURN_NOT_OK(buffer->Resize(got));
  return std::shared_ptr<arrow::Buffer>(std::move(buffer));
}

arrow::Result<int64_t> ArrowFile::Read(int64_t bytes, void* out) {
  ARROW_ASSIGN_OR_RAISE(const int64_t got, ReadAt(at_, bytes, out));
  at_ += got;
  return got;
}

arrow::Result<std::shared_ptr<arrow::Buffer>> ArrowFile::Read(int64_t bytes) {
  ARROW_ASSIGN_OR_RAISE(auto buffer, ReadAt(at_, bytes));
  at_ += buffer->size();
  return buffer;
}

}  // namespace winnow
