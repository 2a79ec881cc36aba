// SPDX-License-Identifier: Apache-2.0
// Text without any label: the sample files of freedesktop/uchardet, decoded
// right if the text is that of the encoding the file name says. Prints what is
// not, and keeps a floor.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "pipeline/read/charset/charset.h"
#include "pipeline/read/charset/legacy.h"
#include "pipeline/read/charset/seven_bit.h"
#include "pipeline/read/charset/unicode.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

// The samples' names that are no labels of the standard.
std::string EncodingOfSample(const std::filesystem::path& path) {
  const std::string name = path.stem().string();
  const std::string last = path.extension().string();
  if (name == "utf-16" || name == "utf-32") return name + last.substr(1);
  if (name.starts_with("utf-16") || name == "ascii") return name;
  if (name == "uhc") return "euc-kr";
  if (name == "mac-centraleurope") return "x-mac-ce";
  if (name == "mac-cyrillic") return "x-mac-cyrillic";
  return name;
}

const Encoding* Named(const std::string& name) {
  if (name == "euc-tw" || name == "x-mac-ce" || name == "ibm852" ||
      name == "ibm855") {
    return &EncodingNamed(name);
  }
  return FindEncoding(name);
}

std::string DecodeKnown(const std::string& bytes, const Encoding& encoding) {
  GrowingBuffer out;
  std::string text;
  switch (encoding.kind) {
    case Encoding::kUtf8:
      return bytes;
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      DecodeUtf16(bytes, encoding.kind == Encoding::kUtf16Be, &text);
      return text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    default:
      if (encoding.seven_bit()) {
        DecodeSevenBit(bytes, encoding, &out);
      } else {
        DecodeLegacy(bytes, encoding, &out);
      }
      return std::string(out.view());
  }
}

TEST(CharsetDetection, SamplesOfUchardet) {
  const auto dir = testing::CorpusDir("conformance");
  if (!dir) GTEST_SKIP() << "corpus absent: conformance";
  CharsetDecoder decoder;
  int samples = 0;
  int right = 0;
  for (const auto& path : testing::FilesBelow(*dir, "")) {
    const std::string parent = path.parent_path().parent_path().string();
    if (!parent.ends_with("uchardet/test")) continue;
    const std::string name = EncodingOfSample(path);
    const std::string bytes = testing::ReadWholeFile(path);
    ++samples;
    DecodedText decoded;
    const bool read = decoder.Decode(bytes, "", false, &decoded);
    const Encoding* wanted = Named(name);
    bool same =
        read &&
        (name == decoded.charset ||
         (name.starts_with("utf-32") && decoded.charset.starts_with("utf-32")));
    if (read && wanted != nullptr && !same) {
      same = decoded.text == DecodeKnown(bytes, *wanted);
    }
    right += same;
    if (same) continue;
    std::printf("%s/%s: %s\n", path.parent_path().filename().c_str(),
                path.filename().c_str(),
                read ? std::string(decoded.charset).c_str() : "undecodable");
  }
  std::printf("%d of %d samples decoded right\n", right, samples);
  EXPECT_EQ(samples, 121);
  EXPECT_GE(right, 118);
}

}  // namespace
}  // namespace winnow
