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
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "dedup/banding.h"
#include "dedup/minhash_index.h"
#include "dedup/signature.h"
#include "pipeline/text/analysis.h"
#include "tests/corpora.h"
#include "tests/eval/jaccard_truth.h"

namespace winnow::testing {
namespace {

constexpr size_t kNgram = 5;
constexpr BandShape kShape{14, 8};
constexpr double kThreshold = .7;
constexpr size_t kBins = 20;

// More seeds narrow the standard errors: WINNOW_EVAL_SEEDS=200.
uint64_t Seeds() {
  const char* seeds = std::getenv("WINNOW_EVAL_SEEDS");
  return seeds == nullptr ? 20 : std::strtoull(seeds, nullptr, 10);
}

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

// Pairs of one range of similarity.
struct Bin {
  double pairs = 0;
  double formula = 0;            // sum of P(J)
  double curve = 0;              // sum of acceptance at J
  std::vector<double> met;       // pairs that shared a band, by seed
  std::vector<double> accepted;  // and passed verification
};

struct Mean {
  double value;
  double error;  // standard error, from the spread between seeds
};

Mean MeanShare(const std::vector<double>& counts, double of) {
  const double n = static_cast<double>(counts.size());
  double sum = 0;
  double squares = 0;
  for (const double count : counts) {
    sum += count / of;
    squares += count / of * (count / of);
  }
  const double mean = sum / n;
  const double variance = std::max(0.0, squares / n - mean * mean);
  return {mean, std::sqrt(variance / (n - 1))};
}

class MinhashEval : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto dir = CorpusDir("ota_versions");
    if (!dir) return;
    versions_ = new std::vector<Version>(ReadVersions(*dir));
  }
  void SetUp() override {
    if (versions_ == nullptr) GTEST_SKIP() << "corpus ota_versions is absent";
  }
  static std::vector<Version>* versions_;
};
std::vector<Version>* MinhashEval::versions_ = nullptr;

TEST_F(MinhashEval, BandsMeetAsTheFormulaSays) {
  const size_t min_equal = MinEqualBytes(kThreshold, kShape.slots());
  const AcceptanceCurve curve(min_equal);
  const std::vector<Pair> pairs = PairsWithinClusters(*versions_);
  std::vector<Bin> bins(kBins + 1);
  const auto bin_of = [&](const Pair& pair) -> Bin& {
    return bins[pair.jaccard == 1 ? kBins
                                  : static_cast<size_t>(pair.jaccard * kBins)];
  };
  for (const Pair& pair : pairs) {
    Bin& bin = bin_of(pair);
    ++bin.pairs;
    bin.formula += BandingProbability(kShape, pair.jaccard);
    bin.curve += curve.At(pair.jaccard);
  }
  Signatures signatures;
  for (uint64_t seed = 1; seed <= Seeds(); ++seed) {
    MakeSignatures(*versions_, seed, &signatures);
    for (Bin& bin : bins) {
      bin.met.push_back(0);
      bin.accepted.push_back(0);
    }
    for (const Pair& pair : pairs) {
      const Signature* a = signatures.of[pair.a];
      const Signature* b = signatures.of[pair.b];
      if (a == nullptr || b == nullptr || !ShareBand(*a, *b)) continue;
      Bin& bin = bin_of(pair);
      ++bin.met.back();
      if (EqualBytes(*a, *b) >= min_equal) ++bin.accepted.back();
    }
  }
  std::printf("%zu documents, %zu pairs within clusters, %d seeds\n",
              versions_->size(), pairs.size(), static_cast<int>(Seeds()));
  std::printf("| Jaccard | pairs | 14 x 8 | met | curve at %.2f | accepted |\n",
              kThreshold);
  for (size_t i = 0; i < bins.size(); ++i) {
    const Bin& bin = bins[i];
    if (bin.pairs == 0) continue;
    const double formula = bin.formula / bin.pairs;
    const double accepting = bin.curve / bin.pairs;
    const Mean met = MeanShare(bin.met, bin.pairs);
    const Mean accepted = MeanShare(bin.accepted, bin.pairs);
    std::printf("| %.2f- | %.0f | %.3f | %.3f +-%.3f | %.3f | %.3f +-%.3f |\n",
                static_cast<double>(i) / kBins, bin.pairs, formula, met.value,
                met.error, accepting, accepted.value, accepted.error);
    if (bin.pairs < 300) continue;
    // Three points, or what the spread between seeds leaves open.
    EXPECT_NEAR(met.value, formula, std::max(.03, 3 * met.error));
    EXPECT_NEAR(accepted.value, accepting, std::max(.03, 3 * accepted.error));
  }
}

