// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/jsonl_reader.h"

#include <algorithm>
#include <string>

#include "pipeline/read/json_scan.h"
#include "pipeline/read/json_string.h"
#include "pipeline/read/warc/http_url.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#include <simdjson.h>
#pragma GCC diagnostic pop

namespace winnow {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::string_view kBom = "\xEF\xBB\xBF";
// A parser keeps some six times its longest line; after a giant it is replaced.
constexpr size_t kGiantLine = size_t{4} << 20;

// Members that an output document writes itself.
constexpr std::string_view kReserved[] = {"id",    "text",    "source",
                                          "added", "created", "metadata"};

// A mapped field: its name, and what was found (raw JSON, empty if nothing).
struct Field {
  std::string name;
  std::string head;  // before the first dot; empty if there is none
  std::string tail;
  std::string_view raw;

  explicit Field(const std::string& field_name) : name(field_name) {
    const size_t dot = name.find('.');
    if (dot == std::string::npos) return;
    head = name.substr(0, dot);
    tail = name.substr(dot + 1);
  }
};

// The value at a dotted path inside a raw value that was scanned; or empty.
std::string_view FindPath(std::string_view raw, std::string_view path) {
  while (!raw.empty() && raw.front() == '{') {
    const size_t dot = path.find('.');
    std::string_view next;
    for (JsonMembers members(raw); members.Next();) {
      if (JsonKeyIs(members.raw_key(), path)) return members.raw_value();
      if (next.empty() && dot != std::string_view::npos &&
          JsonKeyIs(members.raw_key(), path.substr(0, dot))) {
        next = members.raw_value();
      }
    }
    if (next.empty()) return {};
    raw = next;
    path.remove_prefix(dot + 1);
  }
  return {};
}

bool IsJsonSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool IsBlank(std::string_view s) {
  for (const char c : s) {
    if (!IsJsonSpace(c)) return false;
  }
  return true;
}

// The rank of a row of a table and the tab behind it; returns their length.
size_t TakeRow(std::string_view line, uint64_t* rank) {
  uint64_t value = 0;
  size_t i = 0;
  for (; i < line.size() && line[i] != '\t'; ++i) {
    value = value * 10 + static_cast<uint64_t>(line[i] - '0');
  }
  *rank = value;
  return std::min(i + 1, line.size());
}

bool HasEscape(std::string_view s) {
  return s.find('\\') != std::string_view::npos;
}

void AppendMember(std::string_view raw_key, std::string_view raw_value,
                  std::string* out) {
  if (!out->empty()) out->push_back(',');
  out->append(raw_key).append(":").append(raw_value);
}

}  // namespace

struct JsonlReader::State {
  explicit State(const ReadOptions& options)
      : text(options.text_field),
        id(options.id_field),
        url(options.url_field),
        added(options.added_field),
        created(options.created_field) {}

  Field* Find(std::string_view raw_key, bool* nested);
  ReadReason ReadMembers(std::string_view line, size_t allocated);
  void TakeMember(std::string_view raw_key, std::string_view raw_value);
  ReadReason ReadLine(std::string_view line, std::string_view padded,
                      Arena* arena);
  ReadReason UnescapeText(bool in_span, Arena* arena);
  std::string_view PlainValue(std::string_view raw, Arena* arena);
  std::string_view Metadata(bool in_span, Arena* arena);

  Field text, id, url, added, created;
  std::unique_ptr<ondemand::parser> parser =
      std::make_unique<ondemand::parser>();
  std::string padded;  // a line at the span's end, with padding

  // Of the line at hand.
  bool object_holds_text = false;
  bool surrogate = false;
  bool duplicate = false;
  std::string_view metadata_raw;
  std::string_view text_value;
  std::string moved;  // reserved names, on their way into the metadata
  std::string extra;
  std::string metadata;
};

// The field that a top-level key fills. *nested: the key is the first part of
// the field's dotted name.
Field* JsonlReader::State::Find(std::string_view raw_key, bool* nested) {
  for (Field* field : {&text, &id, &url, &added, &created}) {
    *nested = false;
    if (JsonKeyIs(raw_key, field->name)) return field;
    *nested = true;
    if (!field->head.empty() && JsonKeyIs(raw_key, field->head)) return field;
  }
  return nullptr;
}

