// SPDX-License-Identifier: Apache-2.0
// Walks the members of raw JSON text ("a":1,"b":[2]) without parsing values,
// and carries them to the output so that any strict parser reads them: of equal
// keys the first, and no half of a surrogate pair.
#ifndef WINNOW_PIPELINE_WRITE_JSON_MEMBERS_H_
#define WINNOW_PIPELINE_WRITE_JSON_MEMBERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/text/hash.h"

namespace winnow {

struct JsonMember {
  std::string_view key;    // as written, between the quotes
  std::string_view whole;  // `"key":value`
};

// Takes the first member off *rest. False at the end. REQUIRES: *rest is
// members of a valid JSON object, without its braces.
bool NextJsonMember(std::string_view* rest, JsonMember* member);

// True if the key spells `name`, escaped or not.
bool KeySpells(const JsonMember& member, std::string_view name);

// Appends `raw` JSON with every \uD800 to \uDFFF that is not half of a pair
// written \ufffd, as the text has it.
void AppendWithoutLoneSurrogates(std::string_view raw, std::string* out);

// The keys of one object, by what they spell. Linear however many there are;
// keeps its memory.
class JsonKeySet {
 public:
  JsonKeySet();
  void Clear();
  // False if an equal key is in already.
  bool Insert(const JsonMember& member);

 private:
  struct Slot {
    Hash128 hash;
    uint32_t generation = 0;
  };
  bool Enter(const Hash128& hash);
  void Grow();

  std::vector<Slot> slots_;  // open addressing, a power of two
  uint32_t generation_ = 1;
  size_t size_ = 0;
  std::string scratch_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_WRITE_JSON_MEMBERS_H_
