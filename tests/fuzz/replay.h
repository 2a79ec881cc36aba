// SPDX-License-Identifier: Apache-2.0
// Feeds a fuzz entry with seeds mutated by a fixed generator, so that every
// test run does a little of what a fuzzer does for days.
#ifndef WINNOW_TESTS_FUZZ_REPLAY_H_
#define WINNOW_TESTS_FUZZ_REPLAY_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace winnow::testing {

inline void Replay(const std::vector<std::string>& seeds, int rounds) {
  std::mt19937 random(2026);
  const auto feed = [](const std::string& s) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(s.data()),
                           s.size());
  };
  feed("");
  for (const std::string& seed : seeds) feed(seed);
  for (int i = 0; i < rounds; ++i) {
    std::string s = seeds[random() % seeds.size()];
    for (unsigned n = 1 + random() % 4; n > 0; --n) {
      const size_t at = s.empty() ? 0 : random() % s.size();
      switch (random() % 5) {
        case 0:
          if (!s.empty()) s[at] = static_cast<char>(random());
          break;
        case 1:
          s.insert(at, 1, static_cast<char>(random()));
          break;
        case 2:
          s.erase(at, 1 + random() % 3);
          break;
        case 3:
          s.resize(at);
          break;
        default: {
          const std::string& other = seeds[random() % seeds.size()];
          s.insert(at, other.substr(random() % (other.size() + 1), 12));
        }
      }
    }
    feed(s);
  }
}

}  // namespace winnow::testing

#endif  // WINNOW_TESTS_FUZZ_REPLAY_H_
