// SPDX-License-Identifier: Apache-2.0
// From documents to frames: JSON, carried members, and frames that do not
// depend on batches.
#include <gtest/gtest.h>

#include <random>

#include "pipeline/batch.h"
#include "pipeline/edit.h"
#include "pipeline/json_reader.h"
#include "pipeline/json_writer.h"
#include "pipeline/write/document_json.h"
#include "pipeline/write/framer.h"
#include "pipeline/write/json_members.h"

namespace winnow {
namespace {

TEST(JsonWriter, EscapesWhatMustBe) {
  std::string out;
  AppendJsonString(std::string_view("a\"\\\n\x01\x7f\xEA\xB0\x80\0z", 11),
                   &out);
  EXPECT_EQ(out, "\"a\\\"\\\\\\n\\u0001\x7f\xEA\xB0\x80\\u0000z\"");
}

TEST(JsonWriter, FixedIsExact) {
  std::string out;
  AppendJsonFixed(1234, 3, &out);
  out += ' ';
  AppendJsonFixed(-5, 3, &out);
  out += ' ';
  AppendJsonFixed(70, 0, &out);
  EXPECT_EQ(out, "1.234 -0.005 70");
}

TEST(JsonMembers, WalksValuesOfEveryKind) {
  std::string_view rest =
      R"("a":1, "b":{"x":[1,{"y":"},\""}]} ,"c":"q,\"r","d":[],"e":null)";
  std::vector<std::string> whole;
  JsonMember m;
  while (NextJsonMember(&rest, &m)) whole.emplace_back(m.whole);
  ASSERT_EQ(whole.size(), 5U);
  EXPECT_EQ(whole[1], R"("b":{"x":[1,{"y":"},\""}]} )");
  EXPECT_EQ(whole[2], R"("c":"q,\"r")");
}

TEST(DocumentJson, CarriesAndOverrides) {
  SourceFile file;
  file.label = "dump";
  file.path = "a/\"odd\".jsonl";
  Document d;
  d.file = &file;
  d.offset = 17;
  d.inner_offset = 4;
  d.text = "line\n\"two\"";
  d.url = "http://x.example/";
  d.language = "ko";
  d.language_score = 0.98768F;
  d.speech_ms = 61005;
  d.metadata = R"("url":"old","title":"T","language":"xx","winnow_id":"no")";
  d.extra = R"("n":[1,2],"source":"theirs")";
  std::string line;
  AppendDocumentJson(d, "", &line);
  ASSERT_EQ(line.back(), '\n');
  const JsonValue json = JsonValue::Parse(line, "line");
  EXPECT_EQ(json.at("id").String(), "dump/a/\"odd\".jsonl#17+4");
  EXPECT_EQ(json.at("text").String(), d.text);
  EXPECT_EQ(json.at("source").String(), "dump");
  EXPECT_EQ(json.at("n").size(), 2U);
  const JsonValue& meta = json.at("metadata");
  EXPECT_EQ(meta.at("url").String(), "http://x.example/");
  EXPECT_EQ(meta.at("title").String(), "T");
  EXPECT_EQ(meta.at("language").String(), "ko");
  EXPECT_EQ(meta.at("language_score").Double(), 0.9877);
  EXPECT_EQ(meta.at("speech_seconds").Double(), 61.005);
  EXPECT_EQ(meta.members().size(), 6U);
}

TEST(DocumentJson, CarriedKeysAreComparedByWhatTheySpell) {
  SourceFile file;
  file.label = "d";
  Document d;
  d.file = &file;
  d.text = "t";
  d.metadata = R"("winnow\u005fid":"SPOOF","a":1,"\u0061":2,"b":3,"a":4)";
  d.extra = R"("te\u0078t":"SPOOF","n":1,"n":2)";
  std::string line;
  AppendDocumentJson(d, "", &line);
  EXPECT_EQ(line, R"({"id":"d#0","text":"t","source":"d","metadata":)"
                  R"({"winnow_id":"d#0","a":1,"b":3},"n":1})"
                  "\n");
}

