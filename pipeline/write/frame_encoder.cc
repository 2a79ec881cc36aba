// SPDX-License-Identifier: Apache-2.0
#include "pipeline/write/frame_encoder.h"

#include <zstd.h>

#include "pipeline/error.h"

namespace winnow {

struct FrameEncoder::Context {
  ZSTD_CCtx* zstd = nullptr;
  ~Context() { ZSTD_freeCCtx(zstd); }
};

FrameEncoder::FrameEncoder(bool compress, int level) {
  if (!compress) return;
  context_ = std::make_unique<Context>();
  context_->zstd = ZSTD_createCCtx();
  WINNOW_CHECK(context_->zstd != nullptr);
  ZSTD_CCtx_setParameter(context_->zstd, ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context_->zstd, ZSTD_c_checksumFlag, 1);
}

FrameEncoder::~FrameEncoder() = default;
FrameEncoder::FrameEncoder(FrameEncoder&&) noexcept = default;

void FrameEncoder::Encode(std::string_view text, std::string* encoded) {
  if (context_ == nullptr) {
    encoded->assign(text);
    return;
  }
  encoded->resize(ZSTD_compressBound(text.size()));
  const size_t n = ZSTD_compress2(context_->zstd, encoded->data(),
                                  encoded->size(), text.data(), text.size());
  if (ZSTD_isError(n)) {
    throw Error(ErrorKind::kInternal,
                std::string("zstd: ") + ZSTD_getErrorName(n));
  }
  encoded->resize(n);
}

}  // namespace winnow
