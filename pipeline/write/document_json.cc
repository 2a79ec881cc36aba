// SPDX-License-Identifier: Apache-2.0
#include "pipeline/write/document_json.h"

#include <cmath>

#include "pipeline/json_writer.h"
#include "pipeline/write/json_members.h"

namespace winnow {
namespace {

void AppendIdentityString(const Document& d, std::string* out) {
  // Labels and paths may hold any byte a file system allows; those that need
  // escaping are rare, so the identity is built in place and checked.
  const size_t start = out->size();
  out->push_back('"');
  d.AppendIdentity(out);
  out->push_back('"');
  for (size_t i = start + 1; i + 1 < out->size(); ++i) {
    const auto c = static_cast<unsigned char>((*out)[i]);
    if (c < 0x20 || c == '"' || c == '\\') {
      const std::string plain = out->substr(start + 1, out->size() - start - 2);
      out->resize(start);
      AppendJsonString(plain, out);
      return;
    }
  }
}

void AppendMember(std::string_view key, std::string_view value,
                  std::string* out) {
  if (value.empty()) return;
  out->push_back(',');
  AppendJsonString(key, out);
  out->push_back(':');
  AppendJsonString(value, out);
}

void AppendSeconds(std::string_view key, int64_t ms, std::string* out) {
  if (ms == kUnmeasured) return;
  out->push_back(',');
  AppendJsonString(key, out);
  out->push_back(':');
  AppendJsonFixed(ms, 3, out);
}

// What winnow itself says in `metadata`; a carried member of that name gives
// way, however it spells it.
bool IsOwnMetadata(const Document& d, const JsonMember& member) {
  const auto is = [&](std::string_view name) {
    return KeySpells(member, name);
  };
  return is("winnow_id") || is("drop_reason") ||
         (!d.url.empty() && is("url")) || (!d.host.empty() && is("host")) ||
         (!d.domain.empty() && is("domain")) ||
         (!d.language.empty() && (is("language") || is("language_score"))) ||
         (d.audio_ms != kUnmeasured && is("duration_seconds")) ||
         (d.speech_ms != kUnmeasured && is("speech_seconds"));
}

bool IsOwnMember(const JsonMember& member) {
  for (const std::string_view name :
       {"id", "text", "source", "added", "created", "metadata"}) {
    if (KeySpells(member, name)) return true;
  }
  return false;
}

// Of equal keys the first: parsers differ in which they take.
template <typename Own>
void AppendCarried(std::string_view members, const Own& own, std::string* out) {
  if (members.empty()) return;
  static thread_local JsonKeySet seen;
  seen.Clear();
  JsonMember member;
  while (NextJsonMember(&members, &member)) {
    if (own(member) || !seen.Insert(member)) continue;
    out->push_back(',');
    AppendWithoutLoneSurrogates(member.whole, out);
  }
}

}  // namespace

void AppendDocumentJson(const Document& d, std::string_view drop_reason,
                        std::string* out) {
  out->append("{\"id\":");
  if (d.native_id.empty()) {
    AppendIdentityString(d, out);
  } else {
    AppendJsonString(d.native_id, out);
  }
  out->append(",\"text\":");
  AppendJsonString(d.text, out);
  out->append(",\"source\":");
  AppendJsonString(d.file->label, out);
  AppendMember("added", d.added, out);
  AppendMember("created", d.created, out);

  out->append(",\"metadata\":{\"winnow_id\":");
  AppendIdentityString(d, out);
  AppendMember("url", d.url, out);
  AppendMember("host", d.host, out);
  AppendMember("domain", d.domain, out);
  if (!d.language.empty()) {
    AppendMember("language", d.language, out);
    out->append(",\"language_score\":");
    const double score = static_cast<double>(d.language_score);
    AppendJsonFixed(std::llround(score * 10000.0), 4, out);
  }
  AppendSeconds("duration_seconds", d.audio_ms, out);
  AppendSeconds("speech_seconds", d.speech_ms, out);
  AppendMember("drop_reason", drop_reason, out);
  AppendCarried(
      d.metadata,
      [&](const JsonMember& member) { return IsOwnMetadata(d, member); }, out);
  out->push_back('}');
  AppendCarried(d.extra, IsOwnMember, out);
  out->append("}\n");
}

}  // namespace winnow