void JsonlReader::State::TakeMember(std::string_view raw_key,
                                    std::string_view raw_value) {
  bool nested = false;
  Field* field = Find(raw_key, &nested);
  if (field != nullptr && !nested) {
    // The first of equal keys wins.
    duplicate |= !field->raw.empty();
    if (field->raw.empty()) field->raw = raw_value;
    return;
  }
  if (field != nullptr) {
    // Several dotted fields may share their first part.
    bool holds_text = false;
    for (Field* f : {&text, &id, &url, &added, &created}) {
      if (f->head.empty() || !JsonKeyIs(raw_key, f->head)) continue;
      const std::string_view found = FindPath(raw_value, f->tail);
      if (found.empty() || !f->raw.empty()) continue;
      f->raw = found;
      holds_text |= f == &text;
    }
    if (holds_text) return;
  }
  if (JsonKeyIs(raw_key, "metadata") && raw_value.front() == '{') {
    duplicate |= !metadata_raw.empty();
    if (metadata_raw.empty()) metadata_raw = raw_value;
    return;
  }
  for (const std::string_view name : kReserved) {
    if (JsonKeyIs(raw_key, name)) {
      AppendMember(raw_key, raw_value, &moved);
      return;
    }
  }
  AppendMember(raw_key, raw_value, &extra);
}

// Walks the line's top level. simdjson checks its shape, UTF-8 and the strings'
// ends; ScanJsonValue() checks each value.
ReadReason JsonlReader::State::ReadMembers(std::string_view line,
                                           size_t allocated) {
  const char* const line_end = line.data() + line.size();
  ondemand::document doc;
  if (parser->iterate(line.data(), line.size(), allocated).get(doc)) {
    return ReadReason::kJsonInvalid;
  }
  ondemand::object object;
  if (doc.get_object().get(object)) return ReadReason::kJsonInvalid;
  for (auto result : object) {
    ondemand::field member;
    if (std::move(result).get(member)) return ReadReason::kJsonInvalid;
    const char* const key = member.key().raw() - 1;
    size_t key_end = 0;
    const std::string_view from_key(key, static_cast<size_t>(line_end - key));
    if (ScanJsonValue(from_key, &key_end) != JsonScan::kOk) {
      return ReadReason::kJsonInvalid;
    }
    const std::string_view raw_key = from_key.substr(0, key_end);
    std::string_view raw = member.value().raw_json_token();
    while (!raw.empty() && IsJsonSpace(raw.back())) raw.remove_suffix(1);
    const bool is_string = raw.size() >= 2 && raw.front() == '"';
    // The text's escapes are checked where they are decoded.
    if (!is_string || (HasEscape(raw) && !JsonKeyIs(raw_key, text.name))) {
      raw = {raw.data(), static_cast<size_t>(line_end - raw.data())};
      size_t end = 0;
      if (ScanJsonValue(raw, &end) != JsonScan::kOk) {
        return ReadReason::kJsonInvalid;
      }
      // simdjson looks at no more of a number than its first byte.
      const size_t next = raw.find_first_not_of(" \t\r\n", end);
      if (next == std::string_view::npos ||
          (raw[next] != ',' && raw[next] != '}')) {
        return ReadReason::kJsonInvalid;
      }
      raw = raw.substr(0, end);
    }
    TakeMember(raw_key, raw);
  }
  // Anything behind the object?
  const char* behind = nullptr;
  if (doc.current_location().get(behind) != simdjson::OUT_OF_BOUNDS) {
    return ReadReason::kJsonInvalid;
  }
  return ReadReason::kCount;
}

ReadReason JsonlReader::State::UnescapeText(bool in_span, Arena* arena) {
  const std::string_view raw = text.raw;
  if (raw.empty() || raw.front() != '"') return ReadReason::kJsonNoText;
  const std::string_view inner = raw.substr(1, raw.size() - 2);
  if (in_span && !HasEscape(inner)) {
    text_value = inner;
    return ReadReason::kCount;
  }
  // simdjson stores a register at a time, beyond the end.
  const size_t room = inner.size() + simdjson::SIMDJSON_PADDING;
  char* const out = arena->Allocate(room);
  auto* end = reinterpret_cast<uint8_t*>(out);
  const ondemand::raw_json_string raw_string(
      reinterpret_cast<const uint8_t*>(inner.data()));
  std::string_view value;
  if (parser->unescape(raw_string, end).get(value)) {
    char* const mended_end = UnescapeJson(inner, out, &surrogate);
    if (mended_end == nullptr) {
      arena->ShrinkLast(out, 0);
      return ReadReason::kJsonInvalid;
    }
    value = {out, static_cast<size_t>(mended_end - out)};
  }
  arena->ShrinkLast(out, value.size());
  text_value = value;
  return ReadReason::kCount;
}

ReadReason JsonlReader::State::ReadLine(std::string_view line,
                                        std::string_view padded_line,
                                        Arena* arena) {
  for (Field* f : {&text, &id, &url, &added, &created}) f->raw = {};
  metadata_raw = text_value = {};
  moved.clear();
  extra.clear();
  surrogate = duplicate = false;
  ReadReason reason = ReadMembers(line, padded_line.size());
  if (reason != ReadReason::kCount) return reason;
  reason = UnescapeText(padded_line.data() != padded.data(), arena);
  if (reason != ReadReason::kCount) return reason;
  return IsBlank(text_value) ? ReadReason::kTextEmpty : ReadReason::kCount;
}

