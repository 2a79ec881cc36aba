// SPDX-License-Identifier: Apache-2.0
#include "dedup/zeroed_memory.h"

#include <sys/mman.h>

#include <string>

#include "pipeline/error.h"

namespace winnow {

ZeroedMemory::ZeroedMemory(size_t bytes) {
  if (bytes == 0) return;
  void* const data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED) {
    throw Error(ErrorKind::kMemory,
                "cannot reserve memory for the dedup index: " +
                    std::to_string(bytes) + " bytes: lower --memory");
  }
  // Only a hint: an error means small pages.
  madvise(data, bytes, MADV_HUGEPAGE);
  data_ = static_cast<char*>(data);
  size_ = bytes;
}

ZeroedMemory::~ZeroedMemory() {
  if (data_ != nullptr) munmap(data_, size_);
}

}  // namespace winnow
