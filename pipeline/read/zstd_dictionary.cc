// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/zstd_dictionary.h"

#include <zstd.h>

#include <algorithm>
#include <string>

namespace winnow {
namespace {

constexpr std::string_view kFrameMagic = "\x5d\x2a\x4d\x18";
constexpr std::string_view kRawMagic = "\x37\xa4\x30\xec";
constexpr size_t kHeader = 8;
constexpr size_t kLimit = size_t{8} << 20;

// What the frame holds, unpacked. Empty: nothing that we take.
std::string Unpack(const std::string& payload) {
  if (payload.starts_with(kRawMagic)) return payload;
  const unsigned long long claimed =
      ZSTD_getFrameContentSize(payload.data(), payload.size());
  if (claimed == ZSTD_CONTENTSIZE_ERROR) return {};
  if (claimed != ZSTD_CONTENTSIZE_UNKNOWN && claimed > kLimit) return {};
  std::string raw(static_cast<size_t>(std::min<uint64_t>(claimed, kLimit)),
                  '\0');
  const size_t made =
      ZSTD_decompress(raw.data(), raw.size(), payload.data(), payload.size());
  if (ZSTD_isError(made) != 0) return {};
  raw.resize(made);
  if (!raw.starts_with(kRawMagic)) raw.clear();
  return raw;
}

}  // namespace

void ZstdDictionary::Free::operator()(ZSTD_DDict* dictionary) const {
  ZSTD_freeDDict(dictionary);
}

std::shared_ptr<const ZstdDictionary> ZstdDictionary::Read(const ReadAt& read) {
  char head[kHeader];
  if (read(0, head, kHeader) < kHeader ||
      std::string_view(head, kFrameMagic.size()) != kFrameMagic) {
    return nullptr;
  }
  const ZstdFrameHeader header = ParseZstdFrameHeader({head, kHeader});
  if (header.skip > kLimit) return nullptr;
  std::string payload(static_cast<size_t>(header.skip), '\0');
  if (read(kHeader, payload.data(), payload.size()) < payload.size()) {
    return nullptr;
  }
  const std::string raw = Unpack(payload);
  if (raw.empty()) return nullptr;
  std::shared_ptr<ZstdDictionary> dictionary(new ZstdDictionary());
  dictionary->dictionary_.reset(ZSTD_createDDict(raw.data(), raw.size()));
  if (dictionary->dictionary_ == nullptr) return nullptr;
  dictionary->id_ = ZSTD_getDictID_fromDDict(dictionary->get());
  if (dictionary->id_ == 0) return nullptr;
  return dictionary;
}

}  // namespace winnow
