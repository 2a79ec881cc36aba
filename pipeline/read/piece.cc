// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/piece.h"

namespace winnow {

void RawPiece::Clear() {
  context = nullptr;
  sequence = 0;
  epoch = 0;
  work = Work::kNone;
  file.reset();
  begin = {};
  end = {};
  stop = 0;
  last = false;
  exact = false;
  frames.clear();
  decoded.Clear();
  chunks.clear();
}

}  // namespace winnow
