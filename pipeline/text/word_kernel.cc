// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/word_kernel.h"

#include <cstring>

#include "pipeline/text/analysis.h"
#include "pipeline/text/hash.h"
#include "pipeline/text/short_hash.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pipeline/text/word_kernel.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace winnow {
namespace HWY_NAMESPACE {

using Lists = std::array<RowList, kHashClasses>;

#if HWY_TARGET == HWY_AVX3

// Sixteen lanes of positions, those of set bits moved to the front.
uint32_t* ListBitsImpl(const uint64_t* masks, size_t blocks, uint32_t base,
                       uint32_t* out) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::CappedTag<uint32_t, 16> d;
  const auto* bytes = reinterpret_cast<const uint8_t*>(masks);
  auto at = hn::Iota(d, base);
  const auto step = hn::Set(d, 16);
  for (size_t i = 0; i < blocks * 4; ++i, at = hn::Add(at, step)) {
    const auto mask = hn::LoadMaskBits(d, bytes + i * 2);
    hn::StoreU(hn::Compress(at, mask), d, out);
    out += hn::CountTrue(d, mask);
  }
  return out;
}

#else

// Some positions at once, wanted or not: one branch where a loop over the bits
// would have one for each, and mispredict the last.
template <int kCount>
HWY_INLINE uint64_t ListSome(uint64_t bits, uint32_t base, uint32_t* out) {
  constexpr uint64_t kTop = 1ULL << 63;  // keeps the count defined at the end
  for (int i = 0; i < kCount; ++i) {
    out[i] = base + static_cast<uint32_t>(__builtin_ctzll(bits | kTop));
    bits &= bits - 1;
  }
  return bits;
}

uint32_t* ListBitsImpl(const uint64_t* masks, size_t blocks, uint32_t base,
                       uint32_t* out) {
  for (size_t b = 0; b < blocks; ++b, base += 64) {
    const auto count = __builtin_popcountll(masks[b]);
    // Few blocks of real text hold more than 12 words.
    uint64_t bits = ListSome<12>(masks[b], base, out);
    for (int at = 12; at < count; at += 4) {
      bits = ListSome<4>(bits, base, out + at);
    }
    out += count;
  }
  return out;
}

#endif  // HWY_TARGET == HWY_AVX3

// 57 bits or more of a mask from bit `at` on.
HWY_INLINE uint64_t Window(const uint64_t* mask, size_t at) {
  uint64_t bits = 0;
  std::memcpy(&bits, reinterpret_cast<const char*>(mask) + at / 8,
              sizeof(bits));
  return bits >> (at % 8);
}

constexpr uint32_t kWindow = 57;

struct Facts {
  uint32_t trail = 0;
  bool alpha = false;
  bool non_punct = false;
  bool fold = false;
};

template <bool kAscii, bool kFold>
HWY_INLINE Facts FactsOf(const ChunkMasks& m, size_t at, uint32_t size) {
  const uint64_t keep = ~0ULL >> (64 - size);
  const auto any = [&](const uint64_t* mask) {
    return (Window(mask, at) & keep) != 0;
  };
  Facts f;
  f.alpha = any(m.alpha);
  // An ASCII letter or digit is never punctuation, and kFold means kAlnum.
  f.non_punct = (kAscii && kFold) || any(m.non_punct);
  f.fold = kFold && any(m.fold);
  if (!kAscii) {
    f.trail =
        static_cast<uint32_t>(__builtin_popcountll(Window(m.trail, at) & keep));
  }
  return f;
}

template <bool kAscii, bool kFold>
HWY_NOINLINE Facts FactsOfLong(const ChunkMasks& m, size_t at, uint32_t size) {
  Facts all;
  while (size > 0) {
    const uint32_t step = size < kWindow ? size : kWindow;
    const Facts f = FactsOf<kAscii, kFold>(m, at, step);
    all.alpha |= f.alpha;
    all.non_punct |= f.non_punct;
    all.fold |= f.fold;
    all.trail += f.trail;
    at += step;
    size -= step;
  }
  return all;
}

// Positions in the text, and lengths as if all was ASCII. Plain loops that the
// compiler turns into vector code.
HWY_INLINE void FillPositions(const ChunkWords& words) {
  const uint32_t* HWY_RESTRICT begin = words.begin;
  const uint32_t* HWY_RESTRICT end = words.end;
  uint32_t* HWY_RESTRICT out_begin = words.out_begin;
  uint32_t* HWY_RESTRICT out_end = words.out_end;
  uint32_t* HWY_RESTRICT chars = words.chars;
  const uint32_t offset = words.offset;
  for (size_t k = 0, size = words.size; k < size; ++k) {
    out_begin[k] = begin[k] + offset;
    out_end[k] = end[k] + offset;
    chars[k] = end[k] - begin[k];
  }
}

// The class of a word by its size and whether folding may change it.
constexpr auto kClasses = [] {
  std::array<std::array<uint8_t, kWindow + 2>, 2> classes{};
  for (uint32_t size = 0; size < kWindow + 2; ++size) {
    const unsigned c = unsigned{size > 3} + (size > 8) + (size > 16);
    classes[0][size] = static_cast<uint8_t>(c);
    classes[1][size] = static_cast<uint8_t>(c + kFoldUpTo3);
  }
  return classes;
}();

