// SPDX-License-Identifier: Apache-2.0
// The counters: addition, and the way through the manifest and back.
#include "pipeline/tally.h"

#include <gtest/gtest.h>

#include "pipeline/error.h"

namespace winnow {
namespace {

TallyLayout Layout() {
  TallyLayout layout;
  layout.vocabularies = 2;
  layout.stages = {{"read", {}, 0}, {"sieve", {"small", "large"}, 0}};
  layout.labels = {"a", "b"};
  layout.Finish();
  return layout;
}

Document MakeDocument(const SourceFile* file, const uint64_t* tokens) {
  Document d;
  d.file = file;
  d.read = d.now = {100, 90, 20, tokens};
  return d;
}

TEST(Tally, CountsByLabelAndLanguage) {
  const TallyLayout layout = Layout();
  SourceFile file;
  file.label_index = 1;
  const uint64_t tokens[] = {30, 33};
  Document kept = MakeDocument(&file, tokens);
  kept.language = "ko";
  kept.audio_ms = 5000;
  Document dropped = MakeDocument(&file, tokens);
  dropped.dropped_by = 0;
  Tally tally(&layout);
  tally.CountFinal(kept);
  tally.CountFinal(dropped);
  EXPECT_EQ(tally.Row(layout.LabelRowIndex(1, false))[Quantity::kDocuments],
            2U);
  EXPECT_EQ(tally.Row(layout.LabelRowIndex(1, true))[Quantity::kTokens + 1],
            33U);
  EXPECT_EQ(tally.Row(layout.LabelRowIndex(0, false))[Quantity::kDocuments],
            0U);
  EXPECT_EQ(tally.languages().at("ko")[Quantity::kAudioMs], 5000U);
  EXPECT_EQ(tally.languages().at("und")[Quantity::kDocuments], 1U);
}

TEST(Tally, RewriteCountsEachQuantityByItsSign) {
  const TallyLayout layout = Layout();
  const uint64_t before[] = {10, 10};
  const uint64_t after[] = {12, 7};
  Tally tally(&layout);
  tally.CountRewrite(1, {100, 90, 20, before}, {80, 95, 20, after});
  const auto removed =
      tally.Row(layout.StageRowIndex(1, TallyLayout::kRemoved));
  const auto added = tally.Row(layout.StageRowIndex(1, TallyLayout::kAdded));
  EXPECT_EQ(removed[Quantity::kBytes], 20U);
  EXPECT_EQ(added[Quantity::kChars], 5U);
  EXPECT_EQ(added[Quantity::kTokens], 2U);
  EXPECT_EQ(removed[Quantity::kTokens + 1], 3U);
  EXPECT_EQ(removed[Quantity::kWords] + added[Quantity::kWords], 0U);
}

TEST(Tally, JsonRoundTripAndAddition) {
  const TallyLayout layout = Layout();
  SourceFile file;
  const uint64_t tokens[] = {UINT32_MAX, uint64_t{1} << 60};
  Tally a(&layout);
  a.CountFinal(MakeDocument(&file, tokens));
  a.CountNonDocument("warc.request", 17);
  a.CountMended("lone_surrogate");
  a.CountTrait("status", "200");
  a.CountTrait("status", "404");
  a.unreadable[3] = {2, 99};
  a.decoded_bytes = 12345;
  a.undecoded_bytes = 6;
  std::string json;
  a.AppendJson(&json);
  Tally b(&layout);
  b.ParseJson(json);
  EXPECT_TRUE(a == b);
  Tally twice(&layout);
  twice.Add(a);
  twice.Add(b);
  EXPECT_EQ(twice.non_documents.at("warc.request").bytes, 34U);
  EXPECT_EQ(twice.traits.at("status").at("404"), 2U);
  EXPECT_EQ(twice.unreadable[3].count, 4U);
  twice.Clear();
  Tally empty(&layout);
  EXPECT_TRUE(twice == empty);
}

TEST(Tally, KeepsTheFirstPlaces) {
  const TallyLayout layout = Layout();
  Tally total(&layout);
  for (uint32_t batch = 0; batch < 5; ++batch) {
    Tally part(&layout);
    for (uint64_t i = 0; i < 7; ++i) {
      part.CountUnreadable(ReadReason::kJsonInvalid, batch, i, i + 1);
    }
    part.disk_bytes = 99;  // where a batch ends is no part of the ledger
    total.Add(part);
  }
  const auto& first =
      total.first[static_cast<size_t>(ReadReason::kJsonInvalid)];
  ASSERT_EQ(first.size(), Tally::kFirstPlaces);
  EXPECT_EQ(first.front(), (UnreadablePlace{0, 0, 1}));
  EXPECT_EQ(first.back(), (UnreadablePlace{2, 5, 6}));
  std::string json;
  total.AppendJson(&json);
  EXPECT_EQ(json.find("disk_bytes"), std::string::npos);
  Tally back(&layout);
  back.ParseJson(json);
  EXPECT_EQ(back.first, total.first);
}

TEST(Tally, RefusesTheLedgerOfAnotherRecipe) {
  const TallyLayout layout = Layout();
  std::string json;
  Tally(&layout).AppendJson(&json);
  TallyLayout other = Layout();
  other.vocabularies = 1;
  Tally tally(&other);
  EXPECT_THROW(tally.ParseJson(json), Error);
}

}  // namespace
}  // namespace winnow
