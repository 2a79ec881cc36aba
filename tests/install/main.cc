// SPDX-License-Identifier: Apache-2.0
// Uses an installed winnow: a function of the pipeline's library, and a filter
// whose setup error says what to do.
#include <cstdio>

#include "filters/language.h"
#include "pipeline/error.h"
#include "pipeline/text/unicode.h"

int main() {
  if (winnow::ToLower(U'\u00C4') != U'\u00E4') return 1;
  winnow::Params params = winnow::DefaultParams(winnow::LanguageSpec().params);
  try {
    winnow::LanguageSpec().make(params, {});
  } catch (const winnow::Error& error) {
    std::puts(error.what());
    return error.exit_code() == 2 ? 0 : 1;
  }
  return 1;
}
