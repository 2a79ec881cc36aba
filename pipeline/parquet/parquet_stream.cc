// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parquet/parquet_stream.h"

#include <parquet/file_reader.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "pipeline/error.h"
#include "pipeline/json_writer.h"

namespace winnow {
namespace {

// Lines are gathered and moved in runs of this size.
constexpr size_t kRun = size_t{64} << 10;

}  // namespace

void ParquetStream::Use(std::shared_ptr<const TableFile> table) {
  Close();
  table_ = std::static_pointer_cast<const ParquetFile>(std::move(table));
}

void ParquetStream::Reset(File* file, uint64_t at) {
  Close();
  file_ = file;
  at_ = at;
  if (file == nullptr) {
    table_.reset();
    return;
  }
  index_ = table_->Find(at);
  // Behind everything.
  if (at >= table_->groups().back().end && at != 0) {
    index_ = table_->groups().size();
  }
}

void ParquetStream::Close() {
  batch_.reset();
  batches_.reset();
  reader_.reset();
  source_.reset();
  pool_.reset();
  started_ = false;
  rows_ = made_ = 0;
  row_ = 0;
}

// A reader of the group at hand.
ReadReason ParquetStream::Open() {
  if (table_->reason() != ReadReason::kCount) return table_->reason();
  pool_ = std::make_unique<LimitedPool>(options_.reader_bytes);
  source_ = std::make_shared<ArrowFile>(file_, pool_.get());
  try {
    auto raw = parquet::ParquetFileReader::Open(
        source_, ReaderLimits(pool_.get()), table_->metadata());
    parquet::ArrowReaderProperties properties(/*use_threads=*/false);
    properties.set_pre_buffer(false);
    properties.set_batch_size(table_->rows(index_).batch);
    auto reader = parquet::arrow::FileReader::Make(pool_.get(), std::move(raw),
                                                   properties);
    if (!reader.ok()) return ReasonOf(reader.status());
    reader_ = std::move(*reader);
    auto batches = reader_->GetRecordBatchReader({static_cast<int>(index_)},
                                                 table_->columns());
    if (!batches.ok()) return ReasonOf(batches.status());
    batches_ = std::move(*batches);
  } catch (const std::exception& error) {
    return ReasonOf(error);
  }
  return ReadReason::kCount;
}

// batch_ is null behind the last.
ReadReason ParquetStream::ReadBatch() {
  batch_.reset();
  row_ = 0;
  // Zero rows, no page: Arrow has nothing to say.
  if (table_->metadata() == nullptr ||
      table_->metadata()->num_row_groups() == 0) {
    return ReadReason::kCount;
  }
  try {
    const arrow::Status status = batches_->ReadNext(&batch_);
    if (!status.ok()) return ReasonOf(status);
    if (batch_ != nullptr &&
        static_cast<size_t>(batch_->num_columns()) != table_->uses().size()) {
      return ReadReason::kParquetInvalid;
    }
    // Offsets inside arrays come from the file.
    if (batch_ != nullptr && !batch_->Validate().ok()) {
      return ReadReason::kParquetInvalid;
    }
  } catch (const std::exception& error) {
    return ReasonOf(error);
  }
  return ReadReason::kCount;
}

// Rows of batch_ until `target` bytes are there.
ReadReason ParquetStream::AppendRows(size_t target, const ChunkSink& out,
                                     size_t* made) {
  const ParquetFile::Rows& rows = table_->rows(index_);
  const uint64_t read = group().end - group().begin;
  while (row_ < batch_->num_rows() && *made < target) {
    lines_.clear();
    while (row_ < batch_->num_rows() && lines_.size() < kRun &&
           *made + lines_.size() < target) {
      AppendJsonNumber(rows.first + rows_, &lines_);
      lines_.push_back('\t');
      AppendRowJson(*batch_, table_->uses(), row_, &lines_);
      lines_.push_back('\n');
      ++row_;
      ++rows_;
    }
    std::memcpy(out.decoded->Room(lines_.size()), lines_.data(), lines_.size());
    out.decoded->Commit(lines_.size());
    *made += lines_.size();
    made_ += lines_.size();
    // Where the rows so far end, in proportion; never the group's end.
    const uint64_t count = std::max<uint64_t>(rows.count, 1);
    const uint64_t done = std::min(rows_, count);
    const uint64_t share = read / count * done + read % count * done / count;
    const uint64_t end = std::max(
        at_, group().begin + std::min(share, std::max<uint64_t>(read, 1) - 1));
    out.Data(at_, end, lines_.size(), !started_);
    out.chunks->back().rows = true;
    started_ = true;
    at_ = end;
    if (made_ > source_options_.expansion_bytes &&
        made_ / source_options_.expansion_ratio > read) {
      return ReadReason::kExpansionLimit;
    }
  }
  return ReadReason::kCount;
}

void ParquetStream::EndGroup(ReadReason reason, const ChunkSink& out) {
  const uint64_t end = group().end;
  if (reason == ReadReason::kCount) {
    out.Data(at_, end, 0, !started_);
  } else {
    out.Lost(at_, end, reason);
  }
  Close();
  at_ = end;
  ++index_;
}

CodecStream::Step ParquetStream::Next(size_t target, uint64_t until,
                                      const ChunkSink& out) {
  size_t made = 0;
  while (true) {
    const bool between = pool_ == nullptr;
    if (between && index_ == table_->groups().size()) {
      out.End(at_);
      return Step::kEnd;
    }
    if (between && at_ >= until) return Step::kBoundary;
    if (made >= target) return Step::kMore;
    ReadReason reason = ReadReason::kCount;
    if (between) {
      const bool empty = table_->reason() == ReadReason::kCount &&
                         table_->metadata()->num_row_groups() == 0;
      reason = empty ? ReadReason::kCount : Open();
      if (empty) {
        EndGroup(reason, out);
        continue;
      }
    }
    if (reason == ReadReason::kCount &&
        (batch_ == nullptr || row_ == batch_->num_rows())) {
      reason = ReadBatch();
      if (reason == ReadReason::kCount && batch_ == nullptr) {
        // Rows that are promised and not there were lost.
        EndGroup(rows_ < table_->rows(index_).count
                     ? ReadReason::kParquetInvalid
                     : reason,
                 out);
        continue;
      }
    }
    if (reason == ReadReason::kCount) reason = AppendRows(target, out, &made);
    if (reason != ReadReason::kCount) {
      const bool failed = source_ != nullptr && source_->failed();
      EndGroup(failed ? ReadReason::kIoError : reason, out);
    }
  }
}

}  // namespace winnow
