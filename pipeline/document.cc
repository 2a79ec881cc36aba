// SPDX-License-Identifier: Apache-2.0
#include "pipeline/document.h"

#include <charconv>

namespace winnow {
namespace {

void AppendNumber(uint64_t value, std::string* out) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out->append(digits, end);
}

}  // namespace

void Document::AppendIdentity(std::string* out) const {
  out->append(file->label);
  if (!file->path.empty()) {
    out->push_back('/');
    out->append(file->path);
  }
  out->push_back('#');
  AppendNumber(offset, out);
  if (inner_offset != 0) {
    out->push_back('+');
    AppendNumber(inner_offset, out);
  }
}

}  // namespace winnow
