// SPDX-License-Identifier: Apache-2.0
// The streaming MinHash index: which kept document does a new one resemble?
//
// Candidates of a document are the kept documents that share a band key with
// it; each is compared by sketch, whatever the number of shared bands. The
// most similar wins, ties go to the one that came first. Documents are thus
// compared with survivors alone, never along a chain of duplicates.
//
// A key holds up to kMaxPerKey kept documents, in order. There is more than
// one only where verification rejected a candidate and the new document was
// kept beside it. Past the cap a document is not entered under that key (it
// stays findable under its other keys) and the key is counted.
//
// Memory: for each document 8 bytes a band (table) and one byte a permutation
// (sketch). Not thread-safe.
#ifndef WINNOW_DEDUP_MINHASH_INDEX_H_
#define WINNOW_DEDUP_MINHASH_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dedup/ordinal_table.h"
#include "dedup/signature.h"
#include "dedup/zeroed_memory.h"

namespace winnow {

class MinhashIndex {
 public:
  static constexpr size_t kMaxPerKey = 4;
  // Until there are this many documents the table is small and stays in
  // cache; then it is built anew at its full size.
  static constexpr uint64_t kSmallDocuments = uint64_t{1} << 17;

  struct Outcome {
    bool found = false;
    uint32_t ordinal = 0;   // of the kept document, if found
    size_t equal = 0;       // equal bytes of the two sketches, if found
    uint32_t compared = 0;  // candidates
    uint32_t rejected = 0;  // of them, too different
  };

  explicit MinhashIndex(BandShape shape, size_t max_per_key = kMaxPerKey)
      : shape_(shape), max_per_key_(max_per_key) {}

  size_t BytesPerDocument() const {
    return OrdinalTable::kBytesPerEntry * shape_.bands + shape_.slots();
  }
  // Sizes the index for `bytes`; returns how many documents fit. Call once.
  uint64_t Reserve(uint64_t bytes);

  uint64_t size() const { return size_; }
  bool full() const { return size_ >= capacity_; }

  // Brings the cache lines that Find() and Insert() touch first.
  void Prefetch(const uint64_t* keys) const;

  // The kept document most similar to this one, among those with a band in
  // common and at least `min_equal` equal sketch bytes.
  Outcome Find(const uint64_t* keys, const uint8_t* sketch, size_t min_equal);

  // Enters the document that Find() was just called with, under the next
  // ordinal, size(). Returns under how many keys it could not be entered,
  // because they were at their cap. REQUIRES: !full().
  size_t Insert(const uint64_t* keys, const uint8_t* sketch);
  // The same without Find() before.
  size_t Replay(const uint64_t* keys, const uint8_t* sketch);

  // Sketch of an entered document, valid until the index dies.
  const uint8_t* sketch(uint64_t ordinal) const {
    return reinterpret_cast<const uint8_t*>(sketches_.data()) +
           ordinal * shape_.slots();
  }

 private:
  bool SameBand(size_t band, uint32_t ordinal, const uint8_t* sketch) const;
  // Kept documents under each of these keys, up to the cap.
  void CountHolders(const uint64_t* keys, const uint8_t* sketch,
                    std::vector<uint32_t>* holders) const;
  size_t InsertKeys(const uint64_t* keys, const std::vector<uint32_t>& holders,
                    uint32_t ordinal);
  void Grow();

  BandShape shape_;
  size_t max_per_key_;
  uint64_t capacity_ = 0;
  uint64_t size_ = 0;
  OrdinalTable table_;
  ZeroedMemory sketches_;
  std::vector<uint64_t> small_keys_;  // of all documents, until Grow()
  bool small_ = false;
  std::vector<uint32_t> seen_;     // scratch: ordinals compared already
  std::vector<uint32_t> holders_;  // by band, of the document at hand
};

}  // namespace winnow

#endif  // WINNOW_DEDUP_MINHASH_INDEX_H_
