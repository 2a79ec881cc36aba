// SPDX-License-Identifier: Apache-2.0
// The bounded list of reasons why input bytes gave no document. The ledger
// counts records and bytes for each.
#ifndef WINNOW_PIPELINE_READ_REASONS_H_
#define WINNOW_PIPELINE_READ_REASONS_H_

#include <cstdint>
#include <string_view>

namespace winnow {

enum class ReadReason : uint8_t {
  kGzipTruncated,  // a member ends before its trailer
  kGzipInvalid,    // bad header, data, checksum or length
  kLz4Truncated,
  kLz4Invalid,
  kZstdTruncated,
  kZstdInvalid,
  kZstdWindow,       // needs more than 128 MiB to decode
  kZstdDictionary,   // needs a dictionary that we do not have
  kExpansionLimit,   // more output than the caps allow
  kTrailingGarbage,  // bytes after the last member or frame
  kUnknownFormat,    // binary, or nothing we read
  kEmptyFile,
  kIoError,  // read(2) failed half-way
  kJsonInvalid,
  kJsonNoText,     // no text field, or not a string
  kJsonTooLarge,   // a line above max_record_bytes
  kWarcInvalid,    // header (of WARC or ARC) that cannot be parsed
  kWarcTruncated,  // the record ends before Content-Length
  kWarcResync,     // bytes skipped to the next record
  kHttpInvalid,
  kHttpBodyInvalid,  // transfer or content encoding does not decode
  kHttpCodingUnknown,
  kCharsetUndecodable,
  kRecordTooLarge,
  kTextEmpty,  // no text after extraction
  kCaptionInvalid,
  kBzip2Truncated,  // a stream ends before its trailer
  kBzip2Invalid,    // bad header, block or checksum
  kCsvInvalid,      // a row with another number of fields than the header
  kCsvTooLarge,     // a row above max_record_bytes
  kWikiInvalid,     // a page that is no sound XML
  kWikiTruncated,   // a page without its end
  kParquetInvalid,
  kParquetTruncated,    // no footer at the end
  kParquetUnsupported,  // encrypted, or a codec that is not there
  kNotRead,             // beyond --limit
  kCount,
};

// `gzip_truncated`; the ledger writes `read.gzip_truncated`.
std::string_view ReadReasonName(ReadReason reason);
// One sentence for the docs.
std::string_view ReadReasonHelp(ReadReason reason);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_REASONS_H_
