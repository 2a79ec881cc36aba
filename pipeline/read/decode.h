// SPDX-License-Identifier: Apache-2.0
// Reads and decodes a piece on any worker: one decoder for each.
#ifndef WINNOW_PIPELINE_READ_DECODE_H_
#define WINNOW_PIPELINE_READ_DECODE_H_

#include <memory>

#include "pipeline/read/piece.h"

namespace winnow {

class PieceDecoder {
 public:
  PieceDecoder();
  ~PieceDecoder();
  PieceDecoder(const PieceDecoder&) = delete;
  PieceDecoder& operator=(const PieceDecoder&) = delete;

  // Fills piece->decoded and piece->chunks. What cannot be decoded here has no
  // chunk; the cut finds the gap. Never fails.
  void Decode(RawPiece* piece);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_DECODE_H_
