// SPDX-License-Identifier: Apache-2.0
#include "cli/registry.h"

#include "dedup/exact.h"
#include "dedup/minhash.h"
#include "filters/c4.h"
#include "filters/fineweb_quality.h"
#include "filters/gopher_quality.h"
#include "filters/gopher_repetition.h"
#include "filters/language.h"
#include "filters/url.h"

namespace winnow {

const Registry& AllStages() {
  static const Registry stages = {
      &UrlSpec(),               //
      &LanguageSpec(),          //
      &GopherRepetitionSpec(),  //
      &GopherQualitySpec(),     //
      &C4Spec(),                //
      &FinewebQualitySpec(),    //
      &ExactSpec(),             //
      &MinhashSpec(),           //
  };
  return stages;
}

}  // namespace winnow
