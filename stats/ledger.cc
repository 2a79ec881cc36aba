// SPDX-License-Identifier: Apache-2.0
#include "stats/ledger.h"

#include "pipeline/error.h"
#include "pipeline/json_writer.h"

namespace winnow {
namespace {

using Row = std::span<const uint64_t>;

[[noreturn]] void Unbalanced(const std::string& where, uint64_t left,
                             uint64_t right) {
  throw Error(ErrorKind::kInternal, "the ledger does not add up: " + where +
                                        ": " + std::to_string(left) +
                                        " is not " + std::to_string(right) +
                                        ": please report this as a bug");
}

void CheckRead(const Tally& t) {
  uint64_t bytes = t.documents.bytes + t.framing_bytes;
  for (const auto& [type, n] : t.non_documents) bytes += n.bytes;
  for (const CountAndBytes& n : t.unreadable) bytes += n.bytes;
  if (bytes != t.decoded_bytes + t.undecoded_bytes) {
    Unbalanced("bytes read", t.decoded_bytes + t.undecoded_bytes, bytes);
  }
  const uint64_t read =
      t.Row(t.layout().StageRowIndex(0, TallyLayout::kOut))[0];
  if (read != t.documents.count) {
    Unbalanced("documents read", t.documents.count, read);
  }
}

void CheckStages(const Tally& t, bool tokens) {
  const TallyLayout& layout = t.layout();
  const size_t cells = tokens ? layout.stride() : Quantity::kTokens;
  for (size_t s = 0; s < layout.stages.size(); ++s) {
    const auto row = [&](size_t r) {
      return t.Row(layout.StageRowIndex(s, r));
    };
    for (size_t c = 0; c < cells; ++c) {
      uint64_t right =
          row(TallyLayout::kOut)[c] + row(TallyLayout::kRemoved)[c];
      for (size_t r = 0; r < layout.stages[s].reasons.size(); ++r) {
        right += row(TallyLayout::kReasons + r)[c];
      }
      const uint64_t left =
          row(TallyLayout::kIn)[c] + row(TallyLayout::kAdded)[c];
      if (left != right) {
        Unbalanced("stage " + layout.stages[s].name, left, right);
      }
      if (s == 0) continue;
      const uint64_t before =
          t.Row(layout.StageRowIndex(s - 1, TallyLayout::kOut))[c];
      if (before != row(TallyLayout::kIn)[c]) {
        Unbalanced("into stage " + layout.stages[s].name, before,
                   row(TallyLayout::kIn)[c]);
      }
    }
  }
}

void CheckGroups(const Tally& t, bool tokens) {
  const TallyLayout& layout = t.layout();
  const size_t last = layout.stages.size() - 1;
  for (const bool kept : {false, true}) {
    const Row whole = t.Row(layout.StageRowIndex(
        kept ? last : 0, static_cast<size_t>(TallyLayout::kOut)));
    const size_t cells = tokens || !kept ? layout.stride() : Quantity::kTokens;
    for (size_t c = 0; c < cells; ++c) {
      uint64_t labels = 0;
      for (size_t i = 0; i < layout.labels.size(); ++i) {
        labels += t.Row(layout.LabelRowIndex(i, kept))[c];
      }
      uint64_t languages = 0;
      for (const auto& [code, rows] : t.languages()) {
        languages += rows[(kept ? layout.stride() : 0) + c];
      }
      if (labels != whole[c]) Unbalanced("sources", whole[c], labels);
      if (languages != whole[c]) Unbalanced("languages", whole[c], languages);
    }
  }
}

class ReportWriter {
 public:
  ReportWriter(const ReportHeader& header, const Tally& tally, std::string* out)
      : header_(header), tally_(tally), w_(out, true) {}

  void Write(const ReportTiming& timing);

 private:
  void WriteQuantity(Row row, bool tokens);
  void WriteFirst(const std::vector<UnreadablePlace>& places);
  void WriteInput();
  void WriteStages();
  void WriteSurvival();
  void WriteGroups();
  void WriteTiming(const ReportTiming& timing);
  Row KeptRow() const;

