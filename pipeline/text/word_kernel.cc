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
  bool high = false;
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
    f.high = kFold && any(m.high);
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
    all.high |= f.high;
    all.trail += f.trail;
    at += step;
    size -= step;
  }
  return all;
}

template <bool kAscii, bool kFold>
void Describe(const ChunkMasks& m, const ChunkWords& words, Lists* lists) {
  // A copy that stores to the rows cannot change.
  const ChunkWords w = words;
  const auto chunk = static_cast<uint32_t>(m.begin);
  std::array<uint32_t, kHashClasses> sizes{};
  for (size_t k = 0; k < w.size; ++k) {
    const uint32_t begin = w.begin[k];
    const uint32_t size = w.end[k] - begin;
    const uint32_t at = begin - chunk;
    const Facts f = size <= kWindow ? FactsOf<kAscii, kFold>(m, at, size)
                                    : FactsOfLong<kAscii, kFold>(m, at, size);
    w.out_begin[k] = begin + w.offset;
    w.out_end[k] = begin + size + w.offset;
    w.chars[k] = size - f.trail;
    static_assert(kWordHasAlpha == 1 && kWordHasNonPunct == 2);
    w.flags[k] =
        static_cast<uint8_t>(unsigned{f.alpha} | unsigned{f.non_punct} << 1);
    unsigned list = unsigned{size > 3} + (size > 8) + (size > 16);
    if (kFold) list += f.fold * unsigned{kFoldUpTo3};
    if (kFold && !kAscii) list |= (f.fold && f.high) * unsigned{kFoldOther};
    (*lists)[list].rows[sizes[list]++] = static_cast<uint16_t>(k);
  }
  for (size_t i = 0; i < kHashClasses; ++i) (*lists)[i].size = sizes[i];
}

// Calls row(k, p, size) for each row of the list.
template <typename F>
HWY_INLINE void ForEach(const RowList& list, const ChunkWords& w, F row) {
  const uint32_t* begin = w.begin;
  const uint32_t* end = w.end;
  const char* text = w.text;
  for (uint32_t i = 0, size = list.size; i < size; ++i) {
    const size_t k = list.rows[i];
    row(k, text + begin[k], size_t{end[k] - begin[k]});
  }
}

// One loop for each class, so that nothing depends on a word's length.
template <bool kFold>
HWY_INLINE void HashRows(const ChunkWords& words, const Lists& lists) {
  const ChunkWords w = words;
  const auto same = [&](size_t k, uint64_t hash) {
    w.raw[k] = hash;
    if (kFold) w.folded[k] = hash;
  };
  ForEach(lists[kUpTo3], w, [&](size_t k, const char* p, size_t size) {
    same(k, HashUpTo3<false>(p, size));
  });
  ForEach(lists[kUpTo8], w, [&](size_t k, const char* p, size_t size) {
    same(k, HashUpTo8<false>(p, size));
  });
  ForEach(lists[kUpTo16], w, [&](size_t k, const char* p, size_t size) {
    same(k, HashUpTo16<false>(p, size));
  });
  ForEach(lists[kLong], w, [&](size_t k, const char* p, size_t size) {
    same(k, Hash64({p, size}));
  });
  if (!kFold) return;
  ForEach(lists[kFoldUpTo3], w, [&](size_t k, const char* p, size_t size) {
    w.raw[k] = HashUpTo3<false>(p, size);
    w.folded[k] = HashUpTo3<true>(p, size);
  });
  ForEach(lists[kFoldUpTo8], w, [&](size_t k, const char* p, size_t size) {
    w.raw[k] = HashUpTo8<false>(p, size);
    w.folded[k] = HashUpTo8<true>(p, size);
  });
  ForEach(lists[kFoldUpTo16], w, [&](size_t k, const char* p, size_t size) {
    w.raw[k] = HashUpTo16<false>(p, size);
    w.folded[k] = HashUpTo16<true>(p, size);
  });
  ForEach(lists[kFoldOther], w, [&](size_t k, const char* p, size_t size) {
    w.raw[k] = Hash64({p, size});
  });
}

template <bool kFold>
HWY_INLINE void Fill(const ChunkMasks& m, const ChunkWords& w, Lists* lists) {
  if (m.ascii) {
    Describe<true, kFold>(m, w, lists);
  } else {
    Describe<false, kFold>(m, w, lists);
  }
  HashRows<kFold>(w, *lists);
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
