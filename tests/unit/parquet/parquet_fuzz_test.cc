// SPDX-License-Identifier: Apache-2.0
// A short, seeded replay of the fuzz entry: sound files with runs of bytes
// changed, moved, cut.
#include <arrow/util/compression.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "tests/unit/parquet/parquet_harness.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace winnow::testing {
namespace {

uint64_t Next(uint64_t* state) {
  *state = *state * 6364136223846793005U + 1442695040888963407U;
  return *state >> 33;
}

TEST(ParquetFuzz, MutatedFiles) {
  uint64_t state = 20240229;
  for (const auto codec :
       {arrow::Compression::UNCOMPRESSED, arrow::Compression::ZSTD}) {
    const std::string sound = MakeParquet(60, 25, codec, true);
    for (int i = 0; i < 400; ++i) {
      std::string bytes = sound;
      for (uint64_t k = 0; k <= Next(&state) % 4; ++k) {
        const size_t at = Next(&state) % bytes.size();
        const size_t n =
            std::min<size_t>(1 + Next(&state) % 16, bytes.size() - at);
        switch (Next(&state) % 4) {
          case 0:
            for (size_t j = 0; j < n; ++j) {
              bytes[at + j] = static_cast<char>(Next(&state));
            }
            break;
          case 1:
            bytes.erase(at, n);
            break;
          case 2:
            bytes.insert(at, bytes.substr(Next(&state) % bytes.size(), n));
            break;
          default:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << Next(&state) % 8));
        }
      }
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()),
                             bytes.size());
    }
  }
}

}  // namespace
}  // namespace winnow::testing