template <bool kAscii, bool kFold>
void Describe(const ChunkMasks& m, const ChunkWords& words, Lists* lists) {
  FillPositions(words);
  const uint32_t* const begins = words.begin;
  const uint32_t* const ends = words.end;
  uint8_t* const flags = words.flags;
  const auto chunk = static_cast<uint32_t>(m.begin);
  std::array<uint16_t*, kHashClasses> next;
  for (size_t i = 0; i < kHashClasses; ++i) next[i] = (*lists)[i].rows.data();
  for (size_t k = 0, rows = words.size; k < rows; ++k) {
    const uint32_t at = begins[k] - chunk;
    uint32_t size = ends[k] - begins[k];
    const Facts f = size <= kWindow ? FactsOf<kAscii, kFold>(m, at, size)
                                    : FactsOfLong<kAscii, kFold>(m, at, size);
    static_assert(kWordHasAlpha == 1 && kWordHasNonPunct == 2);
    flags[k] =
        static_cast<uint8_t>(unsigned{f.alpha} | unsigned{f.non_punct} << 1);
    if (!kAscii) words.chars[k] = size - f.trail;
    size = size <= kWindow ? size : kWindow + 1;
    *next[kClasses[kFold && f.fold][size]]++ = static_cast<uint16_t>(k);
  }
  for (size_t i = 0; i < kHashClasses; ++i) {
    RowList& list = (*lists)[i];
    list.size = static_cast<uint32_t>(next[i] - list.rows.data());
  }
}

// Calls row(k, p, size) for each row of the list.
template <typename F>
HWY_INLINE void ForEach(const RowList& list, const ChunkWords& words, F row) {
  const uint32_t* const begin = words.begin;
  const uint32_t* const end = words.end;
  const char* const text = words.text;
  for (uint32_t i = 0, size = list.size; i < size; ++i) {
    const uint32_t k = list.rows[i];
    row(k, text + begin[k], size_t{end[k] - begin[k]});
  }
}

template <bool kFold, typename Bytes>
HWY_INLINE void HashRows(const ChunkWords& words, const RowList& list) {
  uint64_t* const raw = words.raw;
  uint64_t* const folded = words.folded;
  ForEach(list, words, [=](uint32_t k, const char* p, size_t size) {
    raw[k] = Bytes(p, size).Hash(size);
    if (kFold) folded[k] = raw[k];
  });
}

// Words that folding may change; those that are not ASCII go to `other`.
template <typename Bytes>
HWY_INLINE void FoldRows(const ChunkWords& words, const RowList& list,
                         RowList* other) {
  uint64_t* const raw = words.raw;
  uint64_t* const folded = words.folded;
  ForEach(list, words, [=](uint32_t k, const char* p, size_t size) {
    Bytes bytes(p, size);
    raw[k] = bytes.Hash(size);
    if (!bytes.IsAscii()) {
      other->rows[other->size++] = static_cast<uint16_t>(k);
      return;
    }
    bytes.ToLower();
    folded[k] = bytes.Hash(size);
  });
}

template <bool kFold>
HWY_INLINE void Fill(const ChunkMasks& m, const ChunkWords& w, Lists* lists) {
  if (m.ascii) {
    Describe<true, kFold>(m, w, lists);
  } else {
    Describe<false, kFold>(m, w, lists);
  }
  HashRows<kFold, UpTo3Bytes>(w, (*lists)[kUpTo3]);
  HashRows<kFold, UpTo8Bytes>(w, (*lists)[kUpTo8]);
  HashRows<kFold, UpTo16Bytes>(w, (*lists)[kUpTo16]);
  ForEach((*lists)[kLong], w, [&](uint32_t k, const char* p, size_t size) {
    w.raw[k] = Hash64({p, size});
    if (kFold) w.folded[k] = w.raw[k];
  });
  if (!kFold) return;
  RowList* const other = &(*lists)[kFoldOther];
  ForEach(*other, w, [&](uint32_t k, const char* p, size_t size) {
    w.raw[k] = Hash64({p, size});
  });
  FoldRows<UpTo3Bytes>(w, (*lists)[kFoldUpTo3], other);
  FoldRows<UpTo8Bytes>(w, (*lists)[kFoldUpTo8], other);
  FoldRows<UpTo16Bytes>(w, (*lists)[kFoldUpTo16], other);
}

void FillRowsImpl(const ChunkMasks& m, const ChunkWords& w, Lists* lists) {
  if (w.folded != nullptr) {
    Fill<true>(m, w, lists);
  } else {
    Fill<false>(m, w, lists);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace winnow
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace winnow {

HWY_EXPORT(ListBitsImpl);
HWY_EXPORT(FillRowsImpl);

uint32_t* ListBits(const uint64_t* masks, size_t blocks, uint32_t base,
                   uint32_t* out) {
  return HWY_DYNAMIC_DISPATCH(ListBitsImpl)(masks, blocks, base, out);
}

void FillRows(const ChunkMasks& masks, const ChunkWords& words,
              std::array<RowList, kHashClasses>* lists) {
  HWY_DYNAMIC_DISPATCH(FillRowsImpl)(masks, words, lists);
}

}  // namespace winnow
#endif  // HWY_ONCE
