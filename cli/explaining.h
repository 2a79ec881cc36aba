// SPDX-License-Identifier: Apache-2.0
// Judges documents one by one with a recipe's stages, for `winnow explain`: the
// same judge as in a run, so that an explanation cannot differ from it.
#ifndef WINNOW_CLI_EXPLAINING_H_
#define WINNOW_CLI_EXPLAINING_H_

#include <map>
#include <string>

#include "cli/explanation.h"
#include "pipeline/judge.h"

namespace winnow {

// What a run kept instead of a duplicate, from its clusters.
struct KeptInstead {
  std::string stage;
  std::string id;
  std::string similarity;  // as JSON
};
// By the duplicate's identity.
using Duplicates = std::map<std::string, KeptInstead>;

class Explaining {
 public:
  explicit Explaining(const Recipe& recipe);

  // `duplicates`: what a run decided; null: decide here, in the order of the
  // calls. `d` is judged and may be rewritten.
  Explanation Explain(Document& d, Arena* arena, const Duplicates* duplicates);
  // Of a document that the run has not read: what it is, and no verdict.
  Explanation NotRead(Document& d, Arena* arena, std::string why);

  const StageChain& chain() const { return chain_; }

 private:
  Explanation Begin(Document& d, Arena* arena);
  void Decide(size_t section, Document& d, const Duplicates* duplicates,
              Explanation* e);

  StageChain chain_;
  Judge judge_;
};

}  // namespace winnow

#endif  // WINNOW_CLI_EXPLAINING_H_
