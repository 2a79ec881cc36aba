// SPDX-License-Identifier: Apache-2.0
// What CPython computed for the strings of tests/data/text.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/text/analysis.h"

namespace winnow {
namespace {

std::vector<std::string_view> Strings(simdjson::dom::element array) {
  std::vector<std::string_view> strings;
  for (const auto element : array.get_array()) {
    strings.push_back(element.get_string().value());
  }
  return strings;
}

std::vector<std::string_view> Cut(const Analysis& a,
                                  const std::vector<Line>& lines) {
  std::vector<std::string_view> strings;
  for (const Line& line : lines) {
    strings.push_back(a.Slice(line.begin, line.end));
  }
  return strings;
}

TEST(PythonVectorsTest, SplitSplitlinesAndCount) {
  Analyzer analyzer(AnalysisNeeds::Lines() |
                    AnalysisNeeds::Words(Profile::kSpace));
  simdjson::dom::parser parser;
  simdjson::dom::document_stream records;
  ASSERT_EQ(
      parser
          .load_many(WINNOW_SOURCE_DIR "/tests/data/text/python_vectors.jsonl")
          .get(records),
      simdjson::SUCCESS);
  size_t n = 0;
  for (const auto record : records) {
    const std::string_view text = record["text"].get_string().value();
    SCOPED_TRACE("record " + std::to_string(++n));
    const Analysis& a = analyzer.Analyze(text);
    EXPECT_EQ(a.counts.chars, record["chars"].get_uint64().value());
    EXPECT_EQ(a.counts.ellipses, record["ellipses"].get_uint64().value());
    EXPECT_EQ(Cut(a, a.lines), Strings(record["lines"].value()));
    EXPECT_EQ(Cut(a, a.split_lines), Strings(record["splitlines"].value()));
    const Words& words = a.word(Profile::kSpace);
    std::vector<std::string_view> split;
    for (size_t i = 0; i < words.size(); ++i) {
      split.push_back(a.Slice(words.begin[i], words.end[i]));
    }
    EXPECT_EQ(split, Strings(record["split"].value()));
    EXPECT_EQ(a.counts.words, split.size());
  }
  EXPECT_EQ(n, 354U);
}

}  // namespace
}  // namespace winnow
