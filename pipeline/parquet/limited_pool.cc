// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/limited_pool.h"

#include <arrow/status.h>

#include <algorithm>

namespace winnow {

arrow::Status LimitedPool::Grow(int64_t bytes) {
  if (bytes > limit_ - used_) {
    return arrow::Status::OutOfMemory("above the limit of one reader");
  }
  used_ += bytes;
  most_ = std::max<int64_t>(most_, used_);
  total_ += std::max<int64_t>(bytes, 0);
  ++count_;
  return arrow::Status::OK();
}

arrow::Status LimitedPool::Allocate(int64_t size, int64_t alignment,
                                    uint8_t** out) {
  ARROW_RETURN_NOT_OK(Grow(size));
  arrow::Status status = pool_->Allocate(size, alignment, out);
  if (!status.ok()) used_ -= size;
  return status;
}

arrow::Status LimitedPool::Reallocate(int64_t old_size, int64_t new_size,
                                      int64_t alignment, uint8_t** ptr) {
  ARROW_RETURN_NOT_OK(Grow(new_size - old_size));
  arrow::Status status = pool_->Reallocate(old_size, new_size, alignment, ptr);
  if (!status.ok()) used_ -= new_size - old_size;
  return status;
}

void LimitedPool::Free(uint8_t* buffer, int64_t size, int64_t alignment) {
  pool_->Free(buffer, size, alignment);
  used_ -= size;
}

}  // namespace winnow
