// SPDX-License-Identifier: Apache-2.0
#include "filters/stop_words.h"

#include <algorithm>
#include <bit>

#include "pipeline/text/hash.h"

namespace winnow {

StopWords::StopWords(const std::vector<std::string>& words) : words_(words) {
  std::sort(words_.begin(), words_.end());
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  slots_.resize(std::bit_ceil(4 * words_.size() + 4));
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(slots_.size()));
  for (uint32_t i = 0; i < words_.size(); ++i) {
    const uint64_t hash = Hash64(words_[i]);
    size_t at = hash >> shift_;
    while (slots_[at].index != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {hash, i + 1};
  }
}

uint64_t StopWords::CountDistinct(std::string_view text, const Words& words,
                                  uint64_t at_most,
                                  std::vector<uint8_t>* seen) const {
  seen->assign(words_.size(), 0);
  uint64_t distinct = 0;
  for (size_t i = 0; i < words.size() && distinct < at_most; ++i) {
    const uint64_t hash = words.raw[i];
    for (size_t at = hash >> shift_; slots_[at].index != 0;
         at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash != hash) continue;
      const uint32_t index = slots_[at].index - 1;
      if ((*seen)[index] == 0 &&
          words_[index] ==
              text.substr(words.begin[i], words.end[i] - words.begin[i])) {
        (*seen)[index] = 1;
        ++distinct;
      }
      break;
    }
  }
  return distinct;
}

}  // namespace winnow
