// SPDX-License-Identifier: Apache-2.0
// report.html: the report as one self-contained page, light and dark, without
// script and without network. Everything on it stands in report.json.
#ifndef WINNOW_STATS_REPORT_PAGE_H_
#define WINNOW_STATS_REPORT_PAGE_H_

#include <string>

#include "pipeline/json_reader.h"

namespace winnow {

std::string ReportPage(const JsonValue& report);

}  // namespace winnow

#endif  // WINNOW_STATS_REPORT_PAGE_H_
