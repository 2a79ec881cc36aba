// SPDX-License-Identifier: Apache-2.0
// Memory for one Parquet reader, with a ceiling: a damaged page header that
// claims gigabytes is an error of that file and not of the run. The ceiling is
// each reader's own, so that what it refuses never depends on other threads.
#ifndef WINNOW_PIPELINE_PARQUET_LIMITED_POOL_H_
#define WINNOW_PIPELINE_PARQUET_LIMITED_POOL_H_

#include <arrow/memory_pool.h>

#include <atomic>
#include <cstdint>
#include <string>

namespace winnow {

class LimitedPool : public arrow::MemoryPool {
 public:
  explicit LimitedPool(int64_t limit) : limit_(limit) {}

  using arrow::MemoryPool::Allocate;
  using arrow::MemoryPool::Free;
  using arrow::MemoryPool::Reallocate;
  arrow::Status Allocate(int64_t size, int64_t alignment,
                         uint8_t** out) override;
  arrow::Status Reallocate(int64_t old_size, int64_t new_size,
                           int64_t alignment, uint8_t** ptr) override;
  void Free(uint8_t* buffer, int64_t size, int64_t alignment) override;
  int64_t bytes_allocated() const override { return used_; }
  int64_t max_memory() const override { return most_; }
  int64_t total_bytes_allocated() const override { return total_; }
  int64_t num_allocations() const override { return count_; }
  std::string backend_name() const override { return "winnow"; }

 private:
  arrow::Status Grow(int64_t bytes);

  arrow::MemoryPool* const pool_ = arrow::system_memory_pool();
  const int64_t limit_;
  // One reader stays on one thread at a time; atomic because Arrow's buffers
  // may outlive a hand-over between threads.
  std::atomic<int64_t> used_{0};
  std::atomic<int64_t> most_{0};
  std::atomic<int64_t> total_{0};
  std::atomic<int64_t> count_{0};
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_PARQUET_LIMITED_POOL_H_
