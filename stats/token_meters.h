// SPDX-License-Identifier: Apache-2.0
// The tokenizers of stats/tokens as the pipeline asks for them.
#ifndef WINNOW_STATS_TOKEN_METERS_H_
#define WINNOW_STATS_TOKEN_METERS_H_

#include <memory>
#include <string>
#include <vector>

#include "pipeline/token_meter.h"

namespace winnow {

// Loads the vocabularies; throws what TokenCounter throws.
std::unique_ptr<Tokenizers> LoadTokenizers(
    const std::vector<std::string>& names, const std::string& data_dir);

}  // namespace winnow

#endif  // WINNOW_STATS_TOKEN_METERS_H_
