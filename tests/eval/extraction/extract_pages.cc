// SPDX-License-Identifier: Apache-2.0
// Runs main-content extraction over files, for the scorers and the training.
//
//   winnow_extract_pages MODE FILE...    a JSON line a page: {"id", "text"}
//   winnow_extract_pages features OUT FILE...   see train.py; '-' reads the
//                                               names from standard input
//
// The id is the file's name up to its first dot. Files are plain or gzip.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

#include "pipeline/json_writer.h"
#include "pipeline/read/html/block_builder.h"
#include "pipeline/read/html/block_features.h"
#include "pipeline/read/html/html_text.h"
#include "pipeline/read/html/main_content.h"
#include "pipeline/read/html/tokenizer.h"

namespace winnow::html {
namespace {

std::string ReadPage(const char* path) {
  gzFile file = gzopen(path, "rb");
  std::string bytes;
  char buffer[1 << 16];
  int n = 0;
  while (file != nullptr && (n = gzread(file, buffer, sizeof buffer)) > 0) {
    bytes.append(buffer, static_cast<size_t>(n));
  }
  if (file != nullptr) gzclose(file);
  return bytes;
}

std::string IdOf(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return std::string(path.substr(0, path.find('.')));
}

template <typename T>
void Write(std::ofstream& out, T value) {
  out.write(reinterpret_cast<const char*>(&value), sizeof value);
}

void WriteString(std::ofstream& out, std::string_view s) {
  Write(out, static_cast<uint32_t>(s.size()));
  out.write(s.data(), static_cast<std::streamsize>(s.size()));
}

// Where the second pass looks: ranges of blocks around, section, groups.
void WriteLinks(std::ofstream& out, const PageContext& context,
                const Block& block) {
  const auto& elements = context.page->elements();
  uint32_t a = block.element;
  if (elements[a].sums.blocks <= 1) a = context.up[a];
  for (int level = 0; level < 4; ++level) {
    Write(out, elements[a].first_block);
    Write(out, elements[a].end_block);
    a = context.up[a];
  }
  const auto index =
      static_cast<size_t>(&block - context.page->blocks().data());
  Write(out, context.section_of[index]);
  uint32_t r = context.repeated[block.element];
  for (int level = 0; level < 2; ++level) {
    Write(out, r == kNoIndex ? kNoIndex : context.group_of[r]);
    Write(out, r == kNoIndex ? kNoIndex : r);
    if (r != kNoIndex) r = context.repeated[elements[r].parent];
  }
}

// Leaves out blocks, as if the page had been written without them.
void DropBlocks(const std::vector<uint32_t>& dropped, BlockBuilder* page) {
  auto& blocks = page->blocks();
  std::vector<uint32_t> map(blocks.size() + 1);
  size_t next = 0;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < blocks.size(); ++i) {
    map[i] = kept;
    if (next < dropped.size() && dropped[next] == i) {
      ++next;
    } else {
      blocks[kept++] = blocks[i];
    }
  }
  map[blocks.size()] = kept;
  blocks.resize(kept);
  for (Element& element : page->elements()) {
    element.first_block = map[element.first_block];
    element.end_block = map[element.end_block];
  }
}

// "FILE,BLOCK,BLOCK..." is FILE without those blocks.
std::vector<uint32_t> SplitDropped(std::string* path) {
  std::vector<uint32_t> dropped;
  size_t at = path->find(',');
  const size_t name_end = at;
  while (at != std::string::npos) {
    dropped.push_back(static_cast<uint32_t>(
        std::strtoul(path->c_str() + at + 1, nullptr, 10)));
    at = path->find(',', at + 1);
  }
  path->resize(std::min(path->size(), name_end));
  return dropped;
}

// names; then for each page: id, title, blocks; for each block: text, break,
// features.
int Features(int argc, char** argv) {
  std::ofstream out(argv[2], std::ios::binary);
  const std::vector<std::string> names = FeatureNames();
  Write(out, static_cast<uint32_t>(names.size()));
  for (const std::string& name : names) WriteString(out, name);
  BlockBuilder builder;
  Tokenizer<BlockBuilder> tokenizer(&builder);
  PageContext context;
  std::vector<float> features;
  std::vector<std::string> paths(argv + 3, argv + argc);
  if (paths.size() == 1 && paths[0] == "-") {
    paths.clear();
    for (std::string line; std::getline(std::cin, line);) paths.push_back(line);
  }
  for (std::string& path : paths) {
    const std::vector<uint32_t> dropped = SplitDropped(&path);
    const std::string page = ReadPage(path.c_str());
    builder.Begin(page.size());
    tokenizer.Run(page);
    builder.Finish();
    if (!dropped.empty()) DropBlocks(dropped, &builder);
    context.Prepare(&builder);
    ComputeFeatures(context, &features);
    WriteString(out, IdOf(path));
    WriteString(out, builder.meta().title);
    Write(out, static_cast<uint32_t>(builder.blocks().size()));
    const float* row = features.data();
    for (const Block& block : builder.blocks()) {
      WriteString(out, builder.TextOf(block));
      Write(out, static_cast<uint32_t>(block.before));
      WriteLinks(out, context, block);
      out.write(reinterpret_cast<const char*>(row),
                static_cast<std::streamsize>(names.size() * sizeof(float)));
      row += names.size();
    }
  }
  return out.good() ? 0 : 1;
}

HtmlMode ModeOf(std::string_view mode) {
  if (mode == "precision") return HtmlMode::kPrecision;
  if (mode == "recall") return HtmlMode::kRecall;
  if (mode == "all_text") return HtmlMode::kAllText;
  return HtmlMode::kMainContent;
}

int Extract(int argc, char** argv) {
  MainContent extractor;
  MainContentOptions options;
  options.mode = ModeOf(argv[1]);
  std::string text;
  std::string line;
  HtmlMeta meta;
  for (int i = 2; i < argc; ++i) {
    if (!extractor.Extract(ReadPage(argv[i]), options, &text, &meta)) {
      text.clear();
    }
    line = "{\"id\":";
    AppendJsonString(IdOf(argv[i]), &line);
    line += ",\"text\":";
    AppendJsonString(text, &line);
    line += "}\n";
    std::cout << line;
  }
  return 0;
}

}  // namespace
}  // namespace winnow::html

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string_view mode = argv[1];
  if (mode == "features") return winnow::html::Features(argc, argv);
  return winnow::html::Extract(argc, argv);
}