// What a run drops, by the true similarity to the document kept instead.
TEST_F(MinhashEval, FalseMergesAreFew) {
  constexpr uint64_t kRuns = 5;
  const size_t min_equal = MinEqualBytes(kThreshold, kShape.slots());
  Signatures signatures;
  std::vector<size_t> by_similarity(kBins + 1);
  size_t dropped = 0;
  size_t other_cluster = 0;
  double estimate_error = 0;
  for (uint64_t seed = 1; seed <= kRuns; ++seed) {
    MakeSignatures(*versions_, seed, &signatures);
    MinhashIndex index(kShape);
    index.Reserve(versions_->size() * index.BytesPerDocument());
    std::vector<size_t> kept;
    for (size_t i = 0; i < versions_->size(); ++i) {
      const Signature* signature = signatures.of[i];
      if (signature == nullptr) continue;
      const auto outcome =
          index.Find(signature->keys, signature->sketch, min_equal);
      if (!outcome.found) {
        index.Insert(signature->keys, signature->sketch);
        kept.push_back(i);
        continue;
      }
      const Version& a = (*versions_)[i];
      const Version& b = (*versions_)[kept[outcome.ordinal]];
      const double jaccard = Jaccard(a.shingles, b.shingles);
      ++dropped;
      ++by_similarity[static_cast<size_t>(jaccard * kBins)];
      if (a.cluster != b.cluster) ++other_cluster;
      const double error =
          EstimateSimilarity(outcome.equal, kShape.slots()) / 1e4 - jaccard;
      estimate_error += error * error;
    }
  }
  const double all = static_cast<double>(dropped);
  std::printf(
      "%zu dropped in %d runs, %zu for a document of another cluster, "
      "rms error of the similarity %.4f\n",
      dropped, static_cast<int>(kRuns), other_cluster,
      std::sqrt(estimate_error / all));
  std::printf("| true Jaccard | dropped |\n");
  size_t below_60 = 0;
  for (size_t i = 0; i < by_similarity.size(); ++i) {
    if (by_similarity[i] == 0) continue;
    std::printf("| %.2f- | %zu |\n", static_cast<double>(i) / kBins,
                by_similarity[i]);
    if (i < 12) below_60 += by_similarity[i];
  }
  EXPECT_LE(static_cast<double>(below_60) / all, .005);
}

// What a bound on the kept documents of one key costs: documents kept, of
// them those that a kept document before them resembles after all.
TEST_F(MinhashEval, FewHoldersOfAKeyAreEnough) {
  Signatures signatures;
  MakeSignatures(*versions_, 1, &signatures);
  std::printf(
      "| threshold | holders of a key | kept | capped keys | "
      "candidates |\n");
  for (const double threshold : {.7, .8, .9}) {
    const size_t min_equal = MinEqualBytes(threshold, kShape.slots());
    size_t kept_unbounded = 0;
    for (const size_t holders : {10000U, 16U, 8U, 4U, 2U, 1U}) {
      MinhashIndex index(kShape, holders);
      index.Reserve(versions_->size() * index.BytesPerDocument());
      size_t capped = 0;
      size_t candidates = 0;
      for (const Signature* signature : signatures.of) {
        if (signature == nullptr) continue;
        const auto outcome =
            index.Find(signature->keys, signature->sketch, min_equal);
        candidates += outcome.compared;
        if (!outcome.found) {
          capped += index.Insert(signature->keys, signature->sketch);
        }
      }
      std::printf("| %.1f | %zu | %zu | %zu | %zu |\n", threshold, holders,
                  static_cast<size_t>(index.size()), capped, candidates);
      if (holders == 10000) kept_unbounded = index.size();
      if (holders == MinhashIndex::kMaxPerKey) {
        EXPECT_LE(index.size(), kept_unbounded * 101 / 100);
      }
    }
  }
}

}  // namespace
}  // namespace winnow::testing
