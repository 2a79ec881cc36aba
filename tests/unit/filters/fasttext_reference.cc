// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/filters/fasttext_reference.h"

#ifdef WINNOW_HAVE_FASTTEXT

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <fasttext/fasttext.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

namespace winnow::testing {

struct FastTextReference::Engine {
  fasttext::FastText fast_text;
};

FastTextReference::FastTextReference(const std::string& path)
    : engine_(std::make_unique<Engine>()) {
  engine_->fast_text.loadModel(path);
}

FastTextReference::~FastTextReference() = default;

FastTextReference::Result FastTextReference::Predict(
    std::string_view text) const {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  line += '\n';
  std::istringstream in(line);
  std::vector<std::pair<fasttext::real, std::string>> predictions;
  engine_->fast_text.predictLine(in, predictions, 1, 0.0F);
  if (predictions.empty()) return {};
  return {predictions[0].second.substr(std::string_view("__label__").size()),
          predictions[0].first};
}

FastTextReference::Result FastTextReference::Predict(
    const LidSample& sample) const {
  std::string joined;
  for (size_t i = 0; i < sample.count; ++i) {
    if (i > 0) joined += ' ';
    joined += sample.windows[i];
  }
  return Predict(joined);
}

}  // namespace winnow::testing

#endif  // WINNOW_HAVE_FASTTEXT
