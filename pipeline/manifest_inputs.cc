// SPDX-License-Identifier: Apache-2.0
#include "pipeline/manifest_inputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <tuple>

#include "pipeline/error.h"
#include "pipeline/json_reader.h"
#include "pipeline/json_writer.h"
#include "pipeline/read/path_escape.h"
#include "pipeline/run_key.h"

namespace winnow {
namespace {

constexpr size_t kEdgeBytes = 4096;
constexpr uint64_t kInputsSchema = 1;

size_t ReadAt(int fd, char* out, size_t n, uint64_t at) {
  size_t done = 0;
  while (done < n) {
    const ssize_t got =
        ::pread(fd, out + done, n - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<size_t>(got);
  }
  return done;
}

// What cannot be read has neither edges nor time: the source counts it when
// its turn comes.
void Probe(ManifestInput* input) {
  if (input->os_path == "-") return;
  // Without O_NONBLOCK a FIFO would hold us until someone writes to it.
  const int fd =
      ::open(input->os_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return;
  struct stat st {};
  if (::fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
    char buffer[2 * kEdgeBytes];
    const size_t head = ReadAt(fd, buffer, kEdgeBytes, 0);
    size_t tail = 0;
    if (input->bytes > kEdgeBytes) {
      tail = ReadAt(fd, buffer + head, kEdgeBytes, input->bytes - kEdgeBytes);
    }
    input->edges = HexDigits(HashBytes128({buffer, head + tail}));
    char text[48];
    std::snprintf(text, sizeof text, "%lld.%09ld",
                  static_cast<long long>(st.st_mtim.tv_sec),
                  static_cast<long>(st.st_mtim.tv_nsec));
    input->mtime = text;
  }
  ::close(fd);
}

void AppendField(std::string_view value, std::string* out) {
  out->append(std::to_string(value.size())).append(":").append(value);
}

}  // namespace

std::string InputIdentity(const ManifestInput& input) {
  return input.path.empty() ? input.label : input.label + "/" + input.path;
}

std::vector<ManifestInput> ProbeInputs(const std::vector<SourceFile>& files) {
  std::vector<ManifestInput> inputs;
  inputs.reserve(files.size());
  for (const SourceFile& file : files) {
    inputs.push_back({file.label, file.path, file.os_path, file.bytes, "", ""});
    Probe(&inputs.back());
  }
  return inputs;
}

std::string InputsHash(const std::vector<ManifestInput>& inputs) {
  std::string text;
  for (const ManifestInput& input : inputs) {
    AppendField(input.label, &text);
    AppendField(input.path, &text);
    AppendField(std::to_string(input.bytes), &text);
    AppendField(input.edges, &text);
  }
  return HexDigits(HashBytes128(text));
}

std::string FirstDifference(const std::vector<ManifestInput>& before,
                            const std::vector<ManifestInput>& now) {
  for (size_t i = 0; i < before.size() && i < now.size(); ++i) {
    const ManifestInput& a = before[i];
    const ManifestInput& b = now[i];
    const std::string name = InputIdentity(a);
    if (a.label != b.label || a.path != b.path) {
      // Both lists are sorted: the smaller name has no partner.
      const bool gone = std::tie(a.label, a.path) < std::tie(b.label, b.path);
      return gone ? name + " is gone" : InputIdentity(b) + " is new";
    }
    if (a.bytes != b.bytes) {
      return name + " had " + std::to_string(a.bytes) + " bytes and has " +
             std::to_string(b.bytes);
    }
    if (a.edges != b.edges) return name + " has another content";
  }
  if (before.size() > now.size()) {
    return InputIdentity(before[now.size()]) + " is gone";
  }
  if (now.size() > before.size()) {
    return InputIdentity(now[before.size()]) + " is new";
  }
  return "";
}

std::string InputsToJson(const std::vector<ManifestInput>& inputs) {
  std::string out;
  JsonWriter w(&out);
  w.BeginObject();
  w.Key("winnow_inputs").Number(kInputsSchema);
  w.Key("files").BeginArray();
  for (const ManifestInput& i : inputs) {
    out.push_back('\n');
    w.BeginObject();
    w.Key("label").String(i.label);
    w.Key("path").String(i.path);
    w.Key("os_path").String(EscapePath(i.os_path));
    w.Key("bytes").Number(i.bytes);
    w.Key("edges").String(i.edges);
    w.Key("mtime").String(i.mtime);
    w.EndObject();
  }
  w.EndArray();
  w.EndObject();
  out.push_back('\n');
  return out;
}

std::vector<ManifestInput> InputsFromJson(std::string_view text) {
  const JsonValue json = JsonValue::Parse(text, "inputs.json");
  const JsonValue* schema = json.Find("winnow_inputs");
  if (schema == nullptr || schema->Uint() != kInputsSchema) {
    throw Error(ErrorKind::kCorruption,
                "inputs.json: not of this winnow: start again in a new folder");
  }
  std::vector<ManifestInput> inputs;
  for (const JsonValue& i : json.at("files").elements()) {
    inputs.push_back({i.at("label").String(), i.at("path").String(),
                      UnescapePath(i.at("os_path").String()),
                      i.at("bytes").Uint(), i.at("edges").String(),
                      i.at("mtime").String()});
  }
  return inputs;
}

}  // namespace winnow