// A string unescaped, a number or word as it stands, null as nothing.
std::string_view JsonlReader::State::PlainValue(std::string_view raw,
                                                Arena* arena) {
  if (raw.empty() || raw == "null" || raw.front() == '{' ||
      raw.front() == '[') {
    return {};
  }
  if (raw.front() != '"') return arena->Copy(raw);
  raw = raw.substr(1, raw.size() - 2);
  if (raw.empty()) return {};
  char* const out = arena->Allocate(raw.size());
  char* const end = UnescapeJson(raw, out, &surrogate);
  // The scan has checked the escapes.
  const size_t length = end == nullptr ? 0 : static_cast<size_t>(end - out);
  arena->ShrinkLast(out, length);
  return {out, length};
}

// The members of `metadata` as they stand, and what was moved there. Its `url`
// is the document's where it has no other.
std::string_view JsonlReader::State::Metadata(bool in_span, Arena* arena) {
  std::string_view inner;
  if (!metadata_raw.empty()) {
    inner = metadata_raw.substr(1, metadata_raw.size() - 2);
    if (url.raw.empty()) url.raw = FindPath(metadata_raw, "url");
  }
  if (moved.empty()) return in_span ? inner : arena->Copy(inner);
  metadata.assign(IsBlank(inner) ? std::string_view() : inner);
  moved.insert(0, 1, '{').push_back('}');
  for (JsonMembers members(moved); members.Next();) {
    bool taken = false;
    if (!metadata_raw.empty()) {
      for (JsonMembers old(metadata_raw); old.Next();) {
        taken |= old.raw_key() == members.raw_key();
      }
    }
    duplicate |= taken;
    if (!taken) AppendMember(members.raw_key(), members.raw_value(), &metadata);
  }
  return arena->Copy(metadata);
}

JsonlReader::JsonlReader(const ReadOptions& options)
    : state_(std::make_unique<State>(options)) {}
JsonlReader::~JsonlReader() = default;

void JsonlReader::Read(const RecordSpan& span, ReadSink* sink) {
  State& s = *state_;
  const std::string_view bytes = span.bytes;
  size_t at = 0;
  if (span.decoded_offset == 0 && bytes.substr(0, kBom.size()) == kBom) {
    sink->Framing(kBom.size());
    at = kBom.size();
  }
  while (at < bytes.size()) {
    const size_t feed = bytes.find('\n', at);
    const size_t next =
        feed == std::string_view::npos ? bytes.size() : feed + 1;
    const std::string_view line = bytes.substr(at, next - at);
    const uint64_t offset = span.decoded_offset + at;
    std::string_view with_padding = bytes.substr(at);
    at = next;
    if (IsBlank(line)) {
      sink->Framing(line.size());
      continue;
    }
    std::string_view read = line;
    uint64_t rank = offset;
    if (span.format == Format::kParquet) {
      const size_t skipped = TakeRow(line, &rank);
      read.remove_prefix(skipped);
      with_padding.remove_prefix(skipped);
    }
    const std::string_view in_place = read;
    if (with_padding.size() < read.size() + simdjson::SIMDJSON_PADDING) {
      s.padded.assign(read);
      s.padded.append(simdjson::SIMDJSON_PADDING, '\0');
      with_padding = s.padded;
      read = with_padding.substr(0, read.size());
    }
    Arena& arena = sink->arena();
    const ReadReason reason = s.ReadLine(read, with_padding, &arena);
    if (reason != ReadReason::kCount) {
      sink->Unreadable(reason, rank, line.size());
    } else {
      const bool in_span = read.data() == in_place.data();
      const std::string_view metadata = s.Metadata(in_span, &arena);
      Document& document = sink->Add(line.size());
      document.text = s.text_value;
      document.file = span.file;
      document.offset = rank;
      document.native_id = s.PlainValue(s.id.raw, &arena);
      document.url = s.PlainValue(s.url.raw, &arena);
      document.host = UrlHost(document.url, &arena);
      document.added = s.PlainValue(s.added.raw, &arena);
      document.created = s.PlainValue(s.created.raw, &arena);
      document.metadata = metadata;
      document.extra = arena.Copy(s.extra);
      if (s.surrogate) sink->Mended("json_lone_surrogate");
      if (s.duplicate) sink->Mended("json_duplicate_key");
    }
    if (line.size() > kGiantLine) {
      s.parser = std::make_unique<ondemand::parser>();
      s.padded = std::string();
    }
  }
}

}  // namespace winnow
