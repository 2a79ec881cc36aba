// SPDX-License-Identifier: Apache-2.0
// Runs main-content extraction over files, for the scorers and the training.
//
//   winnow_extract_pages MODE FILE...    a JSON line a page: {"id", "text"}
//   winnow_extract_pages features OUT FILE...   see train.py
//
// The id is the file's name up to its first dot. Files are plain or gzip.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

#include "pipeline/read/html/block_builder.h"
#include "pipeline/read/html/block_features.h"
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
  for (int i = 3; i < argc; ++i) {
    const std::string page = ReadPage(argv[i]);
    builder.Begin(page.size());
    tokenizer.Run(page);
    builder.Finish();
    context.Prepare(&builder);
    ComputeFeatures(context, &features);
    WriteString(out, IdOf(argv[i]));
    WriteString(out, builder.meta().title);
    Write(out, static_cast<uint32_t>(builder.blocks().size()));
    const float* row = features.data();
    for (const Block& block : builder.blocks()) {
      WriteString(out, builder.TextOf(block));
      Write(out, static_cast<uint32_t>(block.before));
      Write(out, block.element);
      out.write(reinterpret_cast<const char*>(row),
                static_cast<std::streamsize>(names.size() * sizeof(float)));
      row += names.size();
    }
  }
  return out.good() ? 0 : 1;
}

}  // namespace
}  // namespace winnow::html

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string_view mode = argv[1];
  if (mode == "features") return winnow::html::Features(argc, argv);
  return 2;
}
