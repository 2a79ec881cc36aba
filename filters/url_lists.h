// SPDX-License-Identifier: Apache-2.0
// The lists of the `url` stage, from files of the user: a line an entry, blank
// lines and lines that begin with `#` left out, white space around entries
// too. Kept as 64-bit hashes: two different entries share one with a chance of
// n / 2^64, which for five million entries is 3 in 10^13 a look-up.
#ifndef WINNOW_FILTERS_URL_LISTS_H_
#define WINNOW_FILTERS_URL_LISTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/url/url.h"

namespace winnow {

// Entries of a file, and the checksum of its bytes.
struct ListFile {
  std::vector<std::string> entries;
  std::string sha256;
};

// `key` is the parameter, for the message. Throws Error(kNotFound) if the file
// cannot be read, Error(kUsage) if it has no entry.
ListFile ReadListFile(std::string_view key, const std::string& path);

class HashedSet {
 public:
  HashedSet() = default;
  explicit HashedSet(const std::vector<std::string>& entries);
  bool Has(std::string_view entry) const;
  bool empty() const { return slots_.empty(); }

 private:
  std::vector<uint64_t> slots_;  // a power of two, half full; 0 is free
};

// Hosts, as a URL has them: lower case, punycode. Entries that are no host stay
// as they are, in lower case.
HashedSet DomainSet(const std::vector<std::string>& entries);
// URLs as AppendListedForm() writes them; an entry may lack its scheme.
HashedSet UrlSet(const std::vector<std::string>& entries);
// Words in lower case.
HashedSet WordSet(const std::vector<std::string>& entries);

// A URL as lists compare it: without scheme, credentials, fragment and final
// slash.
void AppendListedForm(const Url& url, std::string* out);

}  // namespace winnow

#endif  // WINNOW_FILTERS_URL_LISTS_H_
