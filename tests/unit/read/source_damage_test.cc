// SPDX-License-Identifier: Apache-2.0
// Damaged files: what precedes the damage is delivered, what follows is found
// again, every byte is accounted for, and how the file was cut into pieces
// shows nowhere.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tests/unit/read/source_harness.h"
#include "tests/unit/read/source_oracle.h"

namespace winnow::testing {
namespace {

// Reads a damaged file in several ways, which must agree, and checks the
// account: compressed bytes are moved over once, and each event lies inside.
Result ReadDamaged(const std::string& bytes, ReadSetup setup = {}) {
  const TempFolder folder;
  const auto files = Files({folder.Write("a", bytes)});
  const SourceOptions options = setup.source;
  std::vector<Result> results;
  for (const unsigned size : {1024u, 7777u, 256u << 10}) {
    setup.source.plain_bytes = size;
    setup.source.gzip_bytes = size;
    setup.source.decoded_bytes = size;
    results.push_back(ReadAll(files, setup));
    EXPECT_EQ(results.back().disk, bytes.size());
    ExpectSame(results.front(), results.back());
  }
  setup.source.decoded_bytes = options.decoded_bytes;  // a small file
  results.push_back(ReadAll(files, setup));
  ExpectSame(results.front(), results.back());
  uint64_t lost = 0;
  for (const Seen& event : results.front().Events()) {
    if (event.undecoded) lost += event.lost;
  }
  EXPECT_LE(lost, bytes.size());
  return results.front();
}

// As much as zlib gives of a damaged member in one call.
std::string Inflated(std::string bytes) {
  z_stream z{};
  EXPECT_EQ(inflateInit2(&z, 15 + 16), Z_OK);
  std::string out(bytes.size() * 20 + 1000, '\0');
  z.next_in = reinterpret_cast<Bytef*>(bytes.data());
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  inflate(&z, Z_FINISH);
  out.resize(z.total_out);
  inflateEnd(&z);
  return out;
}

TEST(SourceDamage, GzipCutAtEveryByte) {
  const std::string text = Random(1).Lines(3'000);
  const std::string bytes = Gzip(text);
  for (size_t n = 2; n < bytes.size(); ++n) {
    SCOPED_TRACE(n);
    const Result result = ReadDamaged(bytes.substr(0, n));
    EXPECT_EQ(result.Text(), Inflated(bytes.substr(0, n)));
    ASSERT_EQ(result.Events().size(), 1u);
    EXPECT_EQ(result.Events()[0].reason, ReadReason::kGzipTruncated);
    EXPECT_TRUE(result.Events()[0].undecoded);
  }
}

TEST(SourceDamage, ZstdCutAtEveryByte) {
  Random random(2);
  const std::string text = random.Lines(300'000);
  const std::string small = random.Lines(200);
  // Three blocks, of which each is given whole or not at all.
  const std::string bytes = ZstdFrame(small) + ZstdFrame(text);
  size_t longest = 0;
  for (size_t n = 4; n < bytes.size(); n += n < 250 ? 1 : 777) {
    SCOPED_TRACE(n);
    const Result result = ReadDamaged(bytes.substr(0, n));
    const std::string seen = result.Text();
    EXPECT_TRUE((small + text).starts_with(seen));
    EXPECT_GE(seen.size(), longest);
    longest = seen.size();
    const bool whole = n == ZstdFrame(small).size();
    ASSERT_EQ(result.Events().size(), whole ? 0u : 1u);
    if (!whole) {
      EXPECT_EQ(result.Events()[0].reason, ReadReason::kZstdTruncated);
    }
  }
  EXPECT_GT(longest, 200'000u);
}

struct Codecs {
  const char* name;
  std::function<std::string(const std::string&)> pack;
  ReadReason invalid;
  ReadReason truncated;
};

class SourceDamageBoth : public ::testing::TestWithParam<Codecs> {
 protected:
  // A file of ten members and the text of each.
  std::vector<std::string> Pack(uint64_t seed, std::string* bytes,
                                std::vector<size_t>* starts) const {
    Random random(seed);
    std::vector<std::string> texts;
    for (int i = 0; i < 10; ++i) {
      texts.push_back("member " + std::to_string(i) + "\n" +
                      random.Lines(1 + random.Below(4'000)));
      // The doubles keep no blank line.
      std::string& text = texts.back();
      for (size_t at; (at = text.find("\n\n")) != std::string::npos;) {
        text[at] = 'x';
      }
      starts->push_back(bytes->size());
      *bytes += GetParam().pack(texts.back());
    }
    starts->push_back(bytes->size());
    return texts;
  }
};

INSTANTIATE_TEST_SUITE_P(
    Codecs, SourceDamageBoth,
    ::testing::Values(
        Codecs{"gzip", [](const std::string& s) { return Gzip(s); },
               ReadReason::kGzipInvalid, ReadReason::kGzipTruncated},
        Codecs{"zstd", [](const std::string& s) { return ZstdFrame(s); },
               ReadReason::kZstdInvalid, ReadReason::kZstdTruncated}),
    [](const auto& codec) { return codec.param.name; });

TEST_P(SourceDamageBoth, OneFlippedBitCostsOneMember) {
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    SCOPED_TRACE(seed);
    std::string bytes;
    std::vector<size_t> starts;
    const auto texts = Pack(seed / 50, &bytes, &starts);
    Random random(seed + 7'000);
    // The first bytes tell the codec; without them all is another story.
    const size_t at = 4 + random.Below(bytes.size() - 4);
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.Below(8)));
    const Result result = ReadDamaged(bytes);
    const std::string text = result.Text();
    for (size_t i = 0; i < texts.size(); ++i) {
      const bool hit = starts[i] <= at && at < starts[i + 1];
      if (!hit) {
        EXPECT_NE(text.find(texts[i]), std::string::npos)
            << "member " << i << " is missing";
      }
    }
    EXPECT_LE(result.Events().size(), 3u);
  }
}

TEST_P(SourceDamageBoth, RubbishBetweenMembers) {
  std::string bytes;
  std::vector<size_t> starts;
  const auto texts = Pack(1, &bytes, &starts);
  const std::string rubbish = Random(8).Noise(5'000);
  bytes.insert(starts[4], rubbish);
  const Result result = ReadDamaged(bytes);
  std::string all;
  for (const std::string& text : texts) all += text;
  EXPECT_EQ(result.Text(), all);
  ASSERT_EQ(result.Events().size(), 1u);
  EXPECT_EQ(result.Events()[0].reason, GetParam().invalid);
  EXPECT_EQ(result.Events()[0].lost, rubbish.size());
}

TEST_P(SourceDamageBoth, RubbishAndPaddingAtTheEnd) {
  std::string bytes;
  std::vector<size_t> starts;
  const auto texts = Pack(2, &bytes, &starts);
  std::string all;
  for (const std::string& text : texts) all += text;
  for (const std::string& tail :
       {std::string(1, '\0'), std::string(100'000, '\0'), std::string("\n"),
        Random(9).Noise(300'000)}) {
    const Result result = ReadDamaged(bytes + tail);
    EXPECT_EQ(result.Text(), all);
    ASSERT_EQ(result.Events().size(), 1u);
    EXPECT_EQ(result.Events()[0].reason, ReadReason::kTrailingGarbage);
    EXPECT_EQ(result.Events()[0].lost, tail.size());
  }
}

TEST_P(SourceDamageBoth, ChecksumThatDoesNotMatch) {
  std::string bytes;
  std::vector<size_t> starts;
  const auto texts = Pack(3, &bytes, &starts);
  const size_t sum = GetParam().invalid == ReadReason::kGzipInvalid ? 8 : 4;
  bytes[starts[5] - sum] ^= 1;
  const Result result = ReadDamaged(bytes);
  std::string all;
  for (const std::string& text : texts) all += text;
  EXPECT_EQ(result.Text(), all);  // it is there, and said to be doubtful
  ASSERT_EQ(result.Events().size(), 1u);
  EXPECT_EQ(result.Events()[0].reason, GetParam().invalid);
  EXPECT_EQ(result.Events()[0].lost, sum);
}

TEST_P(SourceDamageBoth, OnlyTheMagicIsThere) {
  const std::string head = GetParam().pack("some text\n").substr(0, 4);
  const Result result = ReadDamaged(head + Random(10).Noise(100'000));
  EXPECT_EQ(result.Text().size() < 1000, true);
  EXPECT_FALSE(result.Events().empty());
}

// A large member that is streamed, and damaged near its end.
TEST_P(SourceDamageBoth, LargeMemberKeepsWhatPrecedesTheDamage) {
  const std::string text = Random(11).Lines(3'000'000);
  const std::string packed = GetParam().pack(text);
  std::string bytes = packed + GetParam().pack("the next one\n");
  // In a run of ones no code is right for long.
  const size_t at = packed.size() - packed.size() / 8;
  for (size_t i = 0; i < 3'000; ++i) bytes[at + i] = '\xff';
  ReadSetup setup;
  setup.source.member_bytes = 500'000;
  const Result result = ReadDamaged(bytes, setup);
  const std::string seen = result.Text();
  EXPECT_GT(seen.size(), text.size() * 3 / 4);
  EXPECT_TRUE(seen.starts_with(text.substr(0, text.size() * 3 / 4)));
  EXPECT_TRUE(seen.ends_with("the next one\n"));
  EXPECT_FALSE(result.Events().empty());
}

TEST_P(SourceDamageBoth, BombIsStopped) {
  const std::string bomb = GetParam().pack(std::string(20'000'000, '\n'));
  const std::string bytes =
      GetParam().pack("before\n") + bomb + GetParam().pack("after\n");
  ReadSetup setup;
  setup.source.expansion_bytes = 1'000'000;
  const Result result = ReadDamaged(bytes, setup);
  EXPECT_EQ(result.Text(), "before\nafter\n");
  EXPECT_GT(result.framing, 1'000'000u);
  EXPECT_LT(result.framing, 2'000'000u);
  ASSERT_EQ(result.Events().size(), 1u);
  EXPECT_EQ(result.Events()[0].reason, ReadReason::kExpansionLimit);
  EXPECT_GT(result.Events()[0].lost, bomb.size() / 2);
}

TEST(SourceDamage, ZstdWindowAndDictionaryAreNamed) {
  Random random(12);
  const std::string text = random.Lines(1'000);
  // Header by hand: window descriptor 1 GiB, one raw block.
  std::string huge("\x28\xb5\x2f\xfd\x00\xa0", 6);
  huge += std::string("\x29\0\0", 3) + "12345";
  std::string keyed("\x28\xb5\x2f\xfd\x01\x58\x07", 7);
  keyed += std::string("\x29\0\0", 3) + "12345";
  const Result result = ReadDamaged(ZstdFrame(text) + huge + ZstdFrame(text) +
                                    keyed + ZstdFrame(text));
  EXPECT_EQ(result.Text(), text + text + text);
  const auto events = result.Events();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].reason, ReadReason::kZstdWindow);
  EXPECT_EQ(events[0].lost, huge.size());
  EXPECT_EQ(events[1].reason, ReadReason::kZstdDictionary);
  EXPECT_EQ(events[1].lost, keyed.size());
}

TEST(SourceDamage, ZstdDictionaryThatIsNotTheRightOne) {
  Random random(14);
  const std::string text = random.Lines(500'000);
  const std::string right = ZstdDictionaryOf(text);
  const std::string wrong = ZstdDictionaryOf(text.substr(250'000));
  const std::string head = ZstdDictionaryFrame(right, true);
  const std::string keyed = ZstdKeyedFrame("keyed\n", right);
  const std::string other = ZstdKeyedFrame("other\n", wrong);
  const std::string none = ZstdFrame("none\n");
  const Result result = ReadDamaged(head + keyed + other + none + keyed);
  EXPECT_EQ(result.Text(), "keyed\nnone\nkeyed\n");
  ASSERT_EQ(result.Events().size(), 1u);
  EXPECT_EQ(result.Events()[0].reason, ReadReason::kZstdDictionary);
  EXPECT_EQ(result.Events()[0].lost, other.size());
  // A dictionary that does not unpack is none.
  std::string broken = head;
  broken[broken.size() / 2] ^= 1;
  const Result without = ReadDamaged(broken + keyed + none);
  EXPECT_EQ(without.Text(), "none\n");
  ASSERT_EQ(without.Events().size(), 1u);
  EXPECT_EQ(without.Events()[0].reason, ReadReason::kZstdDictionary);
}

// The size that a frame claims is not believed.
TEST(SourceDamage, ZstdLiesAboutItsSize) {
  for (const char* claim : {"\xff\xff\xff\xff\xff\xff\xff\x7f",
                            "\0\0\0\x01\0\0\0\0", "\x01\0\0\0\0\0\0\0"}) {
    std::string frame("\x28\xb5\x2f\xfd\xc0\x58", 6);  // 8 bytes of size
    frame += std::string(claim, 8) + std::string("\x29\0\0", 3) + "12345";
    const Result result = ReadDamaged(frame + ZstdFrame("after\n"));
    EXPECT_TRUE(result.Text().ends_with("after\n"));
    EXPECT_FALSE(result.Events().empty());
  }
}

TEST(SourceDamage, DamageRestartsTheSplitter) {
  // A record cut by damage is over there; the next member begins afresh.
  std::string first = Gzip("one\ntwo without an end");
  first[first.size() - 8] ^= 1;
  const Result result = ReadDamaged(first + Gzip("three\n"));
  ASSERT_EQ(result.all.size(), 4u);
  EXPECT_EQ(result.all[1].bytes, "two without an end");
  EXPECT_EQ(result.all[2].reason, ReadReason::kGzipInvalid);
  EXPECT_EQ(result.all[2].decoded_offset, 22u);
  EXPECT_EQ(result.all[3].bytes, "three\n");
  EXPECT_EQ(result.all[3].decoded_offset, 22u);
  EXPECT_EQ(result.all[3].offset_in_member, 0u);
}

TEST(SourceDamage, EveryMemberIsDamaged) {
  Random random(13);
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    std::string member = Gzip(random.Lines(2'000));
    member[member.size() - 5] ^= 1;
    bytes += member;
  }
  const Result result = ReadDamaged(bytes);
  EXPECT_EQ(result.Events().size(), 300u);
  EXPECT_EQ(result.decoded, 600'000u);
}

}  // namespace
}  // namespace winnow::testing