TEST(DocumentJson, ManyEqualKeysAreFoundInLinearTime) {
  SourceFile file;
  Document d;
  d.file = &file;
  std::string extra;
  for (int i = 0; i < 60000; ++i) {
    extra += (i == 0 ? "\"k" : ",\"k") + std::to_string(i % 50000) +
             "\":" + std::to_string(i);
  }
  d.extra = extra;
  std::string line;
  AppendDocumentJson(d, "", &line);
  const JsonValue json = JsonValue::Parse(line, "line");
  EXPECT_EQ(json.members().size(), 50000U + 4);
  EXPECT_EQ(json.at("k9").Uint(), 9U);
}

TEST(DocumentJson, LoneSurrogatesInCarriedMembersAreMended) {
  const auto mended = [](std::string_view raw) {
    std::string out;
    AppendWithoutLoneSurrogates(raw, &out);
    return out;
  };
  EXPECT_EQ(mended(R"("z":"\ud800")"), R"("z":"\ufffd")");
  EXPECT_EQ(mended(R"("z":"\uDFFFa\ud83d\ude00\ud83dx")"),
            R"("z":"\ufffda\ud83d\ude00\ufffdx")");
  EXPECT_EQ(mended(R"("\ud800\ud800\udc00":1)"), R"("\ufffd\ud800\udc00":1)");
  // An escaped backslash in front: no escape of a code point.
  EXPECT_EQ(mended(R"("z":"\\ud800\n\"")"), R"("z":"\\ud800\n\"")");
}

TEST(ApplyEdits, ReplacesRemovesAndKeeps) {
  Arena arena;
  const Edit edits[] = {{0, 2, ""}, {3, 3, "--"}, {5, 9, "end"}};
  EXPECT_EQ(ApplyEdits("0123456789", edits, &arena), "2--34end9");
  const Edit all[] = {{0, 3, ""}};
  EXPECT_EQ(ApplyEdits("abc", all, &arena), "");
}

// Runs documents of these sizes through a framer in batches of `per_batch`,
// with a mark after document `mark`, and lists the frames' sizes.
std::vector<size_t> Frames(const std::vector<size_t>& sizes, size_t per_batch,
                           size_t mark) {
  TallyLayout layout;
  layout.stages.push_back({"read", {}, 0});
  layout.Finish();
  Framer framer(1000);
  Batch batch(&layout);
  std::vector<size_t> frames;
  const auto flush = [&](bool last) {
    batch.last = last;
    framer.Gather(&batch);
    for (const auto& frame : batch.frames) frames.push_back(frame->text.size());
    batch.Clear();
    batch.AddStretch();
  };
  batch.Clear();
  batch.AddStretch();
  for (size_t i = 0; i < sizes.size(); ++i) {
    OutputText& out = batch.stretch(batch.stretch_count() - 1).output[0];
    out.bytes.append(sizes[i], 'x');
    out.ends.push_back(out.bytes.size());
    if (i + 1 == mark) {
      batch.stretch(batch.stretch_count() - 1).mark = Cursor{};
      batch.AddStretch();
    }
    if ((i + 1) % per_batch == 0) flush(false);
  }
  flush(true);
  return frames;
}

TEST(Framer, CutsByBytesAndMarksNotByBatches) {
  std::mt19937 rng(5);
  std::vector<size_t> sizes;
  sizes.reserve(300);
  for (int i = 0; i < 300; ++i) sizes.push_back(1 + rng() % 400);
  sizes[100] = 5000;  // larger than a frame
  const std::vector<size_t> expected = Frames(sizes, 1, 77);
  EXPECT_GT(expected.size(), 20U);
  for (const size_t per_batch : {2U, 3U, 7U, 50U, 1000U}) {
    EXPECT_EQ(Frames(sizes, per_batch, 77), expected) << per_batch;
  }
  EXPECT_NE(Frames(sizes, 7, 78), expected);
}

}  // namespace
}  // namespace winnow
