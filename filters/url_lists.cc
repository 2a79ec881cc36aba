// SPDX-License-Identifier: Apache-2.0
#include "filters/url_lists.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <iterator>

#include "pipeline/error.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/sha256.h"

namespace winnow {
namespace {

uint64_t KeyOf(std::string_view entry) {
  return std::max<uint64_t>(Hash64(entry), 1);
}

std::string Lowered(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  return out;
}

std::string_view Trimmed(std::string_view s) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const size_t begin = s.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(kSpace) + 1 - begin);
}

}  // namespace

ListFile ReadListFile(std::string_view key, const std::string& path) {
  const std::string where = "stage url: " + std::string(key) + ": " + path;
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof()) {
    throw Error(ErrorKind::kNotFound,
                where +
                    ": cannot be read: give a text file with one entry a "
                    "line");
  }
  ListFile file;
  file.sha256 = Sha256Hex(bytes);
  std::string_view rest = bytes;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = Trimmed(rest.substr(0, end));
    if (!line.empty() && line.front() != '#') file.entries.emplace_back(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (file.entries.empty()) {
    throw Error(ErrorKind::kUsage,
                where + ": has no entry: leave the parameter out instead");
  }
  return file;
}

HashedSet::HashedSet(const std::vector<std::string>& entries)
    : slots_(std::bit_ceil(2 * entries.size() + 2)) {
  for (const std::string& entry : entries) {
    const uint64_t key = KeyOf(entry);
    size_t at = key & (slots_.size() - 1);
    while (slots_[at] != 0 && slots_[at] != key) {
      at = (at + 1) & (slots_.size() - 1);
    }
    slots_[at] = key;
  }
}

bool HashedSet::Has(std::string_view entry) const {
  if (slots_.empty()) return false;
  const uint64_t key = KeyOf(entry);
  size_t at = key & (slots_.size() - 1);
  while (slots_[at] != 0 && slots_[at] != key) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return slots_[at] == key;
}

HashedSet DomainSet(const std::vector<std::string>& entries) {
  std::vector<std::string> hosts;
  hosts.reserve(entries.size());
  for (const std::string& entry : entries) {
    std::string host;
    HostKind kind = HostKind::kNone;
    if (!ParseHost(entry, /*special=*/true, &kind, &host))
      host = Lowered(entry);
    if (host.size() > 1 && host.back() == '.') host.pop_back();
    hosts.push_back(std::move(host));
  }
  return HashedSet(hosts);
}

HashedSet UrlSet(const std::vector<std::string>& entries) {
  UrlParser parser;
  std::vector<std::string> urls;
  urls.reserve(entries.size());
  for (const std::string& entry : entries) {
    Url url;
    const bool schemed = entry.find("://") != std::string::npos;
    std::string form;
    if (parser.Parse(schemed ? entry : "http://" + entry, &url)) {
      AppendListedForm(url, &form);
    } else {
      form = entry;
    }
    urls.push_back(std::move(form));
  }
  return HashedSet(urls);
}

HashedSet WordSet(const std::vector<std::string>& entries) {
  std::vector<std::string> words;
  words.reserve(entries.size());
  for (const std::string& entry : entries) words.push_back(Lowered(entry));
  return HashedSet(words);
}

void AppendListedForm(const Url& url, std::string* out) {
  out->append(url.host);
  if (!url.port.empty()) out->append(":").append(url.port);
  out->append(url.path);
  if (!url.query.empty()) {
    out->append("?").append(url.query);
  } else if (out->ends_with('/')) {
    out->pop_back();
  }
}

}  // namespace winnow
