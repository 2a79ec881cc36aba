// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/read/source_oracle.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

namespace winnow::testing {

std::vector<OracleMember> Gunzip(std::string bytes) {
  std::vector<OracleMember> members;
  size_t at = 0;
  while (at < bytes.size()) {
    z_stream z{};
    EXPECT_EQ(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = reinterpret_cast<Bytef*>(bytes.data() + at);
    z.avail_in = static_cast<uInt>(bytes.size() - at);
    OracleMember member{at, ""};
    int code = Z_OK;
    while (code == Z_OK) {
      char out[5000];
      z.next_out = reinterpret_cast<Bytef*>(out);
      z.avail_out = sizeof out;
      code = inflate(&z, Z_NO_FLUSH);
      member.text.append(out, sizeof out - z.avail_out);
    }
    EXPECT_EQ(code, Z_STREAM_END);
    at += z.total_in;
    inflateEnd(&z);
    members.push_back(std::move(member));
  }
  return members;
}

std::vector<OracleMember> Unzstd(const std::string& bytes,
                                 const std::string& dictionary) {
  std::vector<OracleMember> members;
  ZSTD_DStream* stream = ZSTD_createDStream();
  ZSTD_DCtx_loadDictionary(stream, dictionary.data(), dictionary.size());
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  OracleMember member{0, ""};
  size_t left = 0;
  while (in.pos < in.size || left != 0) {
    char out[5000];
    ZSTD_outBuffer made{out, sizeof out, 0};
    left = ZSTD_decompressStream(stream, &made, &in);
    if (ZSTD_isError(left) != 0) {
      ADD_FAILURE() << ZSTD_getErrorName(left);
      break;
    }
    member.text.append(out, made.pos);
    if (left == 0) {
      // A skippable frame looks like an empty member: it holds no byte.
      members.push_back(std::move(member));
      member = {in.pos, ""};
    }
  }
  ZSTD_freeDStream(stream);
  return members;
}

Result ExpectedLines(const std::vector<OracleMember>& members, bool plain,
                     uint32_t file) {
  Result result;
  std::string text;
  std::vector<uint64_t> starts;
  for (const OracleMember& member : members) {
    starts.push_back(text.size());
    text += member.text;
  }
  size_t m = 0;
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find('\n', at);
    end = end == std::string::npos ? text.size() : end + 1;
    while (m + 1 < starts.size() && starts[m + 1] <= at) ++m;
    if (text[at] == '\n') {
      ++result.framing;
    } else {
      Seen seen;
      seen.format = Format::kJsonl;
      seen.file = file;
      seen.bytes = text.substr(at, end - at);
      seen.decoded_offset = at;
      seen.member_offset = plain ? at : members[m].offset;
      seen.offset_in_member = plain ? 0 : at - starts[m];
      result.all.push_back(seen);
    }
    at = end;
  }
  if (text.empty()) {
    Seen seen;
    seen.file = file;
    seen.reason = ReadReason::kEmptyFile;
    result.all.push_back(seen);
  }
  result.decoded = text.size();
  return result;
}

}  // namespace winnow::testing
