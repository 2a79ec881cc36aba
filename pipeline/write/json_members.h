// SPDX-License-Identifier: Apache-2.0
// Walks the members of raw JSON text ("a":1,"b":[2]) without parsing values.
#ifndef WINNOW_PIPELINE_WRITE_JSON_MEMBERS_H_
#define WINNOW_PIPELINE_WRITE_JSON_MEMBERS_H_

#include <string_view>

namespace winnow {

struct JsonMember {
  std::string_view key;    // as written, between the quotes
  std::string_view whole;  // `"key":value`
};

// Takes the first member off *rest. False at the end. REQUIRES: *rest is
// members of a valid JSON object, without its braces.
bool NextJsonMember(std::string_view* rest, JsonMember* member);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_WRITE_JSON_MEMBERS_H_
