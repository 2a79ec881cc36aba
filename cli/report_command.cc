// SPDX-License-Identifier: Apache-2.0
// `winnow report`: the funnel of finished runs, from the run folder alone.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "pipeline/error.h"
#include "pipeline/write/durable_file.h"
#include "stats/funnel.h"
#include "stats/report_page.h"

namespace winnow {

int ReportCommand(const ReportArguments& a) {
  for (const std::string& folder : a.folders) {
    std::string json;
    try {
      json = ReadWholeFile(folder + "/report.json");
    } catch (const Error&) {
      throw Error(ErrorKind::kNotFound,
                  folder +
                      ": no report.json: the run is not done; the same "
                      "`winnow run` command goes on with it");
    }
    if (a.json) {
      Print("{}", json);
      continue;
    }
    const JsonValue report = JsonValue::Parse(json, folder + "/report.json");
    if (a.html) {
      Print("{}", ReportPage(report));
      continue;
    }
    if (a.folders.size() > 1) Print("== {}\n", folder);
    Print("{}", FunnelText(report));
  }
  return 0;
}

}  // namespace winnow
