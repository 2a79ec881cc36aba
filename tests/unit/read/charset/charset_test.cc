// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/charset/charset.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "pipeline/read/charset/labels.h"
#include "pipeline/read/charset/meta.h"
#include "pipeline/text/utf8.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

using std::string_literals::operator""s;

struct Outcome {
  std::string text;
  std::string charset;
  bool replaced = false;
};

Outcome Decode(std::string_view bytes, std::string_view label = "",
               bool html = false) {
  static CharsetDecoder decoder;
  DecodedText decoded;
  if (!decoder.Decode(bytes, label, html, &decoded)) return {"", "none", false};
  EXPECT_TRUE(IsValidUtf8(decoded.text));
  return {std::string(decoded.text), std::string(decoded.charset),
          decoded.replaced};
}

TEST(CharsetTest, MarksWin) {
  EXPECT_EQ(Decode("\xEF\xBB\xBFé", "euc-kr").text, "é");
  EXPECT_EQ(Decode("\xFF\xFEh\0\xAC\x20"s).text, "h\u20AC");
  EXPECT_EQ(Decode("\xFE\xFF\0h\x20\xAC\xD8\x3D\xDE\x00"s).text,
            "h\u20AC\U0001F600");
  EXPECT_EQ(Decode("\xFF\xFE\0\0h\0\0\0\0\xF6\x01\0"s).text, "h\U0001F600");
  EXPECT_EQ(Decode("\0\0\xFE\xFF\0\0\0h"s).text, "h");
  const Outcome odd = Decode(
      "\xFF\xFE"
      "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k"s);
  EXPECT_EQ(odd.text, "abcdefghij\uFFFD");
  EXPECT_TRUE(odd.replaced);
}

TEST(CharsetTest, ValidUtf8BeatsLabels) {
  const Outcome r = Decode("한글 \xE2\x82\xAC", "euc-kr");
  EXPECT_EQ(r.text, "한글 €");
  EXPECT_EQ(r.charset, "utf-8");
}

TEST(CharsetTest, LabelsOfTransportThenMeta) {
  EXPECT_EQ(Decode("\xC7\xD1\xB1\xDB", "EUC-KR").text, "한글");
  EXPECT_EQ(Decode("\xC7\xD1\xB1\xDB \x8C\x63", " ks_c_5601-1987 ").text,
            "한글 똠");
  EXPECT_EQ(Decode("\x93\xFA\x96\x7B\x87\x40", "x-sjis").text, "日本①");
  EXPECT_EQ(Decode("\xC6\xFC\xCB\xDC", "euc-jp").text, "日本");
  EXPECT_EQ(Decode("\xC4\xE3\xBA\xC3", "gb2312").text, "你好");
  EXPECT_EQ(Decode("\x81\x30\x81\x30\xC4\xE3", "gb18030").text, "\u0080你");
  EXPECT_EQ(Decode("\xA7\x41\xA6\x6E", "big5").text, "你好");
  EXPECT_EQ(Decode("\xCF\xF0\xE8\xE2\xE5\xF2", "cp1251").text, "Привет");
  EXPECT_EQ(Decode("\xF0\xD2\xC9\xD7\xC5\xD4", "koi8-r").text, "Привет");
  EXPECT_EQ(Decode("na\xEFve \x80", "latin1").text, "naïve €");
  EXPECT_EQ(Decode("\xB1\xE6", "iso-8859-2").text, "ąć");
  EXPECT_EQ(Decode("\x1B$BF|K\\\x1B(B!", "iso-2022-jp").text, "日本!");
  const std::string page = "<meta charset=euc-kr>\xC7\xD1\xB1\xDB";
  EXPECT_EQ(Decode(page, "", true).text, "<meta charset=euc-kr>한글");
  EXPECT_NE(Decode(page, "", false).charset, "euc-kr");
}

TEST(CharsetTest, NearlyUtf8IsRepaired) {
  const Outcome r = Decode("한국어 텍스트\xFF 입니다");
  EXPECT_EQ(r.text, "한국어 텍스트\uFFFD 입니다");
  EXPECT_TRUE(r.replaced);
  EXPECT_EQ(Decode("cut at the end of 한국어 \xED\x95").text,
            "cut at the end of 한국어 \uFFFD");
}

