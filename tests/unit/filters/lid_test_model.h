// SPDX-License-Identifier: Apache-2.0
// The installed language model, loaded once for all tests of a binary.
#ifndef WINNOW_TESTS_UNIT_FILTERS_LID_TEST_MODEL_H_
#define WINNOW_TESTS_UNIT_FILTERS_LID_TEST_MODEL_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "filters/lid_model.h"
#include "tests/corpora.h"

namespace winnow::testing {

inline std::string LidModelPath() {
  return LidModel::PathIn(DataDir().string());
}

// Null where the model is not installed.
inline std::shared_ptr<const LidModel> LidTestModel() {
  static const std::shared_ptr<const LidModel> model =
      std::filesystem::exists(LidModelPath()) ? LidModel::Load(LidModelPath())
                                              : nullptr;
  return model;
}

}  // namespace winnow::testing

// Skips the test where the model is not installed.
#define WINNOW_REQUIRE_LID_MODEL()                                    \
  if (::winnow::testing::LidTestModel() == nullptr)                   \
  GTEST_SKIP() << "no model at " << ::winnow::testing::LidModelPath() \
               << ": run ./dev setup"

#endif  // WINNOW_TESTS_UNIT_FILTERS_LID_TEST_MODEL_H_