  const ReportHeader& header_;
  const Tally& tally_;
  JsonWriter w_;
};

void ReportWriter::WriteQuantity(Row row, bool tokens) {
  w_.BeginObject();
  w_.Key("documents").Number(row[Quantity::kDocuments]);
  w_.Key("bytes").Number(row[Quantity::kBytes]);
  w_.Key("chars").Number(row[Quantity::kChars]);
  w_.Key("words").Number(row[Quantity::kWords]);
  w_.Key("tokens").BeginObject();
  for (size_t v = 0; v < header_.vocabularies.size(); ++v) {
    w_.Key(header_.vocabularies[v]);
    if (tokens) {
      w_.Number(row[Quantity::kTokens + v]);
    } else {
      w_.Null();
    }
  }
  w_.EndObject();
  const auto seconds = [&](const char* key, size_t ms, size_t documents) {
    w_.Key(key);
    if (row[documents] == 0) {
      w_.Null();
    } else {
      w_.Fixed(static_cast<int64_t>(row[ms]), 3);
    }
  };
  seconds("audio_seconds", Quantity::kAudioMs, Quantity::kAudioDocuments);
  seconds("speech_seconds", Quantity::kSpeechMs, Quantity::kSpeechDocuments);
  w_.EndObject();
}

Row ReportWriter::KeptRow() const {
  // Over labels: right also where tokens are counted at the ends only.
  static thread_local std::vector<uint64_t> sum;
  sum.assign(tally_.layout().stride(), 0);
  for (size_t i = 0; i < tally_.layout().labels.size(); ++i) {
    const Row row = tally_.Row(tally_.layout().LabelRowIndex(i, true));
    for (size_t c = 0; c < row.size(); ++c) sum[c] += row[c];
  }
  return sum;
}

// By identity, which is the same wherever the dump lies.
void ReportWriter::WriteFirst(const std::vector<UnreadablePlace>& places) {
  if (header_.inputs == nullptr) return;
  w_.Key("first").BeginArray();
  for (const UnreadablePlace& place : places) {
    if (place.file >= header_.inputs->size()) continue;
    const SourceFile& file = (*header_.inputs)[place.file];
    std::string at = file.label;
    if (!file.path.empty()) at.append("/").append(file.path);
    at.append("#").append(std::to_string(place.offset));
    w_.BeginObject();
    w_.Key("at").String(at).Key("bytes").Number(place.bytes);
    w_.EndObject();
  }
  w_.EndArray();
}

void ReportWriter::WriteInput() {
  w_.Key("input").BeginObject();
  w_.Key("files").Number(header_.files);
  w_.Key("bytes").Number(header_.input_bytes);
  w_.Key("decoded_bytes").Number(tally_.decoded_bytes);
  w_.Key("documents").Number(tally_.documents.count);
  w_.Key("document_bytes").Number(tally_.documents.bytes);
  w_.Key("framing_bytes").Number(tally_.framing_bytes);
  w_.Key("undecoded_bytes").Number(tally_.undecoded_bytes);
  w_.Key("non_documents").BeginObject();
  for (const auto& [type, n] : tally_.non_documents) {
    if (n.count == 0) continue;
    w_.Key(type).BeginObject();
    w_.Key("count").Number(n.count).Key("bytes").Number(n.bytes);
    w_.EndObject();
  }
  w_.EndObject();
  w_.Key("unreadable").BeginObject();
  for (size_t i = 0; i < tally_.unreadable.size(); ++i) {
    const CountAndBytes& n = tally_.unreadable[i];
    if (n.count == 0) continue;
    w_.Key("read." + std::string(ReadReasonName(static_cast<ReadReason>(i))));
    w_.BeginObject();
    w_.Key("count").Number(n.count).Key("bytes").Number(n.bytes);
    WriteFirst(tally_.first[i]);
    w_.EndObject();
  }
  if (header_.limit != UINT64_MAX) {
    w_.Key("read.not_read").BeginObject();
    w_.Key("count").Null().Key("bytes").Null();
    w_.EndObject();
  }
  w_.EndObject();
  w_.Key("mended").BeginObject();
  for (const auto& [what, n] : tally_.mended) {
    if (n != 0) w_.Key(what).Number(n);
  }
  w_.EndObject();
  w_.EndObject();
}

void ReportWriter::WriteStages() {
  const TallyLayout& layout = tally_.layout();
  w_.Key("stages").BeginArray();
  for (size_t s = 0; s < layout.stages.size(); ++s) {
    const auto row = [&](size_t r) {
      return tally_.Row(layout.StageRowIndex(s, r));
    };
    const bool tokens = s == 0 || !header_.tokens_at_ends;
    w_.BeginObject();
    w_.Key("name").String(layout.stages[s].name);
    w_.Key("in");
    WriteQuantity(row(TallyLayout::kIn), tokens);
    w_.Key("out");
    WriteQuantity(row(TallyLayout::kOut), tokens);
    w_.Key("reasons").BeginObject();
    for (size_t r = 0; r < layout.stages[s].reasons.size(); ++r) {
      const Row reason = row(TallyLayout::kReasons + r);
      if (reason[Quantity::kDocuments] == 0) continue;
      w_.Key(layout.stages[s].name + "." + layout.stages[s].reasons[r]);
      WriteQuantity(reason, tokens);
    }
    w_.EndObject();
    w_.Key("rewritten").BeginObject();
    w_.Key("removed");
    WriteQuantity(row(TallyLayout::kRemoved), tokens);
    w_.Key("added");
    WriteQuantity(row(TallyLayout::kAdded), tokens);
    w_.EndObject();
    w_.EndObject();
  }
  w_.EndArray();
}

void ReportWriter::WriteSurvival() {
  const Row read = tally_.Row(
      tally_.layout().StageRowIndex(0, static_cast<size_t>(TallyLayout::kOut)));
  const Row kept = KeptRow();
  const auto share = [&](std::string_view key, size_t cell) {
    w_.Key(key);
    if (read[cell] == 0) {
      w_.Null();
      return;
    }
    w_.Number(static_cast<double>(kept[cell]) /
              static_cast<double>(read[cell]));
  };
  w_.Key("survival").BeginObject();
  share("documents", Quantity::kDocuments);
  share("bytes", Quantity::kBytes);
  share("words", Quantity::kWords);
  w_.Key("tokens").BeginObject();
  for (size_t v = 0; v < header_.vocabularies.size(); ++v) {
    share(header_.vocabularies[v], Quantity::kTokens + v);
  }
  w_.EndObject();
  w_.EndObject();
}

void ReportWriter::WriteGroups() {
  const TallyLayout& layout = tally_.layout();
  w_.Key("by").BeginObject();
  w_.Key("source").BeginObject();
  for (size_t i = 0; i < layout.labels.size(); ++i) {
    w_.Key(layout.labels[i]).BeginObject();
    w_.Key("in");
    WriteQuantity(tally_.Row(layout.LabelRowIndex(i, false)), true);
    w_.Key("kept");
    WriteQuantity(tally_.Row(layout.LabelRowIndex(i, true)), true);
    w_.EndObject();
  }
  w_.EndObject();
  w_.Key("language").BeginObject();
  for (const auto& [code, rows] : tally_.languages()) {
    if (rows[Quantity::kDocuments] == 0) continue;
    const Row all(rows);
    w_.Key(code).BeginObject();
    w_.Key("in");
    WriteQuantity(all.first(layout.stride()), true);
    w_.Key("kept");
    WriteQuantity(all.subspan(layout.stride()), true);
    w_.EndObject();
  }
  w_.EndObject();
  w_.EndObject();
}

void ReportWriter::WriteTiming(const ReportTiming& timing) {
  w_.Key("timing").BeginObject();
  w_.Key("wall_seconds").Number(timing.wall_seconds);
  w_.Key("cpu_seconds").Number(timing.cpu_seconds);
  w_.Key("peak_rss_bytes").Number(timing.peak_rss_bytes);
  w_.Key("threads").Number(static_cast<uint64_t>(timing.threads));
  w_.Key("parts").BeginArray();
  for (const StageTiming& part : timing.parts) {
    w_.BeginObject();
    w_.Key("name").String(part.name);
    w_.Key("seconds").Number(part.seconds);
    w_.Key("bytes").Number(part.bytes);
    w_.EndObject();
  }
  w_.EndArray();
  w_.EndObject();
}

void ReportWriter::Write(const ReportTiming& timing) {
  w_.BeginObject();
  w_.Key("winnow").String(header_.version);
  w_.Key("schema").Number(kReportSchema);
  w_.Key("recipe").BeginObject();
  w_.Key("name").String(header_.recipe_name);
  w_.Key("hash").String(header_.recipe_hash);
  w_.Key("resolved").String(header_.recipe_resolved);
  w_.EndObject();
  w_.Key("unicode").String(header_.unicode);
  w_.Key("vocabularies").BeginObject();
  for (size_t v = 0; v < header_.vocabularies.size(); ++v) {
    w_.Key(header_.vocabularies[v]).String(header_.checksums[v]);
  }
  w_.EndObject();
  if (header_.limit != UINT64_MAX) w_.Key("limit").Number(header_.limit);
  WriteInput();
  WriteStages();
  w_.Key("kept");
  WriteQuantity(KeptRow(), true);
  WriteSurvival();
  WriteGroups();
  w_.Key("outputs").BeginArray();
  for (const ReportOutput& o : header_.outputs) {
    w_.BeginObject();
    w_.Key("path").String(o.path);
    w_.Key("bytes").Number(o.bytes);
    w_.Key("documents").Number(o.documents);
    w_.Key("xxh3_128").String(o.xxh3);
    w_.EndObject();
  }
  w_.EndArray();
  WriteTiming(timing);
  w_.EndObject();
}

}  // namespace

void CheckLedger(const Tally& tally, bool tokens_at_ends) {
  CheckRead(tally);
  CheckStages(tally, !tokens_at_ends);
  CheckGroups(tally, !tokens_at_ends);
}

std::string ReportJson(const ReportHeader& header, const Tally& tally,
                       const ReportTiming& timing) {
  std::string out;
  ReportWriter(header, tally, &out).Write(timing);
  out.push_back('\n');
  return out;
}

}  // namespace winnow