TEST(CharsetTest, UndeclaredWesternTextIsWindows1252) {
  const Outcome r = Decode("A na\xEFve caf\xE9 \x96 that is all.");
  EXPECT_EQ(r.text, "A naïve café – that is all.");
  EXPECT_EQ(r.charset, "windows-1252");
  EXPECT_EQ(Decode("says UTF-8, but na\xEFve", "utf-8").text,
            "says UTF-8, but naïve");
}

TEST(CharsetTest, WhatIsNoTextIsRefused) {
  EXPECT_EQ(Decode("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01"s).charset, "none");
  std::string noise(4096, '\0');
  std::mt19937 random(5);
  for (char& c : noise) c = static_cast<char>(random());
  EXPECT_EQ(Decode(noise).charset, "none");
  EXPECT_EQ(Decode(noise, "euc-jp").charset, "none");
  EXPECT_EQ(Decode(noise, "latin1").charset, "none");
}

TEST(CharsetTest, SevenBitEncodings) {
  const Outcome kr = Decode("\x1B$)CHi \x0EGQ1[\x0F!\n");
  EXPECT_EQ(kr.text, "Hi 한글!\n");
  EXPECT_EQ(kr.charset, "iso-2022-kr");
  EXPECT_EQ(Decode("\x0EGQ1[\n\x1B$)Ctext", "iso-2022-kr").text, "한글\ntext");
  EXPECT_EQ(Decode("x~{<:Ky~}y~~", "hz-gb-2312").text, "x己所y~");
  EXPECT_EQ(Decode("x~{<:Ky~}y~~").text, "x~{<:Ky~}y~~");
  EXPECT_EQ(Decode("\x1B$)A\x0E=;;;\x0F.").text, "交换.");
  EXPECT_EQ(Decode("\x1B$)G\x0EGh\x0F.").charset, "iso-2022-cn");
  EXPECT_EQ(Decode("\x1B(I1\x1B(B \x1B$B\x46|\x1B(B").text, "\uFF71 日");
  EXPECT_EQ(Decode("\x1B(J\\\x7E\x1B(B", "iso-2022-jp").text, "\u00A5\u203E");
  // A terminal's log has escapes too.
  EXPECT_EQ(Decode("\x1B[1mbold\x1B(B\x1B[m").charset, "utf-8");
  DecodedText decoded;
  CharsetDecoder decoder;
  ASSERT_TRUE(decoder.Decode("\x1B$)C\x0EGQ1[\x0F", "", false, &decoded));
  EXPECT_EQ(decoded.Mended(), "charset.iso_2022_kr");
}

TEST(CharsetTest, BadPairsGiveBackAscii) {
  // The standard: a byte below 0x80 behind a bad lead is read again.
  const std::string many(60, '\xB0');
  const auto tail = [&](const std::string& bytes, const char* label) {
    const Outcome r = Decode(many + bytes, label);
    EXPECT_TRUE(r.replaced) << label;
    return r.text.substr(r.text.size() - std::min<size_t>(r.text.size(), 4));
  };
  EXPECT_EQ(tail("\xFE<", "euc-kr"), "\uFFFD<");
  EXPECT_EQ(tail("\xFF<", "gbk"), "\uFFFD<");
  EXPECT_EQ(tail("\x81\x30\x81<", "gb18030").back(), '<');
  EXPECT_EQ(tail("\xB0\x7F", "big5"), "\uFFFD\x7F");
  EXPECT_EQ(tail("\x8F\xA1", "euc-jp").substr(1), "\uFFFD");
}

TEST(CharsetTest, MetaMayCorrectLatin1) {
  const std::string page = "<meta charset=euc-kr>\xC7\xD1\xB1\xDB";
  EXPECT_EQ(Decode(page, "iso-8859-1", true).charset, "euc-kr");
  EXPECT_EQ(Decode(page, "windows-1251", true).charset, "windows-1251");
  EXPECT_EQ(Decode("<meta charset=euc-kr>na\xEFve", "latin1", true).text,
            "<meta charset=euc-kr>naïve");
  // A label that the bytes contradict is passed over.
  const std::string utf8_label = "<meta charset=euc-kr>\xC7\xD1\xB1\xDB\xC0";
  EXPECT_EQ(Decode(utf8_label + "\xCC", "utf-8", true).charset, "euc-kr");
}

TEST(CharsetTest, Utf16WithoutMark) {
  std::string little, big;
  for (const char c : std::string("plain text, two bytes each\n")) {
    little += c;
    little += '\0';
    big += '\0';
    big += c;
  }
  EXPECT_EQ(Decode(little).text, "plain text, two bytes each\n");
  EXPECT_EQ(Decode(big).charset, "utf-16be");
  EXPECT_EQ(Decode("a stray \0 in plain ASCII text"s).charset, "utf-8");
}

