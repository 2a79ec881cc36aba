// SPDX-License-Identifier: Apache-2.0
// MinHash on 4,852 versions of 134 legal pages, a natural range of
// similarities: how often bands meet and verification accepts, by true Jaccard
// similarity, beside the formula. Pairs of versions share documents and so
// their luck; several seeds of the permutations make up for that.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "dedup/banding.h"
#include "dedup/signature.h"
#include "pipeline/text/analysis.h"
#include "tests/corpora.h"
#include "tests/eval/jaccard_truth.h"

namespace winnow::testing {
namespace {

constexpr size_t kNgram = 5;
constexpr BandShape kShape{14, 8};
constexpr double kThreshold = .7;
constexpr uint64_t kSeeds = 20;
constexpr size_t kBins = 20;

struct Version {
  std::string cluster;
  std::vector<uint64_t> words;
  std::vector<uint64_t> shingles;
};

struct Pair {
  uint32_t a;
  uint32_t b;
  double jaccard;
};

std::vector<Version> ReadVersions(const std::filesystem::path& dir) {
  std::vector<Version> versions;
  Analyzer analyzer(AnalysisNeeds::Words(Profile::kAlnum));
  simdjson::dom::parser parser;
  for (const auto& file : FilesBelow(dir, ".jsonl")) {
    simdjson::dom::document_stream lines;
    if (parser.load_many(file.string(), size_t{16} << 20).get(lines)) continue;
    for (const auto line : lines) {
      const std::string_view text = line["text"];
      Version version;
      version.cluster = std::string_view(line["cluster"]);
      version.words = analyzer.Analyze(text).word(Profile::kAlnum).folded;
      version.shingles = ShingleSet(version.words, kNgram);
      versions.push_back(std::move(version));
    }
  }
  return versions;
}

std::vector<Pair> PairsWithinClusters(const std::vector<Version>& versions) {
  std::map<std::string, std::vector<uint32_t>> clusters;
  for (uint32_t i = 0; i < versions.size(); ++i) {
    clusters[versions[i].cluster].push_back(i);
  }
  std::vector<Pair> pairs;
  for (const auto& [name, members] : clusters) {
    std::vector<const std::vector<uint64_t>*> sets;
    for (uint32_t i : members) sets.push_back(&versions[i].shingles);
    const BitSets bits(sets);
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j) {
        pairs.push_back({members[i], members[j], bits.Jaccard(i, j)});
      }
    }
  }
  return pairs;
}

// What one seed makes of all documents.
struct Signatures {
  Arena arena;
  std::vector<const Signature*> of;
};

void MakeSignatures(const std::vector<Version>& versions, uint64_t seed,
                    Signatures* out) {
  const SignatureMaker maker(kShape, kNgram, seed);
  SignatureMaker::Scratch scratch;
  out->of.clear();
  out->arena.Reset();
  for (const Version& version : versions) {
    out->of.push_back(maker.Make(version.words, &scratch, &out->arena));
  }
}

bool ShareBand(const Signature& a, const Signature& b) {
  for (size_t band = 0; band < kShape.bands; ++band) {
    if (a.keys[band] == b.keys[band]) return true;
  }
  return false;
}

size_t EqualBytes(const Signature& a, const Signature& b) {
  return CountEqualBytes(a.sketch, b.sketch, kShape.slots());
}

// AcceptanceProbability() by interpolation in a table of a thousand steps.
class AcceptanceCurve {
 public:
  explicit AcceptanceCurve(size_t min_equal) {
    for (size_t i = 0; i <= kSteps; ++i) {
      values_.push_back(AcceptanceProbability(kShape, min_equal,
                                              static_cast<double>(i) / kSteps));
    }
  }
  double At(double similarity) const {
    const double x = similarity * kSteps;
    const size_t i = std::min(static_cast<size_t>(x), size_t{kSteps} - 1);
    const double part = x - static_cast<double>(i);
    return values_[i] * (1 - part) + values_[i + 1] * part;
  }

 private:
  static constexpr int kSteps = 1000;
  std::vector<double> values_;
};

struct Bin {
  size_t pairs = 0;
  double formula = 0;
  double curve = 0;
  size_t met_first_seed = 0;
  size_t met = 0;
  size_t accepted = 0;
};

class MinhashEval : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto dir = CorpusDir("ota_versions");
    if (!dir) return;
    versions_ = new std::vector<Version>(ReadVersions(*dir));
    pairs_ = new std::vector<Pair>(PairsWithinClusters(*versions_));
  }
  void SetUp() override {
    if (versions_ == nullptr) GTEST_SKIP() << "corpus ota_versions is absent";
  }
  static std::vector<Version>* versions_;
  static std::vector<Pair>* pairs_;
};
std::vector<Version>* MinhashEval::versions_ = nullptr;
std::vector<Pair>* MinhashEval::pairs_ = nullptr;

TEST_F(MinhashEval, BandsMeetAsTheFormulaSays) {
  const size_t min_equal = MinEqualBytes(kThreshold, kShape.slots());
  const AcceptanceCurve curve(min_equal);
  std::vector<Bin> bins(kBins + 1);
  const auto bin_of = [&](const Pair& pair) -> Bin& {
    return bins[pair.jaccard == 1 ? kBins
                                  : static_cast<size_t>(pair.jaccard * kBins)];
  };
  for (const Pair& pair : *pairs_) {
    Bin& bin = bin_of(pair);
    ++bin.pairs;
    bin.formula += BandingProbability(kShape, pair.jaccard);
    bin.curve += curve.At(pair.jaccard);
  }
  Signatures signatures;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    MakeSignatures(*versions_, seed, &signatures);
    for (const Pair& pair : *pairs_) {
      const Signature* a = signatures.of[pair.a];
      const Signature* b = signatures.of[pair.b];
      if (a == nullptr || b == nullptr || !ShareBand(*a, *b)) continue;
      Bin& bin = bin_of(pair);
      ++bin.met;
      if (seed == 1) ++bin.met_first_seed;
      if (EqualBytes(*a, *b) >= min_equal) ++bin.accepted;
    }
  }
  std::printf("%zu documents, %zu pairs within clusters, %d seeds\n",
              versions_->size(), pairs_->size(), static_cast<int>(kSeeds));
  std::printf(
      "| Jaccard | pairs | formula | met, seed 1 | met | curve at %.2f | "
      "accepted |\n",
      kThreshold);
  for (size_t i = 0; i < bins.size(); ++i) {
    const Bin& bin = bins[i];
    if (bin.pairs == 0) continue;
    const double n = static_cast<double>(bin.pairs);
    const double all = n * static_cast<double>(kSeeds);
    const double formula = bin.formula / n;
    const double met = static_cast<double>(bin.met) / all;
    const double accepted = static_cast<double>(bin.accepted) / all;
    std::printf("| %.2f- | %zu | %.3f | %.3f | %.3f | %.3f | %.3f |\n",
                static_cast<double>(i) / kBins, bin.pairs, formula,
                static_cast<double>(bin.met_first_seed) / n, met, bin.curve / n,
                accepted);
    if (bin.pairs < 300) continue;
    EXPECT_NEAR(met, formula, .03) << "bin " << i;
    EXPECT_NEAR(accepted, bin.curve / n, .03) << "bin " << i;
  }
}

}  // namespace
}  // namespace winnow::testing
