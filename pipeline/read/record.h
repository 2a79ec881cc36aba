// SPDX-License-Identifier: Apache-2.0
// The three seams of reading, each replaceable by itself:
//   RecordSplitter   decoded bytes to records   serial, in the cut
//   RecordReader     a record to documents      parallel, on a worker
//   HTML to text     in html_text.h, called by the reader
// Every byte ends in a document's record, in a record that is no document (by
// type), in framing, or in a counted reason.
#ifndef WINNOW_PIPELINE_READ_RECORD_H_
#define WINNOW_PIPELINE_READ_RECORD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/arena.h"
#include "pipeline/document.h"
#include "pipeline/read/reasons.h"

namespace winnow {

enum class Format : uint8_t {
  kUnknown,
  kJsonl,
  kWarc,  // WARC, WET and WAT
  kArc,
  kHtml,
  kVtt,
  kSrt,
  kMarkdown,
  kText,
  kParquet,  // rows as lines, see table_codec.h
  kWiki,     // MediaWiki's XML export
  kCsv,      // comma, semicolon or tab
};
std::string_view FormatName(Format format);

// Tells the format from the first decoded bytes of a file (up to 64 KiB; `end`
// if that is all of it), by content, never by name.
Format DetectFormat(std::string_view head, bool end);
// The same, and CSV: it is told by a header that names `text_field`.
Format DetectFormatFor(std::string_view text_field, std::string_view head,
                       bool end);

// What a splitter found at the front of the bytes it was shown.
struct Piece {
  enum class Kind : uint8_t { kRecords, kFraming, kUnreadable };
  uint64_t length;
  Kind kind;
  ReadReason reason = ReadReason::kCount;  // for kUnreadable
  // More bytes of the unreadable record that the piece before began: they add
  // to its bytes and not to the count of records.
  bool continues = false;
};

// Cuts a file's decoded bytes between records. Serial and cheap: it looks for
// boundaries and parses no more than it must.
class RecordSplitter {
 public:
  virtual ~RecordSplitter() = default;
  // `data` begins where the last consumed piece ended; `end` says that the
  // file has no byte behind it. Appends pieces that cover a prefix of data;
  // the rest is shown again with more behind it. With `end` the pieces must
  // cover all of data. A kRecords piece holds whole records: JSONL as many
  // lines as there are, WARC one record, other formats the whole file.
  virtual void Split(std::string_view data, bool end,
                     std::vector<Piece>* pieces) = 0;
  // How many bytes Split() wants to see, at least, before it can go on; a hint
  // that keeps the carry from being scanned again and again. 0: any.
  virtual uint64_t wanted() const { return 0; }
  // A header that every record of the file needs: what the file began with,
  // told to a splitter that begins behind it, and what Split() has met. Empty:
  // none (yet).
  virtual void Begin(std::string_view header) { static_cast<void>(header); }
  virtual std::string_view header() const { return {}; }
  // End of the record inside a kRecords piece that holds byte `at`.
  virtual uint64_t RecordEnd(std::string_view piece, uint64_t at) const {
    static_cast<void>(at);
    return piece.size();
  }
};
struct ReadOptions;
std::unique_ptr<RecordSplitter> NewSplitter(Format format,
                                            const ReadOptions& options);

// A kRecords piece on its way to a worker.
struct RecordSpan {
  const SourceFile* file = nullptr;
  Format format = Format::kUnknown;
  std::string_view bytes;         // lives as long as the batch
  uint64_t decoded_offset = 0;    // of bytes[0] in the file
  uint64_t member_offset = 0;     // compressed offset of the member (or frame)
                                  // it begins in; decoded_offset if plain
  uint64_t offset_in_member = 0;  // decoded, of bytes[0] in that member
  std::shared_ptr<const std::string> header;  // RecordSplitter::header()
};

// Takes what a reader found. Implemented by the batch.
class ReadSink {
 public:
  virtual ~ReadSink() = default;
  // Owns all text and metadata of the documents.
  virtual Arena& arena() = 0;
  // A new, empty document whose record covers `record_bytes` input bytes.
  // Valid until the next call.
  virtual Document& Add(uint64_t record_bytes) = 0;
  // A record that gave no document. `offset` as in Document, for messages.
  virtual void Unreadable(ReadReason reason, uint64_t offset,
                          uint64_t bytes) = 0;
  // A sound record that is no document (`warc.request`, `http.404`, ...).
  // `type` comes from a bounded set and has static storage.
  virtual void NonDocument(std::string_view type, uint64_t bytes) = 0;
  virtual void Framing(uint64_t bytes) = 0;
  // A document was read, but something in it had to be mended (`warc` folded
  // header, lone surrogate, ...): a count, static storage.
  virtual void Mended(std::string_view what) = 0;
  // With ReadOptions::inventory: what a record is like (`status` `404`). Both
  // come from bounded sets and have static storage.
  virtual void Trait(std::string_view kind, std::string_view value) {
    static_cast<void>(kind);
    static_cast<void>(value);
  }
};

// Parameters of the `read` section of a recipe.
struct ReadOptions {
  // main_content, precision, recall, all_text or visible_text.
  std::string html = "main_content";
  std::string comments = "drop";  // or keep: of readers, below an article
  std::string text_field = "text";
  std::string id_field = "id";
  std::string url_field = "url";
  std::string added_field = "added";
  std::string created_field = "created";
  uint64_t max_record_bytes = uint64_t{16} << 20;
  bool check_digests = false;                        // of WARC records
  bool inventory = false;                            // report traits
  std::vector<std::string> parquet_columns;          // empty: all
  std::vector<std::string> wiki_namespaces = {"0"};  // pages that are documents
};

// Makes documents of records. One for each worker; reuses parsers and scratch.
class RecordReader {
 public:
  explicit RecordReader(const ReadOptions& options);
  ~RecordReader();
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;

  // Accounts for every byte of `span` through `sink`.
  void Read(const RecordSpan& span, ReadSink* sink);

 private:
  struct Scratch;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_RECORD_H_
