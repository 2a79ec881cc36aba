// SPDX-License-Identifier: Apache-2.0
#include "filters/rule_params.h"

#include <string>

#include "pipeline/error.h"

namespace winnow {

ParamSpec LimitParam(std::string_view key, std::string_view default_value,
                     std::string_view help) {
  return {.key = key,
          .type = ParamType::kFloat,
          .default_value = default_value,
          .help = help,
          .min = 0,
          .nullable = true};
}

ParamSpec ShareParam(std::string_view key, std::string_view default_value,
                     std::string_view help) {
  ParamSpec spec = LimitParam(key, default_value, help);
  spec.max = 1;
  return spec;
}

ParamSpec CountParam(std::string_view key, std::string_view default_value,
                     std::string_view help) {
  ParamSpec spec = LimitParam(key, default_value, help);
  spec.type = ParamType::kInt;
  return spec;
}

ParamSpec SwitchParam(std::string_view key, bool default_value,
                      std::string_view help) {
  return {.key = key,
          .type = ParamType::kBool,
          .default_value = default_value ? "true" : "false",
          .help = help};
}

ParamSpec ProfileParam() {
  return {.key = "profile",
          .type = ParamType::kChoice,
          .default_value = "spacy_en",
          .help =
              "What a word is: spacy_en as the published English recipes "
              "count, space for text of other languages.",
          .choices = "spacy_en|space"};
}

Profile ProfileOf(const Params& params) {
  return params.String("profile") == "space" ? Profile::kSpace
                                             : Profile::kSpacyEn;
}

void RequireOrder(std::string_view stage, const Params& params,
                  std::string_view min_key, std::string_view max_key) {
  const Limit min = params.OptionalFloat(min_key);
  const Limit max = params.OptionalFloat(max_key);
  if (!min || !max || *min <= *max) return;
  throw Error(ErrorKind::kUsage,
              std::string(stage) + ": " + std::string(min_key) + " is above " +
                  std::string(max_key) +
                  ", nothing could pass: swap or change them");
}

}  // namespace winnow
