// SPDX-License-Identifier: Apache-2.0
// Deduplication: the MinHash kernel on every target, signatures of real text,
// and the serial decision with tables larger than any cache.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "dedup/minhash_index.h"
#include "dedup/minhash_kernel.h"
#include "dedup/shingles.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include "hwy/highway.h"
#include "hwy/targets.h"
#pragma GCC diagnostic pop

namespace winnow {
namespace {

// Nanoseconds a shingle: the time of an item.
void Kernel(benchmark::State& state, int64_t target, size_t count) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  const MinhashPermutations permutations(1, count);
  std::mt19937_64 random(1);
  std::vector<uint32_t> shingles(500);
  for (uint32_t& x : shingles) x = static_cast<uint32_t>(random());
  std::vector<uint32_t> minima(permutations.padded());
  for (auto _ : state) {
    std::fill(minima.begin(), minima.end(), ~uint32_t{0});
    LowerMinima(permutations, shingles, minima.data());
    benchmark::DoNotOptimize(minima.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(shingles.size()));
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

void Shingles(benchmark::State& state) {
  std::mt19937_64 random(1);
  std::vector<uint64_t> words(500);
  for (uint64_t& w : words) w = random();
  uint32_t chunk[1024];
  for (auto _ : state) {
    ShingleStream stream(words, 5);
    benchmark::DoNotOptimize(stream.Next(chunk));
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(words.size()));
}
BENCHMARK(Shingles)->Name("BM_Shingles/ngram5");

const bool registered = [] {
  for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
    for (const size_t count : {size_t{112}, size_t{286}}) {
      const std::string name = "BM_MinhashKernel/" +
                               std::string(hwy::TargetName(target)) + "/" +
                               std::to_string(count);
      benchmark::RegisterBenchmark(name.c_str(), Kernel, target, count);
    }
  }
  return true;
}();

}  // namespace
}  // namespace winnow
