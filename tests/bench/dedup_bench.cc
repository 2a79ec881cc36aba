// SPDX-License-Identifier: Apache-2.0
// Deduplication: the MinHash kernel on every target, signatures of real text,
// and the serial decision with tables larger than any cache.
#include <benchmark/benchmark.h>

#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "dedup/minhash.h"
#include "dedup/minhash_kernel.h"
#include "dedup/shingles.h"
#include "dedup/signature.h"
#include "pipeline/text/analysis.h"
#include "tests/corpora.h"

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

// Word hashes of real English documents of about 4 kB.
struct WordHashes {
  std::vector<std::vector<uint64_t>> documents;
  size_t bytes = 0;
};

const WordHashes& RealDocuments() {
  static const WordHashes hashes = [] {
    constexpr size_t kDocument = 4096;
    constexpr size_t kAll = size_t{4} << 20;
    WordHashes out;
    Analyzer analyzer(AnalysisNeeds::Words(Profile::kAlnum));
    const auto add = [&](std::string_view text) {
      while (text.size() >= kDocument && out.bytes < kAll) {
        size_t end = kDocument;
        while (end < text.size() && text[end] != ' ') ++end;
        out.documents.push_back(
            analyzer.Analyze(text.substr(0, end)).word(Profile::kAlnum).folded);
        out.bytes += end;
        text.remove_prefix(end);
      }
    };
    if (const auto dir = testing::CorpusDir("versioned_docs")) {
      for (const auto& file : testing::FilesBelow(*dir, ".md")) {
        add(testing::ReadWholeFile(file));
      }
    }
    for (const auto& file : testing::FilesBelow(
             "/usr/share/doc/installation-guide-amd64/en", ".html")) {
      add(testing::TextBetweenTags(testing::ReadWholeFile(file)));
    }
    return out;
  }();
  return hashes;
}

void Shingles(benchmark::State& state) {
  const WordHashes& real = RealDocuments();
  if (real.documents.empty()) return state.SkipWithError("no text");
  uint32_t chunk[1024];
  for (auto _ : state) {
    for (const auto& words : real.documents) {
      ShingleStream stream(words, 5);
      benchmark::DoNotOptimize(stream.Next(chunk));
      benchmark::ClobberMemory();
    }
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(real.bytes));
}
BENCHMARK(Shingles)->Name("BM_Shingles/real_4kB");

// Shingles, minima, sketch and band keys: all that `minhash` adds to the
// analysis in the parallel half.
void Signatures(benchmark::State& state) {
  const WordHashes& real = RealDocuments();
  if (real.documents.empty()) return state.SkipWithError("no text");
  const SignatureMaker maker({14, 8}, 5, 1);
  SignatureMaker::Scratch scratch;
  Arena arena;
  for (auto _ : state) {
    arena.Reset();
    for (const auto& words : real.documents) {
      benchmark::DoNotOptimize(maker.Make(words, &scratch, &arena));
    }
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(real.bytes));
}
BENCHMARK(Signatures)->Name("BM_MinhashSignature/real_4kB");

// Random signatures for the serial half: every document is new.
class SyntheticDocuments {
 public:
  static constexpr size_t kCount = 1 << 16;

  SyntheticDocuments() {
    file_.label = "dump";
    file_.path = "shard/00042.jsonl.zst";
    keys_.resize(kCount * 14);
    sketches_.resize(kCount * 112);
    signatures_.resize(kCount);
    documents_.resize(kCount);
    for (size_t i = 0; i < kCount; ++i) {
      signatures_[i] = {&keys_[i * 14], &sketches_[i * 112], false};
      documents_[i].file = &file_;
      documents_[i].slots[0] = &signatures_[i];
    }
  }
  // Document i becomes number (first + i * step) mod `modulus` of an endless
  // row of documents that have nothing in common.
  void Make(uint64_t first, uint64_t step, uint64_t modulus = UINT64_MAX) {
    for (size_t i = 0; i < kCount; ++i) {
      uint64_t state = ((first + i * step) % modulus) << 20;
      for (size_t j = 0; j < 14; ++j) {
        keys_[i * 14 + j] = SplitMix64(&state) >> 16;
      }
      for (size_t j = 0; j < 112; j += 8) {
        const uint64_t v = SplitMix64(&state);
        std::memcpy(&sketches_[i * 112 + j], &v, 8);
      }
    }
  }
  Document& operator[](size_t i) {
    documents_[i].offset = next_offset_ += 4000;
    return documents_[i];
  }
  const Document& Ahead(size_t i) const { return documents_[i]; }

 private:
  uint64_t next_offset_ = 0;
  SourceFile file_;
  std::vector<uint64_t> keys_;
  std::vector<uint8_t> sketches_;
  std::vector<Signature> signatures_;
  std::vector<Document> documents_;
};

// The serial half of `minhash`: prefetch, look-up, entry and log of a document
// in an index that holds state.range(0) already; the segment is taken once in
// 65,536 documents. New documents, or copies of random kept ones.
void Decide(benchmark::State& state, bool duplicates) {
  constexpr size_t kAhead = 4;
  constexpr size_t kRounds = 4;
  constexpr size_t kCount = SyntheticDocuments::kCount;
  const std::unique_ptr<Stage> made =
      MinhashSpec().make(DefaultParams(MinhashSpec().params), {});
  auto& stage = static_cast<OrderedStage&>(*made);
  const auto filled = static_cast<uint64_t>(state.range(0));
  stage.Reserve((filled + (kRounds + 1) * kCount) * stage.BytesPerDocument());
  SyntheticDocuments documents;
  std::string segment;
  const auto decide_all = [&] {
    for (size_t i = 0; i < kCount; ++i) {
      if (i + kAhead < kCount) stage.Prefetch(documents.Ahead(i + kAhead));
      benchmark::DoNotOptimize(stage.Decide(documents[i]));
    }
    segment.clear();
    stage.TakeSegment(&segment);
  };
  uint64_t entered = 0;
  for (; entered < filled; entered += kCount) {
    documents.Make(entered, 1);
    decide_all();
  }
  for (auto _ : state) {
    state.PauseTiming();
    // A large odd step through the documents entered so far.
    if (duplicates) {
      documents.Make(0, 0x9e3779b97f4a7c15ULL, entered);
    } else {
      documents.Make(entered, 1);
      entered += kCount;
    }
    state.ResumeTiming();
    decide_all();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kCount));
}
BENCHMARK_CAPTURE(Decide, new, false)
    ->Name("BM_MinhashDecide/new")
    ->Arg(100000)
    ->Arg(1000000)
    ->Arg(10000000)
    ->Iterations(4)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Decide, duplicate, true)
    ->Name("BM_MinhashDecide/duplicate")
    ->Arg(1000000)
    ->Iterations(4)
    ->Unit(benchmark::kMillisecond);

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
