// SPDX-License-Identifier: Apache-2.0
// Bytes as a Parquet file, for libFuzzer or any driver that calls
// LLVMFuzzerTestOneInput(). A short replay of mutated files runs as a test:
// tests/unit/parquet/parquet_fuzz_test.cc.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/unit/parquet/parquet_harness.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const winnow::testing::ScratchFile file(
      {reinterpret_cast<const char*>(data), size});
  winnow::testing::TableSetup setup;
  setup.parquet.reader_bytes = int64_t{16} << 20;
  winnow::testing::ReadTable(file.path(), setup);
  return 0;
}
