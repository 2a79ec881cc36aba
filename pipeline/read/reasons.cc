// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/reasons.h"

#include "pipeline/error.h"

namespace winnow {
namespace {

struct Row {
  std::string_view name;
  std::string_view help;
};

constexpr Row kRows[] = {
    {"gzip_truncated", "a gzip member ends before its trailer"},
    {"gzip_invalid", "bad gzip header, data, checksum or length"},
    {"lz4_truncated", "an LZ4 frame ends before its end mark"},
    {"lz4_invalid", "bad LZ4 header, block or checksum"},
    {"zstd_truncated", "a zstd frame ends before its last block"},
    {"zstd_invalid", "bad zstd header, block or checksum"},
    {"zstd_window", "a zstd window above 128 MiB (made with --long=28 to 31)"},
    {"zstd_dictionary", "a zstd frame that needs a dictionary"},
    {"expansion_limit", "a member would grow beyond the caps (bomb)"},
    {"trailing_garbage", "bytes after the last member or frame"},
    {"unknown_format", "binary, or a format that is not read"},
    {"empty_file", "a file without bytes"},
    {"io_error", "the system could not read the file to its end"},
    {"json_invalid", "a line that is not a JSON object"},
    {"json_no_text", "a JSON object without a text field that is a string"},
    {"json_too_large", "a line above max_record_bytes"},
    {"warc_invalid", "a WARC or ARC header that cannot be parsed"},
    {"warc_truncated", "a WARC or ARC record shorter than its length"},
    {"warc_resync", "bytes skipped up to the next WARC or ARC record"},
    {"http_invalid", "an HTTP head that cannot be parsed"},
    {"http_body_invalid", "a transfer or content encoding that fails"},
    {"http_coding_unknown", "a content encoding that we do not know"},
    {"charset_undecodable", "text in no known character encoding"},
    {"record_too_large", "a record above max_record_bytes"},
    {"text_empty", "nothing left after extraction"},
    {"caption_invalid", "a caption file without a single cue"},
    {"bzip2_truncated", "a bzip2 stream ends before its trailer"},
    {"bzip2_invalid", "bad bzip2 header, block or checksum"},
    {"csv_invalid", "a CSV row with more or fewer fields than the header"},
    {"csv_too_large", "a CSV row above max_record_bytes"},
    {"wiki_invalid", "a page of a wiki dump that is no sound XML"},
    {"wiki_truncated", "a page of a wiki dump without its end"},
    {"parquet_invalid", "a Parquet footer or row group that does not decode"},
    {"parquet_truncated", "a Parquet file without its footer"},
    {"parquet_unsupported", "encrypted, or a codec or type that is not read"},
    {"not_read", "beyond --limit"},
};
static_assert(sizeof kRows / sizeof kRows[0] ==
              static_cast<size_t>(ReadReason::kCount));

const Row& Find(ReadReason reason) {
  WINNOW_CHECK(reason < ReadReason::kCount);
  return kRows[static_cast<size_t>(reason)];
}

}  // namespace

std::string_view ReadReasonName(ReadReason reason) { return Find(reason).name; }
std::string_view ReadReasonHelp(ReadReason reason) { return Find(reason).help; }

}  // namespace winnow
