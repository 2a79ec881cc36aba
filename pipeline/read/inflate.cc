// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/inflate.h"

#define ZLIB_CONST
#include <zlib.h>

#include "pipeline/error.h"

namespace winnow {
namespace {

constexpr int kRawDeflate = -15;

}  // namespace

struct RawInflate::State {
  z_stream zlib{};
};

RawInflate::RawInflate() : state_(std::make_unique<State>()) {
  if (inflateInit2_(&state_->zlib, kRawDeflate, ZLIB_VERSION,
                    static_cast<int>(sizeof(z_stream))) != Z_OK) {
    throw Error(ErrorKind::kMemory, "zlib has no memory to inflate with");
  }
}

RawInflate::~RawInflate() { inflateEnd(&state_->zlib); }

void RawInflate::Reset() {
  WINNOW_CHECK(inflateReset2(&state_->zlib, kRawDeflate) == Z_OK);
}

RawInflate::Step RawInflate::Next(std::string_view in, char* out, size_t room) {
  z_stream& zlib = state_->zlib;
  zlib.next_in = reinterpret_cast<const Bytef*>(in.data());
  zlib.avail_in = static_cast<uInt>(in.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out);
  zlib.avail_out = static_cast<uInt>(room);
  const int code = inflate(&zlib, Z_NO_FLUSH);
  Step step;
  step.used = in.size() - zlib.avail_in;
  step.made = room - zlib.avail_out;
  switch (code) {
    case Z_OK:
    case Z_BUF_ERROR:
      step.state = Step::State::kMore;
      break;
    case Z_STREAM_END:
      step.state = Step::State::kEnd;
      break;
    case Z_MEM_ERROR:
      throw Error(ErrorKind::kMemory, "zlib has no memory to inflate with");
    default:
      step.state = Step::State::kInvalid;
  }
  return step;
}

}  // namespace winnow
