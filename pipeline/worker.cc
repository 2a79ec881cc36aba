// SPDX-License-Identifier: Apache-2.0
#include "pipeline/worker.h"

#include "pipeline/cycle_clock.h"
#include "pipeline/text/hash.h"
#include "pipeline/write/document_json.h"

namespace winnow {
namespace {

// `--dropped sample` keeps one document in this many, by hash of identity.
constexpr uint64_t kSampleRate = 100;

class Lap {
 public:
  explicit Lap(uint64_t* sum) : sum_(sum), start_(CycleNow()) {}
  ~Lap() { *sum_ += CycleNow() - start_; }

 private:
  uint64_t* sum_;
  uint64_t start_;
};

}  // namespace

Worker::Worker(const ExecutorOptions& options, const StageChain& chain,
               const Tokenizers* tokenizers, const ReadOptions& read_options)
    : options_(options),
      chain_(chain),
      tokenizers_(tokenizers),
      read_options_(read_options),
      encoder_(options.compress, options.level) {
  if (options.shard_format != nullptr) {
    shard_encoder_ = options.shard_format->NewEncoder();
  }
  Shed();
}

void Worker::Shed() {
  if (judge_ != nullptr) AddJudgeTimes(&shed_);
  // The old ones first: both at once would not fit.
  reader_.reset();
  judge_.reset();
  reader_ = std::make_unique<RecordReader>(read_options_);
  judge_ =
      std::make_unique<Judge>(&chain_, tokenizers_, options_.token_cache_bytes,
                              options_.tokens_at_ends);
}

void Worker::Decode(Batch* batch) {
  Lap lap(&decode_cycles_);
  decoder_.Decode(&batch->raw);
}

void Worker::Read(Batch* batch) {
  Lap lap(&read_cycles_);
  const CutBatch& cut = batch->cut;
  batch->AddStretch();
  size_t span = 0;
  size_t event = 0;
  uint64_t framing = 0;
  uint64_t decoded = 0;
  size_t sited = batch->documents.size();
  // Counts what lies before a span or a mark, so that everything is counted in
  // the order of the input and a limit can stop right behind a document.
  const auto count = [&](size_t events, uint64_t framing_end) {
    for (; event < events; ++event) {
      const UnreadableSpan& u = cut.unreadable[event];
      batch->set_file(u.file);
      batch->Unreadable(u.reason, u.decoded_offset, u.bytes);
      if (u.undecoded) batch->tally().undecoded_bytes += u.bytes;
    }
    batch->tally().framing_bytes += framing_end - framing;
    framing = framing_end;
  };
  // Reads up to a mark, or to the end of the batch. False at the limit.
  const auto advance = [&](size_t spans, size_t events, uint64_t framing_end,
                           uint64_t decoded_end) {
    for (; span < spans && !batch->at_limit(); ++span) {
      count(cut.places[span].unreadable, cut.places[span].framing_bytes);
      batch->set_file(cut.spans[span].file);
      reader_->Read(cut.spans[span], batch);
    }
    if (!batch->at_limit()) {
      count(events, framing_end);
      batch->tally().decoded_bytes += decoded_end - decoded;
      decoded = decoded_end;
    }
    for (; sited < batch->documents.size(); ++sited) {
      sites_.Find(&batch->documents[sited], &batch->arena());
    }
    batch->stretch(batch->stretch_count() - 1).documents_end =
        batch->documents.size();
    return !batch->at_limit();
  };
  bool more = !batch->at_limit();
  for (size_t i = 0; more && i < cut.marks.size(); ++i) {
    const MarkPoint& mark = cut.marks[i];
    more = advance(mark.after_span, mark.after_unreadable, mark.framing_bytes,
                   mark.decoded_bytes);
    if (!more) break;
    batch->stretch(batch->stretch_count() - 1).mark = mark.cursor;
    batch->AddStretch();
  }
  if (more) {
    advance(cut.spans.size(), cut.unreadable.size(), cut.framing_bytes,
            cut.decoded_bytes);
  }
  batch->tally().disk_bytes += cut.disk_bytes;
}

// Two passes over the batch: counting tokens wants its tables in the cache to
// itself. Document by document it takes a third longer, which is more than the
// recount of rewritten texts costs.
void Worker::MeasureAndJudge(Batch* batch) {
  size_t next = 0;
  for (size_t s = 0; s < batch->stretch_count(); ++s) {
    Stretch& stretch = batch->stretch(s);
    for (; next < stretch.documents_end; ++next) {
      judge_->Measure(batch->documents[next], &batch->arena(), &stretch.tally);
    }
  }
  next = 0;
  for (size_t s = 0; s < batch->stretch_count(); ++s) {
    Stretch& stretch = batch->stretch(s);
    for (; next < stretch.documents_end; ++next) {
      judge_->RunSection(0, batch->documents[next], &batch->arena(),
                         &stretch.tally);
    }
  }
}

void Worker::JudgeSection(size_t section, Batch* batch) {
  size_t next = 0;
  for (size_t s = 0; s < batch->stretch_count(); ++s) {
    Stretch& stretch = batch->stretch(s);
    for (; next < stretch.documents_end; ++next) {
      Document& document = batch->documents[next];
      const size_t decided = chain_.sections()[section - 1].last - 1;
      if (document.kept() || document.dropped_by == decided) {
        judge_->CountDecision(section - 1, document, &stretch.tally);
      }
      if (document.kept()) {
        judge_->RunSection(section, document, &batch->arena(), &stretch.tally);
      }
    }
  }
}

bool Worker::WantsDropped(const Document& document) {
  if (options_.dropped != Dropped::kSample) {
    return options_.dropped == Dropped::kAll;
  }
  identity_.clear();
  document.AppendIdentity(&identity_);
  return Hash64(identity_) % kSampleRate == 0;
}

void Worker::Serialise(Batch* batch) {
  Lap lap(&write_cycles_);
  size_t next = 0;
  for (size_t s = 0; s < batch->stretch_count(); ++s) {
    Stretch& stretch = batch->stretch(s);
    for (; next < stretch.documents_end; ++next) {
      Document& document = batch->documents[next];
      OutputText* out = nullptr;
      reason_.clear();
      if (document.kept()) {
        judge_->Finish(document, &batch->arena());
        out = &stretch.output[static_cast<size_t>(Stream::kData)];
      } else if (WantsDropped(document)) {
        const Stage& stage = chain_.stage(document.dropped_by);
        reason_ += stage.name();
        reason_ += '.';
        reason_ += stage.reasons()[document.reason];
        out = &stretch.output[static_cast<size_t>(Stream::kDropped)];
      }
      stretch.tally.CountFinal(document);
      if (out == nullptr) continue;
      AppendDocumentJson(document, reason_, &out->bytes);
      out->ends.push_back(out->bytes.size());
    }
  }
}

void Worker::Encode(Batch* batch) {
  Lap lap(&write_cycles_);
  for (const auto& frame : batch->frames) {
    if (shard_encoder_ != nullptr) {
      shard_encoder_->Encode(frame->text, &frame->encoded);
    } else {
      encoder_.Encode(frame->text, &frame->encoded);
    }
  }
}

void Worker::AddJudgeTimes(ExecutorTimes* times) const {
  const JudgeTimes& own = judge_->times();
  times->measure_cycles += own.measure_cycles;
  times->analyse_cycles += own.analyse_cycles;
  times->stage_cycles.resize(own.stage_cycles.size());
  for (size_t i = 0; i < own.stage_cycles.size(); ++i) {
    times->stage_cycles[i] += own.stage_cycles[i];
  }
}

void Worker::AddTimes(ExecutorTimes* times) const {
  times->decode_cycles += decode_cycles_;
  times->read_cycles += read_cycles_;
  times->write_cycles += write_cycles_;
  AddJudgeTimes(times);
  times->measure_cycles += shed_.measure_cycles;
  times->analyse_cycles += shed_.analyse_cycles;
  for (size_t i = 0; i < shed_.stage_cycles.size(); ++i) {
    times->stage_cycles[i] += shed_.stage_cycles[i];
  }
}

}  // namespace winnow
