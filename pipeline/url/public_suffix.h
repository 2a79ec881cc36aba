// SPDX-License-Identifier: Apache-2.0
// The registered domain of a host, by the public suffix list (publicsuffix/
// list, MPL-2.0) as the system has it, through libpsl. The list changes what a
// domain is, so its version is part of a run's key.
#ifndef WINNOW_PIPELINE_URL_PUBLIC_SUFFIX_H_
#define WINNOW_PIPELINE_URL_PUBLIC_SUFFIX_H_

#include <memory>
#include <string>
#include <string_view>

struct psl_ctx_st;

namespace winnow {

class PublicSuffixList {
 public:
  // kIcann leaves out the section of private domains (github.io, uk.com ...).
  enum class Rules { kAll, kIcann };

  // The list of the package `publicsuffix`, else the one built into libpsl;
  // loaded once. Immutable, for all threads.
  static const PublicSuffixList& System();
  // Throws Error(kNotFound) if the file cannot be read as a list.
  explicit PublicSuffixList(const std::string& path);
  ~PublicSuffixList();

  // The suffix and the label in front of it; a view into `host`. Empty where
  // the host is itself a suffix, an address, or no name (empty labels, a dot in
  // front). REQUIRES: lower case and punycode, as UrlParser gives it. A final
  // dot is not part of the answer.
  std::string_view RegisteredDomain(std::string_view host, Rules rules) const;

  // SHA-256 of the file, or libpsl's name of its own list.
  const std::string& version() const { return version_; }

 private:
  PublicSuffixList();
  struct Free {
    void operator()(psl_ctx_st* list) const;
  };
  std::unique_ptr<psl_ctx_st, Free> list_;
  std::string version_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_URL_PUBLIC_SUFFIX_H_
