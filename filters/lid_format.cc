// SPDX-License-Identifier: Apache-2.0
#include "filters/lid_format.h"

#include <array>
#include <bit>
#include <cstring>
#include <string>

#include "pipeline/error.h"

namespace winnow {
namespace {

static_assert(std::endian::native == std::endian::little,
              "the format is read as it lies in memory");

constexpr std::string_view kLabelPrefix = "__label__";
constexpr size_t kCodes = 256;
constexpr size_t kPart = 2;  // floats of one sub-vector
constexpr size_t kParts = kLidDim / kPart;

[[noreturn]] void Fail(const char* what) {
  throw Error(ErrorKind::kCorruption,
              std::string("cannot read the language model: ") + what +
                  ": install lid.176.ftz again with `./dev setup`");
}

// Takes values off the front of the file.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  std::string_view Bytes(size_t n) {
    if (n > rest_.size()) Fail("the file is cut short");
    const std::string_view taken = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return taken;
  }
  template <typename T>
  T Value() {
    T value;
    std::memcpy(&value, Bytes(sizeof value).data(), sizeof value);
    return value;
  }
  template <typename T>
  void Expect(T wanted, const char* what) {
    if (Value<T>() != wanted) Fail(what);
  }
  // REQUIRES: n * 4 does not overflow.
  void Floats(size_t n, float* out) {
    std::memcpy(out, Bytes(n * sizeof(float)).data(), n * sizeof(float));
  }
  std::string_view CString() {
    const size_t nul = rest_.find('\0');
    if (nul == std::string_view::npos) Fail("the file is cut short");
    const std::string_view text = Bytes(nul);
    Bytes(1);
    return text;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

void ParseArguments(Cursor& in) {
  in.Expect<int32_t>(793712314, "not a fastText model");
  in.Expect<int32_t>(12, "unknown version of the format");
  constexpr const char* kOther = "a fastText model, but not lid.176.ftz";
  in.Expect<int32_t>(kLidDim, kOther);
  in.Bytes(4 * 4);                // ws, epoch, minCount, neg
  in.Expect<int32_t>(1, kOther);  // wordNgrams
  in.Expect<int32_t>(1, kOther);  // loss: hierarchical softmax
  in.Expect<int32_t>(3, kOther);  // model: supervised
  in.Expect<int32_t>(kLidBuckets, kOther);
  in.Expect<int32_t>(2, kOther);  // minn
  in.Expect<int32_t>(4, kOther);  // maxn
  in.Bytes(4 + 8);                // lrUpdateRate, t
}

void ParseDictionary(Cursor& in, LidFile* file) {
  const auto entries = in.Value<int32_t>();
  const auto words = in.Value<int32_t>();
  const auto labels = in.Value<int32_t>();
  in.Bytes(8);  // tokens seen in training
  const auto ngrams = in.Value<int64_t>();
  if (words < 1 || labels < 2 || entries != words + labels || ngrams < 0 ||
      words > 60'000 || labels > 60'000 || ngrams > 60'000) {
    Fail("impossible dictionary size");
  }
  for (int32_t i = 0; i < entries; ++i) {
    std::string_view text = in.CString();
    const auto count = in.Value<int64_t>();
    in.Expect<int8_t>(i < words ? 0 : 1, "dictionary is out of order");
    if (i < words) {
      file->words.push_back(text);
      continue;
    }
    if (!text.starts_with(kLabelPrefix)) Fail("label without its prefix");
    text.remove_prefix(kLabelPrefix.size());
    file->labels.push_back(text);
    file->label_counts.push_back(count);
  }
  if (file->words[0] != "</s>") Fail("dictionary is out of order");
  for (int64_t i = 0; i < ngrams; ++i) {
    const auto bucket = in.Value<uint32_t>();
    const auto rank = in.Value<uint32_t>();
    if (bucket >= kLidBuckets || rank >= ngrams) Fail("impossible n-gram");
    file->ngrams.push_back({bucket, rank});
  }
}

void ParseRows(Cursor& in, LidFile* file) {
  constexpr const char* kOther = "unexpected matrix";
  const size_t rows = file->words.size() + file->ngrams.size();
  in.Expect<uint8_t>(1, kOther);  // quantised
  in.Expect<uint8_t>(1, kOther);  // with norms
  in.Expect<int64_t>(static_cast<int64_t>(rows), kOther);
  in.Expect<int64_t>(kLidDim, kOther);
  in.Expect<int32_t>(static_cast<int32_t>(rows * kParts), kOther);
  const std::string_view codes = in.Bytes(rows * kParts);
  in.Expect<int32_t>(kLidDim, kOther);
  in.Expect<int32_t>(kParts, kOther);
  in.Expect<int32_t>(kPart, kOther);
  in.Expect<int32_t>(kPart, kOther);
  std::array<float, kLidDim * kCodes> centroids;
  in.Floats(centroids.size(), centroids.data());
  const std::string_view norm_codes = in.Bytes(rows);
  for (int i = 0; i < 4; ++i) in.Expect<int32_t>(1, kOther);
  std::array<float, kCodes> norms;
  in.Floats(norms.size(), norms.data());

  file->rows.resize(rows * kLidDim);
  for (size_t row = 0; row < rows; ++row) {
    const float norm = norms[static_cast<unsigned char>(norm_codes[row])];
    for (size_t part = 0; part < kParts; ++part) {
      const auto code = static_cast<unsigned char>(codes[row * kParts + part]);
      const float* centroid = &centroids[(part * kCodes + code) * kPart];
      for (size_t i = 0; i < kPart; ++i) {
        file->rows[row * kLidDim + part * kPart + i] = norm * centroid[i];
      }
    }
  }
}

}  // namespace

LidFile ParseLidFile(std::string_view bytes) {
  LidFile file;
  Cursor in(bytes);
  ParseArguments(in);
  ParseDictionary(in, &file);
  ParseRows(in, &file);
  in.Expect<uint8_t>(0, "unexpected matrix");
  in.Expect<int64_t>(static_cast<int64_t>(file.labels.size()),
                     "unexpected matrix");
  in.Expect<int64_t>(kLidDim, "unexpected matrix");
  file.output.resize(file.labels.size() * kLidDim);
  in.Floats(file.output.size(), file.output.data());
  if (!in.done()) Fail("the file goes on after its end");
  return file;
}

}  // namespace winnow
