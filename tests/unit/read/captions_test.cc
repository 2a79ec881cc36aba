// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/captions.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/read/srt.h"
#include "pipeline/read/vtt.h"
#include "tests/unit/read/read_harness.h"

namespace winnow {
namespace {

using testing::ReadBytes;
using testing::ReadResult;

std::string Payloads(const std::vector<Cue>& cues) {
  std::string out;
  for (const Cue& cue : cues) {
    out += "[" + std::string(cue.payload) + "]";
  }
  return out;
}

std::string Vtt(std::string_view text) {
  std::vector<Cue> cues;
  return ParseVtt(text, &cues) ? Payloads(cues) : "rejected";
}

std::string Srt(std::string_view text) {
  std::vector<Cue> cues;
  ParseSrt(text, &cues);
  return Payloads(cues);
}

std::string CueText(std::string_view payload, bool ass_codes) {
  std::string out;
  AppendCueText(payload, ass_codes, &out);
  return out;
}

TEST(CaptionTimesTest, FormsThatOccur) {
  Cue cue{};
  EXPECT_TRUE(ParseCueTimes("00:01.000 --> 01:00:02.500 align:left", &cue));
  EXPECT_EQ(cue.start_ms, 1000);
  EXPECT_EQ(cue.end_ms, 3'602'500);
  EXPECT_TRUE(ParseCueTimes(" 1:02:03,4-->60:00:00.000", &cue));
  EXPECT_EQ(cue.start_ms, 3'723'400);
  EXPECT_EQ(cue.end_ms, 216'000'000);
  EXPECT_TRUE(ParseCueTimes("-00:00:00,485 --> 00:00:05", &cue));
  EXPECT_EQ(cue.start_ms, 0);
  EXPECT_EQ(cue.end_ms, 5000);
  EXPECT_TRUE(ParseCueTimes("000:00:00.000 --> 99999999999999:00:00.0", &cue));
  for (const char* bad :
       {"", "-->", "1 --> 2", "00:61.000 --> 00:62.000", "00:00. --> 00:01.0",
        "00:00.000 -> 00:01.000", "x00:00.000 --> 00:01.000", "00:00.000 --> ",
        "00:60:00.000 --> 01:00:00.000"}) {
    EXPECT_FALSE(ParseCueTimes(bad, &cue)) << bad;
  }
}

TEST(VttTest, Blocks) {
  const std::string t = "00:00.000 --> 00:01.000";
  EXPECT_EQ(Vtt("WEBVTT\n\n" + t + "\na\nb\n\n\n1\n" + t + " x\nc"),
            "[a\nb\n][c]");
  // A line with one space is payload; a really empty one ends the cue.
  EXPECT_EQ(Vtt("WEBVTT\n\n" + t + "\n \na\n\nnot\n"), "[ \na\n]");
  // A timing line behind payload begins a new cue.
  EXPECT_EQ(Vtt("WEBVTT\n\n" + t + "\na\n" + t + "\nb\n"), "[a\n][b\n]");
  // The header block ends at a timing line.
  EXPECT_EQ(Vtt("WEBVTT kind\nKind: captions\n" + t + "\na"), "[a]");
  EXPECT_EQ(Vtt("WEBVTT\n\nNOTE x\ny\n\nSTYLE\n::cue {}\n\n" + t + "\na"),
            "[a]");
  // A bad timing line spoils its block only.
  EXPECT_EQ(Vtt("WEBVTT\n\n00:00 --> x\nlost\n\n" + t + "\na"), "[a]");
  EXPECT_EQ(Vtt("WEBVTT\n\na\nb\n" + t + "\nc"), "[c]");
  EXPECT_EQ(Vtt("WEBVTT"), "");
  EXPECT_EQ(Vtt("WEBVTTx\n\n" + t + "\na"), "rejected");
}

TEST(SrtTest, AsItOccurs) {
  EXPECT_EQ(Srt("1\n00:00:00,000 --> 00:00:01,000\na\n\n"
                "2\n00:00:01,000 --> 00:00:02,000\nb\nc\n"),
            "[a\n\n][b\nc\n]");
  // Without index, and numbers that are dialogue.
  EXPECT_EQ(Srt("00:00:00,000 --> 00:00:01,000\n42\n\n"
                "00:00:01,000 --> 00:00:02,000\nb\n17\n\nd\n"),
            "[42\n\n][b\n17\n\nd\n]");
  // A blank line inside a cue, no blank line between cues.
  EXPECT_EQ(Srt("1\n0:0:0,0 --> 0:0:1,0\na\n\nb\n2\n0:0:1,0 --> 0:0:2,0\nc"),
            "[a\n\nb\n][c]");
  EXPECT_EQ(Srt("no cue here\n"), "");
}

TEST(CueTextTest, TagsAndReferences) {
  EXPECT_EQ(CueText("<v Ann>Hi <b>there</b>\n\n  you&nbsp;&amp; me ", false),
            "Hi there\nyou & me");
  EXPECT_EQ(CueText("<c.x>a<00:00:01.000> b</c>&lt;c <open\nc", false),
            "a b<c");
  EXPECT_EQ(CueText("{\\an8}<i>a</i> <3 {b} <font color=\"x\">c</font>", true),
            "a <3 {b} c");
  EXPECT_EQ(CueText("한글 \xC2\xA0 글\u3000", false), "한글 글\u3000");
}

TEST(CaptionsTest, ADocumentAFile) {
  const ReadResult r = ReadBytes(
      "\xEF\xBB\xBFWEBVTT\r\n\r\n00:01.000 --> 00:03.000\r\nHello\r\n\r\n"
      "00:02.000 --> 00:05.000\r\n<i>World</i>\r\n\r\n"
      "00:10.000 --> 00:11.000\r\nagain\r\n"
      "\r\n00:30.000 --> 00:20.000\r\nbackwards\r\n"
      "\r\n850:00:00.000 --> 850:00:01.000\r\nabsurd\r\n");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.format, Format::kVtt);
  EXPECT_EQ(r.documents[0].text, "Hello\nWorld\nagain\nbackwards\nabsurd");
  EXPECT_EQ(r.documents[0].metadata, R"("format":"vtt","cues":5)");
  EXPECT_EQ(r.documents[0].audio_ms, 11'000);
  EXPECT_EQ(r.documents[0].speech_ms, 5000);
}

TEST(CaptionsTest, SrtInItsEncodings) {
  using std::string_literals::operator""s;
  const std::string srt = "1\n00:00:01,000 --> 00:00:02,000\nna\xEFve\n";
  const ReadResult r = ReadBytes(srt);
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.documents[0].text, "naïve");
  EXPECT_EQ(r.documents[0].metadata,
            R"("charset":"windows-1252","format":"srt","cues":1)");
  std::string utf16 = "\xFF\xFE";
  for (const char c : srt) utf16 += std::string(1, c) + '\0';
  const ReadResult wide = ReadBytes(utf16);
  ASSERT_EQ(wide.documents.size(), 1U);
  EXPECT_EQ(wide.format, Format::kSrt);
  EXPECT_EQ(wide.documents[0].text, "naïve");
  // CR alone.
  std::string cr = srt;
  for (char& c : cr) c = c == '\n' ? '\r' : c;
  testing::ReadRun run;
  run.format = Format::kSrt;
  EXPECT_EQ(ReadBytes(cr, run).documents.size(), 1U);
}

TEST(CaptionsTest, WithoutCues) {
  EXPECT_EQ(
      ReadBytes("WEBVTT\n\nNOTE nothing\n").Count(ReadReason::kCaptionInvalid),
      1);
  EXPECT_EQ(ReadBytes("WEBVTT\n\n00:00.000 --> 00:01.000\n<b>\n")
                .Count(ReadReason::kTextEmpty),
            1);
}

}  // namespace
}  // namespace winnow
