// SPDX-License-Identifier: Apache-2.0
#include "pipeline/url/public_suffix.h"

#include <libpsl.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "pipeline/error.h"
#include "pipeline/text/sha256.h"

namespace winnow {
namespace {

// A name of DNS has 253 bytes at most.
constexpr size_t kMaxHostBytes = 255;

std::string ReadFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

void PublicSuffixList::Free::operator()(psl_ctx_st* list) const {
  // The list inside of the library is not freed by this.
  psl_free(list);
}

// psl_latest() chooses by the files' times; this must not depend on those.
PublicSuffixList::PublicSuffixList() {
  const char* const path = psl_dist_filename();
  if (path != nullptr && *path != '\0') list_.reset(psl_load_file(path));
  if (list_ != nullptr) {
    version_ = "sha256:" + Sha256Hex(ReadFile(path));
    return;
  }
  list_.reset(const_cast<psl_ctx_t*>(psl_builtin()));
  if (list_ == nullptr) {
    throw Error(ErrorKind::kNotFound,
                "public suffix list: not found: install the package "
                "publicsuffix");
  }
  version_ = std::string("libpsl:") + psl_builtin_sha1sum();
}

PublicSuffixList::PublicSuffixList(const std::string& path)
    : list_(psl_load_file(path.c_str())) {
  if (list_ == nullptr) {
    throw Error(ErrorKind::kNotFound,
                "public suffix list: " + path +
                    ": cannot be read: give a file of publicsuffix.org");
  }
  version_ = "sha256:" + Sha256Hex(ReadFile(path.c_str()));
}

PublicSuffixList::~PublicSuffixList() = default;

const PublicSuffixList& PublicSuffixList::System() {
  static const PublicSuffixList list;
  return list;
}

std::string_view PublicSuffixList::RegisteredDomain(std::string_view host,
                                                    Rules rules) const {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  if (host.empty() || host.size() > kMaxHostBytes || host.front() == '[') {
    return {};
  }
  // An address has no domain; every name's last label has a letter.
  if (host.back() >= '0' && host.back() <= '9' &&
      host.find_first_not_of("0123456789.") == std::string_view::npos) {
    return {};
  }
  if (host.front() == '.' || host.find("..") != std::string_view::npos) {
    return {};
  }
  char name[kMaxHostBytes + 1];
  std::memcpy(name, host.data(), host.size());
  name[host.size()] = '\0';
  const int type = rules == Rules::kAll ? PSL_TYPE_ANY : PSL_TYPE_ICANN;
  // From the left: the first suffix is the longest.
  size_t label = 0;
  for (size_t at = 0; at < host.size();) {
    if (psl_is_public_suffix2(list_.get(), name + at, type) != 0) {
      return at == 0 ? std::string_view() : host.substr(label);
    }
    label = at;
    const size_t dot = host.find('.', at);
    if (dot == std::string_view::npos) break;
    at = dot + 1;
  }
  return {};
}

}  // namespace winnow
