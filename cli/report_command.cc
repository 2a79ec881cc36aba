// SPDX-License-Identifier: Apache-2.0
// `winnow report`: the funnel of finished runs, from the run folder alone.
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "cli/commands.h"
#include "cli/output.h"
#include "pipeline/error.h"
#include "pipeline/write/durable_file.h"
#include "stats/funnel.h"
#include "stats/report_page.h"

namespace winnow {

namespace {

// Says which of the things that can be wrong with a folder is.
std::string ReadReport(const std::string& folder) {
  std::error_code code;
  const auto status = std::filesystem::status(folder, code);
  if (!std::filesystem::exists(status)) {
    throw Error(ErrorKind::kNotFound,
                folder + (code && code != std::errc::no_such_file_or_directory
                              ? ": cannot be read: " + code.message()
                              : ": no such folder"));
  }
  if (!std::filesystem::is_directory(status)) {
    throw Error(ErrorKind::kUsage,
                folder + ": a file: give the output folder of a run");
  }
  const std::string path = folder + "/report.json";
  if (std::filesystem::exists(path, code)) return ReadWholeFile(path);
  if (code) {
    throw Error(ErrorKind::kIo, path + ": " + code.message());
  }
  if (std::filesystem::exists(folder + "/manifest.json", code)) {
    throw Error(ErrorKind::kNotFound,
                folder +
                    ": this run is not done: the same `winnow run` command "
                    "goes on with it");
  }
  throw Error(ErrorKind::kNotFound,
              folder + ": not the output of a run: it has no manifest.json");
}

}  // namespace

int ReportCommand(const ReportArguments& a) {
  const bool several = a.folders.size() > 1;
  // Everything is read before anything is printed: half a JSON array is none.
  std::vector<std::string> texts;
  std::vector<JsonValue> reports;
  for (const std::string& folder : a.folders) {
    texts.push_back(ReadReport(folder));
    reports.push_back(JsonValue::Parse(texts.back(), folder + "/report.json"));
  }
  if (a.json && several) PrintText("[\n");
  for (size_t i = 0; i < reports.size(); ++i) {
    if (a.json) {
      std::string_view text = texts[i];
      const bool comma = several && i + 1 < reports.size();
      while (comma && text.ends_with('\n')) text.remove_suffix(1);
      Print("{}{}", text, comma ? ",\n" : "");
    } else if (a.html) {
      PrintText(ReportPage(reports[i]));
    } else {
      if (several) Print("{}== {}\n", i == 0 ? "" : "\n", a.folders[i]);
      PrintText(FunnelText(reports[i], TerminalColumns(STDOUT_FILENO)));
    }
  }
  if (a.json && several) PrintText("]\n");
  return 0;
}

}  // namespace winnow
