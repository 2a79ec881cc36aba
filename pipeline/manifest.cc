// SPDX-License-Identifier: Apache-2.0
#include "pipeline/manifest.h"

#include "pipeline/error.h"
#include "pipeline/json_reader.h"
#include "pipeline/json_writer.h"
#include "pipeline/write/durable_file.h"

namespace winnow {
namespace {

constexpr int kManifestSchema = 2;
constexpr const char* kStreamNames[kStreams] = {"data", "dropped"};

void WriteCursor(const Cursor& c, JsonWriter* w) {
  w->BeginObject();
  w->Key("file").Number(static_cast<uint64_t>(c.file));
  w->Key("path").String(c.path);
  w->Key("decoded_offset").Number(c.decoded_offset);
  w->Key("member_offset").Number(c.member_offset);
  w->Key("member_decoded").Number(c.member_decoded);
  w->Key("format").Number(static_cast<uint64_t>(c.format));
  w->Key("decoded_total").Number(c.decoded_total);
  if (!c.header.empty()) w->Key("header").String(c.header);
  w->EndObject();
}

Cursor ReadCursor(const JsonValue& json) {
  Cursor c;
  c.file = static_cast<uint32_t>(json.at("file").Uint());
  c.path = json.at("path").String();
  c.decoded_offset = json.at("decoded_offset").Uint();
  c.member_offset = json.at("member_offset").Uint();
  c.member_decoded = json.at("member_decoded").Uint();
  c.format = static_cast<Format>(json.at("format").Uint());
  c.decoded_total = json.at("decoded_total").Uint();
  if (const JsonValue* header = json.Find("header")) {
    c.header = header->String();
  }
  return c;
}

}  // namespace

std::string Manifest::ToJson() const {
  std::string out;
  JsonWriter w(&out, true);
  w.BeginObject();
  w.Key("winnow_manifest").Number(kManifestSchema);
  w.Key("run_key").String(run_key);
  w.Key("key").BeginObject();
  for (const auto& [name, value] : key) w.Key(name).String(value);
  w.EndObject();
  w.Key("recipe_name").String(recipe_name);
  w.Key("recipe").String(recipe);
  w.Key("done").Bool(done);
  w.Key("cursor");
  if (cursor.has_value()) {
    WriteCursor(*cursor, &w);
  } else {
    w.Null();
  }
  for (size_t s = 0; s < kStreams; ++s) {
    w.Key(kStreamNames[s]).BeginArray();
    for (const PartFile& part : parts[s]) {
      w.BeginObject();
      w.Key("path").String(part.path);
      w.Key("bytes").Number(part.bytes);
      w.Key("documents").Number(part.documents);
      if (!part.xxh3.empty()) w.Key("xxh3_128").String(part.xxh3);
      w.EndObject();
    }
    w.EndArray();
  }
  w.Key("segments").BeginArray();
  for (const SegmentFile& s : segments) {
    w.BeginObject();
    w.Key("path").String(s.path);
    w.Key("bytes").Number(s.bytes);
    w.Key("stage").Number(static_cast<uint64_t>(s.stage));
    w.EndObject();
  }
  w.EndArray();
  w.Key("ledger").Raw(tally.empty() ? "null" : tally);
  w.EndObject();
  out.push_back('\n');
  return out;
}

Manifest Manifest::FromJson(std::string_view text) {
  const JsonValue json = JsonValue::Parse(text, "manifest.json");
  const JsonValue* schema = json.Find("winnow_manifest");
  if (schema == nullptr || schema->Uint() != kManifestSchema) {
    throw Error(ErrorKind::kCorruption,
                "manifest.json: not a manifest of this winnow: start again in "
                "a new folder");
  }
  Manifest m;
  m.run_key = json.at("run_key").String();
  for (const auto& [name, value] : json.at("key").members()) {
    m.key.emplace_back(name, value.String());
  }
  m.recipe_name = json.at("recipe_name").String();
  m.recipe = json.at("recipe").String();
  m.done = json.at("done").Bool();
  if (!json.at("cursor").is_null()) m.cursor = ReadCursor(json.at("cursor"));
  for (size_t s = 0; s < kStreams; ++s) {
    for (const JsonValue& part : json.at(kStreamNames[s]).elements()) {
      const JsonValue* hash = part.Find("xxh3_128");
      m.parts[s].push_back({part.at("path").String(), part.at("bytes").Uint(),
                            part.at("documents").Uint(),
                            hash != nullptr ? hash->String() : ""});
    }
  }
  for (const JsonValue& s : json.at("segments").elements()) {
    m.segments.push_back({s.at("path").String(), s.at("bytes").Uint(),
                          static_cast<uint32_t>(s.at("stage").Uint())});
  }
  if (!json.at("ledger").is_null()) {
    // Kept as text: the tally parses it once the recipe's layout is known.
    m.tally = json.at("ledger").ToJson();
  }
  return m;
}

Manifest Manifest::Load(const std::string& folder) {
  Manifest m = FromJson(ReadWholeFile(folder + "/manifest.json"));
  m.inputs = InputsFromJson(ReadWholeFile(folder + "/inputs.json"));
  for (const auto& [name, value] : m.key) {
    if (name != "inputs" || value == InputsHash(m.inputs)) continue;
    throw Error(ErrorKind::kCorruption,
                folder +
                    "/inputs.json: not what manifest.json says: start "
                    "again in a new folder");
  }
  return m;
}

}  // namespace winnow
