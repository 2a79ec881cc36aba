// SPDX-License-Identifier: Apache-2.0
// Workers on several threads share one model. A binary of its own, for it also
// runs under ThreadSanitizer, where all else is slow.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <thread>
#include <vector>

#include "filters/lid_worker.h"
#include "tests/unit/filters/lid_test_model.h"
#include "tests/unit/filters/lid_test_text.h"

namespace winnow {
namespace {

using testing::LidTestModel;
using testing::RandomText;

TEST(LidThreadsTest, ThreadsShareOneModel) {
  WINNOW_REQUIRE_LID_MODEL();
  std::mt19937 random(12);
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) texts.push_back(RandomText(random, 50));
  std::vector<std::vector<LidResult>> results(4);
  std::vector<std::thread> threads;
  for (auto& out : results) {
    threads.emplace_back([&texts, &out] {
      LidWorker worker(LidTestModel(), 1 << 16);
      for (const std::string& text : texts) {
        out.push_back(worker.Predict(text));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& out : results) {
    ASSERT_EQ(out.size(), texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      EXPECT_EQ(out[i].label, results[0][i].label);
      EXPECT_EQ(out[i].score, results[0][i].score);
    }
  }
}

}  // namespace
}  // namespace winnow
