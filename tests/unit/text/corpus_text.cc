// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/text/corpus_text.h"

#include <simdjson.h>

#include <fstream>
#include <utility>

#include "tests/corpora.h"

namespace winnow::testing {

std::vector<std::string> CorpusText(std::string_view part,
                                    std::string_view extension,
                                    size_t max_bytes) {
  std::vector<std::string> texts;
  const auto folder = CorpusDir(std::string(part));
  if (!folder) return texts;
  size_t bytes = 0;
  const auto take = [&](std::string text) {
    if (bytes >= max_bytes || !simdjson::validate_utf8(text)) return;
    bytes += text.size();
    texts.push_back(std::move(text));
  };
  for (const auto& path : FilesBelow(*folder, extension)) {
    if (bytes >= max_bytes) break;
    if (extension != ".jsonl") {
      take(ReadWholeFile(path));
      continue;
    }
    std::ifstream in(path, std::ios::binary);
    simdjson::dom::parser parser;
    std::string line;
    while (bytes < max_bytes && std::getline(in, line)) {
      std::string_view text;
      if (parser.parse(line)["text"].get(text) == simdjson::SUCCESS) {
        take(std::string(text));
      }
    }
  }
  return texts;
}

}  // namespace winnow::testing
