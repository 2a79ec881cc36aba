// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tally.h"

#include <algorithm>

#include "pipeline/error.h"
#include "pipeline/json_reader.h"
#include "pipeline/json_writer.h"

namespace winnow {
namespace {

// A document without a language is counted under this code.
constexpr std::string_view kNoLanguage = "und";

void AddCells(std::span<uint64_t> row, const Document& d, const Measure& m) {
  row[Quantity::kDocuments] += 1;
  row[Quantity::kBytes] += m.bytes;
  row[Quantity::kChars] += m.chars;
  row[Quantity::kWords] += m.words;
  if (d.audio_ms != kUnmeasured) {
    row[Quantity::kAudioMs] += static_cast<uint64_t>(d.audio_ms);
    row[Quantity::kAudioDocuments] += 1;
  }
  if (d.speech_ms != kUnmeasured) {
    row[Quantity::kSpeechMs] += static_cast<uint64_t>(d.speech_ms);
    row[Quantity::kSpeechDocuments] += 1;
  }
  if (m.tokens == nullptr) return;
  for (size_t v = 0; v + Quantity::kTokens < row.size(); ++v) {
    row[Quantity::kTokens + v] += m.tokens[v];
  }
}

void WriteNumbers(std::span<const uint64_t> cells, JsonWriter* w) {
  w->BeginArray();
  for (const uint64_t cell : cells) w->Number(cell);
  w->EndArray();
}

void ReadNumbers(const JsonValue& json, std::span<uint64_t> cells) {
  if (json.size() != cells.size()) {
    throw Error(ErrorKind::kCorruption,
                "manifest.json: the ledger does not fit the recipe: start "
                "again in a new folder");
  }
  for (size_t i = 0; i < cells.size(); ++i) cells[i] = json.at(i).Uint();
}

}  // namespace

void TallyLayout::Finish() {
  rows = 0;
  for (StageRows& stage : stages) {
    stage.first_row = rows;
    rows += kReasons + stage.reasons.size();
  }
  first_label_row = rows;
  rows += 2 * labels.size();
}

Tally::Tally(const TallyLayout* layout)
    : layout_(layout), cells_(layout->rows * layout->stride()) {}

void Tally::Clear() {
  std::fill(cells_.begin(), cells_.end(), 0);
  disk_bytes = decoded_bytes = framing_bytes = undecoded_bytes = 0;
  documents = {};
  unreadable.fill({});
  for (auto& places : first) places.clear();
  // Keys stay so that the next batch does not allocate them again.
  for (auto& [type, n] : non_documents) n = {};
  for (auto& [what, n] : mended) n = 0;
  for (auto& [kind, values] : traits) {
    for (auto& [value, n] : values) n = 0;
  }
  for (auto& [code, rows] : languages_) std::fill(rows.begin(), rows.end(), 0);
}

void Tally::Add(const Tally& other) {
  WINNOW_CHECK(cells_.size() == other.cells_.size());
  for (size_t i = 0; i < cells_.size(); ++i) cells_[i] += other.cells_[i];
  disk_bytes += other.disk_bytes;
  decoded_bytes += other.decoded_bytes;
  framing_bytes += other.framing_bytes;
  undecoded_bytes += other.undecoded_bytes;
  documents.count += other.documents.count;
  documents.bytes += other.documents.bytes;
  for (size_t i = 0; i < unreadable.size(); ++i) {
    unreadable[i].count += other.unreadable[i].count;
    unreadable[i].bytes += other.unreadable[i].bytes;
    for (const UnreadablePlace& place : other.first[i]) {
      if (first[i].size() == kFirstPlaces) break;
      first[i].push_back(place);
    }
  }
  for (const auto& [type, n] : other.non_documents) {
    if (n.count == 0) continue;
    CountAndBytes& mine = non_documents[type];
    mine.count += n.count;
    mine.bytes += n.bytes;
  }
  for (const auto& [what, n] : other.mended) {
    if (n != 0) mended[what] += n;
  }
  for (const auto& [kind, values] : other.traits) {
    for (const auto& [value, n] : values) {
      if (n != 0) traits[kind][value] += n;
    }
  }
  for (const auto& [code, rows] : other.languages_) {
    if (rows[Quantity::kDocuments] == 0) continue;
    std::vector<uint64_t>& mine = languages_[code];
    mine.resize(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) mine[i] += rows[i];
  }
}

void Tally::Count(size_t row, const Document& document, const Measure& m) {
  AddCells(Row(row), document, m);
}

void Tally::CountRewrite(size_t stage, const Measure& before,
                         const Measure& after) {
  const auto removed =
      Row(layout_->StageRowIndex(stage, TallyLayout::kRemoved));
  const auto added = Row(layout_->StageRowIndex(stage, TallyLayout::kAdded));
  const auto note = [&](size_t cell, uint64_t was, uint64_t is) {
    if (is < was) removed[cell] += was - is;
    if (is > was) added[cell] += is - was;
  };
  note(Quantity::kBytes, before.bytes, after.bytes);
  note(Quantity::kChars, before.chars, after.chars);
  note(Quantity::kWords, before.words, after.words);
  if (before.tokens == nullptr || after.tokens == nullptr) return;
  for (size_t v = 0; v < layout_->vocabularies; ++v) {
    note(Quantity::kTokens + v, before.tokens[v], after.tokens[v]);
  }
}

void Tally::CountFinal(const Document& d) {
  const size_t label = d.file->label_index;
  Count(layout_->LabelRowIndex(label, false), d, d.read);
  if (d.kept()) Count(layout_->LabelRowIndex(label, true), d, d.now);

  const std::string_view code = d.language.empty() ? kNoLanguage : d.language;
  auto it = languages_.find(code);
  if (it == languages_.end()) {
    it = languages_
             .emplace(std::string(code),
                      std::vector<uint64_t>(2 * layout_->stride()))
             .first;
  }
  const std::span<uint64_t> rows(it->second);
  AddCells(rows.first(layout_->stride()), d, d.read);
  if (d.kept()) AddCells(rows.subspan(layout_->stride()), d, d.now);
}

void Tally::CountUnreadable(ReadReason reason, uint32_t file, uint64_t offset,
                            uint64_t bytes) {
  const auto i = static_cast<size_t>(reason);
  unreadable[i].count += 1;
  unreadable[i].bytes += bytes;
  if (first[i].size() < kFirstPlaces) first[i].push_back({file, offset, bytes});
}

void Tally::CountNonDocument(std::string_view type, uint64_t bytes) {
  auto it = non_documents.find(type);
  if (it == non_documents.end()) {
    it = non_documents.emplace(std::string(type), CountAndBytes{}).first;
  }
  it->second.count += 1;
  it->second.bytes += bytes;
}

void Tally::CountTrait(std::string_view kind, std::string_view value) {
  auto values = traits.find(kind);
  if (values == traits.end()) {
    values = traits.try_emplace(std::string(kind)).first;
  }
  auto it = values->second.find(value);
  if (it == values->second.end()) {
    it = values->second.emplace(std::string(value), 0).first;
  }
  ++it->second;
}

void Tally::CountMended(std::string_view what) {
  auto it = mended.find(what);
  if (it == mended.end()) it = mended.emplace(std::string(what), 0).first;
  ++it->second;
}

void Tally::AppendJson(std::string* out) const {
  JsonWriter w(out);
  w.BeginObject();
  w.Key("decoded_bytes").Number(decoded_bytes);
  w.Key("framing_bytes").Number(framing_bytes);
  w.Key("undecoded_bytes").Number(undecoded_bytes);
  w.Key("documents").Number(documents.count);
  w.Key("document_bytes").Number(documents.bytes);
  w.Key("unreadable").BeginArray();
  for (const CountAndBytes& n : unreadable) w.Number(n.count).Number(n.bytes);
  w.EndArray();
  w.Key("first").BeginArray();
  for (const auto& places : first) {
    w.BeginArray();
    for (const UnreadablePlace& place : places) {
      w.Number(static_cast<uint64_t>(place.file));
      w.Number(place.offset).Number(place.bytes);
    }
    w.EndArray();
  }
  w.EndArray();
  w.Key("non_documents").BeginObject();
  for (const auto& [type, n] : non_documents) {
    if (n.count == 0) continue;
    w.Key(type).BeginArray().Number(n.count).Number(n.bytes).EndArray();
  }
  w.EndObject();
  w.Key("mended").BeginObject();
  for (const auto& [what, n] : mended) {
    if (n != 0) w.Key(what).Number(n);
  }
  w.EndObject();
  w.Key("traits").BeginObject();
  for (const auto& [kind, values] : traits) {
    const auto some = [](const auto& value) { return value.second != 0; };
    if (std::none_of(values.begin(), values.end(), some)) continue;
    w.Key(kind).BeginObject();
    for (const auto& [value, n] : values) {
      if (n != 0) w.Key(value).Number(n);
    }
    w.EndObject();
  }
  w.EndObject();
  w.Key("cells");
  WriteNumbers(cells_, &w);
  w.Key("languages").BeginObject();
  for (const auto& [code, rows] : languages_) {
    if (rows[Quantity::kDocuments] == 0) continue;
    w.Key(code);
    WriteNumbers(rows, &w);
  }
  w.EndObject();
  w.EndObject();
}

void Tally::ParseJson(std::string_view text) {
  const JsonValue json = JsonValue::Parse(text, "manifest.json");
  Clear();
  decoded_bytes = json.at("decoded_bytes").Uint();
  framing_bytes = json.at("framing_bytes").Uint();
  undecoded_bytes = json.at("undecoded_bytes").Uint();
  documents = {json.at("documents").Uint(), json.at("document_bytes").Uint()};
  std::vector<uint64_t> flat(2 * unreadable.size());
  ReadNumbers(json.at("unreadable"), flat);
  for (size_t i = 0; i < unreadable.size(); ++i) {
    unreadable[i] = {flat[2 * i], flat[2 * i + 1]};
  }
  const JsonValue& places = json.at("first");
  for (size_t i = 0; i < first.size(); ++i) {
    const JsonValue& cells = places.at(i);
    for (size_t k = 0; k + 2 < cells.size(); k += 3) {
      first[i].push_back({static_cast<uint32_t>(cells.at(k).Uint()),
                          cells.at(k + 1).Uint(), cells.at(k + 2).Uint()});
    }
  }
  for (const auto& [type, n] : json.at("non_documents").members()) {
    non_documents[type] = {n.at(0).Uint(), n.at(1).Uint()};
  }
  for (const auto& [what, n] : json.at("mended").members()) {
    mended[what] = n.Uint();
  }
  for (const auto& [kind, values] : json.at("traits").members()) {
    for (const auto& [value, n] : values.members()) {
      traits[kind][value] = n.Uint();
    }
  }
  ReadNumbers(json.at("cells"), cells_);
  for (const auto& [code, rows] : json.at("languages").members()) {
    std::vector<uint64_t>& mine = languages_[code];
    mine.resize(2 * layout_->stride());
    ReadNumbers(rows, mine);
  }
}

bool operator==(const Tally& a, const Tally& b) {
  std::string x;
  std::string y;
  a.AppendJson(&x);
  b.AppendJson(&y);
  return x == y;
}

}  // namespace winnow
