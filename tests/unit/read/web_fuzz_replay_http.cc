// SPDX-License-Identifier: Apache-2.0
// The entry point of tests/fuzz/http_fuzz.cc under a name of its own.
#include <cstddef>
#include <cstdint>

#define LLVMFuzzerTestOneInput HttpFuzzEntry
#include "tests/fuzz/http_fuzz.cc"
#undef LLVMFuzzerTestOneInput

int HttpFuzz(const uint8_t* data, size_t size);
int HttpFuzz(const uint8_t* data, size_t size) {
  return HttpFuzzEntry(data, size);
}
