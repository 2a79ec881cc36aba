// SPDX-License-Identifier: Apache-2.0
// The dictionary that a .warc.zst may carry in its first frame, a skippable
// one (iipc/warc-specifications : specifications/warc-zstd): raw, or packed in
// a zstd frame of its own.
#ifndef WINNOW_PIPELINE_READ_ZSTD_DICTIONARY_H_
#define WINNOW_PIPELINE_READ_ZSTD_DICTIONARY_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "pipeline/read/zstd_walk.h"

typedef struct ZSTD_DDict_s ZSTD_DDict;

namespace winnow {

// Immutable: workers share it.
class ZstdDictionary {
 public:
  // From the first bytes of a file. Null if it begins with no dictionary, or
  // with one that is damaged or larger than 8 MiB, packed or not.
  static std::shared_ptr<const ZstdDictionary> Read(const ReadAt& read);

  // What a frame that needs it names; never 0.
  uint32_t id() const { return id_; }
  const ZSTD_DDict* get() const { return dictionary_.get(); }

 private:
  struct Free {
    void operator()(ZSTD_DDict* dictionary) const;
  };
  ZstdDictionary() = default;

  std::unique_ptr<ZSTD_DDict, Free> dictionary_;
  uint32_t id_ = 0;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_ZSTD_DICTIONARY_H_
