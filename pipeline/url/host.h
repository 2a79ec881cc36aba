// SPDX-License-Identifier: Apache-2.0
// Hosts of URLs, as the host parser of the WHATWG URL Standard (3.5) reads
// them: domains in lower case and punycode (UTS 46, by ICU), IPv4 in four
// decimal numbers whatever it was written in, IPv6 compressed.
#ifndef WINNOW_PIPELINE_URL_HOST_H_
#define WINNOW_PIPELINE_URL_HOST_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

enum class HostKind : uint8_t { kNone, kDomain, kIpv4, kIpv6, kOpaque };

// Appends the host to *out. False if it is none; *out may have grown then.
// `special`: of http and the like; others take any host as it stands.
bool ParseHost(std::string_view host, bool special, HostKind* kind,
               std::string* out);

// A domain name alone, for lists and tests. False if it is none, or an address.
bool CanonicalDomain(std::string_view name, std::string* out);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_URL_HOST_H_