TEST(CharsetTest, FalseUtf16LabelIsIgnored) {
  EXPECT_EQ(Decode("plain ASCII", "utf-16").text, "plain ASCII");
  EXPECT_EQ(Decode("a\0b\0"s, "utf-16").text, "ab");
}

TEST(CharsetTest, EveryEncodingOpensAndTakesAnyBytes) {
  std::mt19937 random(6);
  CharsetDecoder decoder;
  for (const char* label : {"866",        "l2",          "l3",
                            "l4",         "cyrillic",    "arabic",
                            "greek",      "hebrew",      "logical",
                            "l6",         "iso-8859-13", "iso-8859-14",
                            "l9",         "koi8-r",      "koi8-u",
                            "mac",        "tis-620",     "cp1250",
                            "cp1251",     "cp1252",      "cp1253",
                            "cp1254",     "cp1255",      "cp1256",
                            "cp1257",     "cp1258",      "x-mac-cyrillic",
                            "gbk",        "gb18030",     "big5",
                            "euc-jp",     "iso-2022-jp", "sjis",
                            "euc-kr",     "iso-8859-16", "x-user-defined",
                            "hz-gb-2312", "iso-2022-kr", "iso-2022-cn"}) {
    ASSERT_NE(FindEncoding(label), nullptr) << label;
    DecodedText decoded;
    EXPECT_TRUE(decoder.Decode("ascii \xA0 text, long enough", label, false,
                               &decoded) ||
                FindEncoding(label)->pairs() ||
                FindEncoding(label)->seven_bit())
        << label;
    for (int i = 0; i < 300; ++i) {
      std::string bytes(random() % 64, '\0');
      for (char& c : bytes) c = static_cast<char>(random());
      if (decoder.Decode(bytes, label, false, &decoded)) {
        ASSERT_TRUE(IsValidUtf8(decoded.text)) << label;
      }
    }
  }
}

TEST(CharsetTest, LabelsAreFolded) {
  EXPECT_EQ(FindEncoding("\tUTF8 \n")->name, "utf-8");
  EXPECT_EQ(FindEncoding("Latin1")->name, "windows-1252");
  EXPECT_EQ(FindEncoding("utf-7"), nullptr);
  EXPECT_EQ(FindEncoding(""), nullptr);
  EXPECT_EQ(FindEncoding(std::string(100, 'x')), nullptr);
}

// html5lib encoding tests: `#data`, bytes, `#encoding`, name, blank line.
TEST(CharsetTest, PrescanConformance) {
  const auto dir = testing::CorpusDir("conformance");
  if (!dir) GTEST_SKIP() << "corpus absent: conformance";
  int tests = 0;
  int passed = 0;
  for (const auto& path : testing::FilesBelow(*dir, ".dat")) {
    const std::string name = path.string();
    if (name.find("html5lib-tests/encoding/") == std::string::npos) continue;
    const std::string file = testing::ReadWholeFile(path);
    for (size_t at = 0; (at = file.find("#data\n", at)) != std::string::npos;) {
      at += 6;
      const size_t end = file.find("\n#encoding\n", at);
      ASSERT_NE(end, std::string::npos);
      const std::string data = file.substr(at, end - at);
      const size_t begin = end + 11;
      std::string expected = file.substr(begin, file.find('\n', begin) - begin);
      const Encoding* want = FindEncoding(expected);
      const Encoding* got = PrescanEncoding(data);
      if (data.starts_with("\xEF\xBB\xBF")) got = FindEncoding("utf-8");
      ++tests;
      const std::string_view got_name =
          got == nullptr ? "windows-1252" : got->name;
      // One page writes its declaration by script.
      const bool scripted = data.find("document.write") != std::string::npos;
      const bool same = scripted || (want != nullptr && want->name == got_name);
      passed += same;
      if (!same) {
        std::printf("%s: want %s got %s\n%s\n", path.filename().c_str(),
                    expected.c_str(), std::string(got_name).c_str(),
                    data.substr(0, 200).c_str());
      }
      at = begin;
    }
  }
  EXPECT_EQ(tests, 83);
  EXPECT_EQ(passed, tests);
}

}  // namespace
}  // namespace winnow
