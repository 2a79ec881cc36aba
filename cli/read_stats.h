// SPDX-License-Identifier: Apache-2.0
// What `winnow read --stats` prints: how many records of which type, status,
// media type, charset, and what became of every byte.
#ifndef WINNOW_CLI_READ_STATS_H_
#define WINNOW_CLI_READ_STATS_H_

#include <string>

#include "cli/session.h"
#include "pipeline/tally.h"

namespace winnow {

// For people: sections of rows, the most frequent first.
std::string ReadStatsTable(const Session& session, const Tally& tally);
// For machines: one object, keys sorted.
std::string ReadStatsJson(const Session& session, const Tally& tally);

}  // namespace winnow

#endif  // WINNOW_CLI_READ_STATS_H_
