// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/main_content.h"

#include <algorithm>
#include <vector>

#include "pipeline/read/html/block_builder.h"
#include "pipeline/read/html/block_decision.h"
#include "pipeline/read/html/block_features.h"
#include "pipeline/read/html/block_model.h"
#include "pipeline/read/html/html_text.h"
#include "pipeline/read/html/html_text_references.h"
#include "pipeline/read/html/tokenizer.h"

namespace winnow {
namespace {

using html::BlockBreak;

// Spaces collapsed, references resolved.
void AppendClean(std::string_view raw, bool resolve, std::string* scratch,
                 std::string* out) {
  scratch->clear();
  if (resolve) {
    AppendResolved(raw, scratch);
    raw = *scratch;
  }
  out->clear();
  bool space = false;
  for (const char c : raw) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
      space = true;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20) continue;
    if (space && !out->empty()) out->push_back(' ');
    space = false;
    out->push_back(c);
  }
}

// Whole characters only.
void Shorten(size_t bytes, std::string* text) {
  if (text->size() <= bytes) return;
  while (bytes > 0 && ((*text)[bytes] & 0xC0) == 0x80) --bytes;
  text->resize(bytes);
}

}  // namespace

struct MainContent::Scratch {
  Scratch() : tokenizer(&builder) {}

  void Write(std::string* text) const;
  void Meta(HtmlMeta* meta);

  html::BlockBuilder builder;
  html::Tokenizer<html::BlockBuilder> tokenizer;
  html::PageContext context;
  html::BlockModel model;
  std::vector<float> features;
  std::vector<uint16_t> probabilities;
  std::vector<uint8_t> keep;
  std::string resolved;
};

// The blocks that are kept, with the strongest of the breaks between them.
void MainContent::Scratch::Write(std::string* text) const {
  const auto& blocks = builder.blocks();
  text->clear();
  BlockBreak between = BlockBreak::kNone;
  for (size_t i = 0; i < blocks.size(); ++i) {
    between = std::max(between, blocks[i].before);
    if (keep[i] == 0) continue;
    if (!text->empty()) {
      switch (between) {
        case BlockBreak::kCell:
          text->push_back('\t');
          break;
        case BlockBreak::kBlank:
          text->append("\n\n");
          break;
        case BlockBreak::kNone:
          text->push_back(' ');
          break;
        case BlockBreak::kLine:
          text->push_back('\n');
          break;
      }
    }
    text->append(builder.TextOf(blocks[i]));
    between = BlockBreak::kNone;
  }
}

void MainContent::Scratch::Meta(HtmlMeta* meta) {
  const html::HeadMeta& head = builder.meta();
  const auto set = [&](std::string_view value, bool resolve,
                       std::string* field) {
    AppendClean(value, resolve, &resolved, field);
    Shorten(2048, field);
  };
  set(head.title, false, &meta->title);
  set(head.lang, true, &meta->lang);
  set(head.canonical, true, &meta->canonical);
  set(head.published, true, &meta->date);
  set(head.robots, true, &meta->robots);
}

bool ParseHtmlMode(std::string_view name, HtmlMode* mode) {
  struct Row {
    std::string_view name;
    HtmlMode mode;
  };
  static constexpr Row kRows[] = {{"visible_text", HtmlMode::kVisibleText},
                                  {"main_content", HtmlMode::kMainContent},
                                  {"precision", HtmlMode::kPrecision},
                                  {"recall", HtmlMode::kRecall},
                                  {"all_text", HtmlMode::kAllText}};
  for (const Row& row : kRows) {
    if (row.name == name) {
      *mode = row.mode;
      return true;
    }
  }
  return false;
}

MainContent::MainContent() : scratch_(std::make_unique<Scratch>()) {}
MainContent::~MainContent() = default;

bool MainContent::Extract(std::string_view page,
                          const MainContentOptions& options, std::string* text,
                          HtmlMeta* meta) {
  Scratch& s = *scratch_;
  s.builder.Begin(page.size());
  s.tokenizer.Run(page);
  s.builder.Finish();
  s.Meta(meta);
  if (options.mode == HtmlMode::kAllText) {
    s.keep.assign(s.builder.blocks().size(), 1);
  } else {
    s.context.Prepare(&s.builder);
    html::ComputeFeatures(s.context, &s.features);
    s.model.Score(s.features, s.builder.blocks().size(), &s.probabilities);
    html::DecideBlocks(s.context, options, &s.probabilities, &s.keep);
  }
  s.Write(text);
  return !text->empty();
}

uint64_t MainContent::steps() const {
  return scratch_->tokenizer.steps() + scratch_->builder.blocks().size() +
         scratch_->builder.elements().size();
}

}  // namespace winnow
