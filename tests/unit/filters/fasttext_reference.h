// SPDX-License-Identifier: Apache-2.0
// libfasttext, the reference of the language model's reader. Linked into tests
// and benchmarks only, and only where it is installed.
#ifndef WINNOW_TESTS_UNIT_FILTERS_FASTTEXT_REFERENCE_H_
#define WINNOW_TESTS_UNIT_FILTERS_FASTTEXT_REFERENCE_H_

#include <memory>
#include <string>
#include <string_view>

#include "filters/lid_sample.h"

namespace winnow::testing {

class FastTextReference {
 public:
  struct Result {
    std::string label;  // "en"; empty if there was no prediction
    float score = 0;
  };

  // REQUIRES: `path` is an intact model; libfasttext hangs on some that are
  // not.
  explicit FastTextReference(const std::string& path);
  ~FastTextReference();

  // Newlines become spaces, one is appended.
  Result Predict(std::string_view text) const;
  Result Predict(const LidSample& sample) const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_UNIT_FILTERS_FASTTEXT_REFERENCE_H_
