// SPDX-License-Identifier: Apache-2.0
// Tokens of a page to blocks and elements, in one pass with one stack, which
// follows the tokenizer's. Time is linear in the tokens.
#ifndef WINNOW_PIPELINE_READ_HTML_BLOCK_BUILDER_H_
#define WINNOW_PIPELINE_READ_HTML_BLOCK_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/read/html/block.h"
#include "pipeline/read/html/tokenizer.h"

namespace winnow::html {

struct HeadMeta {
  std::string title;  // of the first title element
  std::string og_title;
  std::string description;
  std::string lang;
  std::string canonical;
  std::string published;
  std::string robots;
  std::string og_url;
  uint32_t body_names = 0;  // hints of the body's class and id
};

class BlockBuilder {
 public:
  static constexpr size_t kMaxElements = size_t{1} << 20;

  // Begins a page of `bytes`.
  void Begin(size_t bytes);
  // A sink of the tokenizer.
  void Start(const StartTag& tag);
  void End(const EndTag& tag);
  void Close(const ClosedElement& closed, CloseReason reason);
  void Text(std::string_view text, const TextInfo& info);
  // Closes what is open.
  void Finish();

  const std::vector<Block>& blocks() const { return blocks_; }
  std::vector<Block>& blocks() { return blocks_; }
  const std::vector<Element>& elements() const { return elements_; }
  std::vector<Element>& elements() { return elements_; }
  std::string_view text() const { return {text_.data(), size_}; }
  std::string_view TextOf(const Block& block) const {
    return text().substr(block.begin, block.end - block.begin);
  }
  uint32_t page_bits() const { return page_bits_; }
  const HeadMeta& meta() const { return meta_; }
  // Contents of the JSON-LD scripts, views into the input.
  const std::vector<std::string_view>& json_ld() const { return json_ld_; }
  // Value of data-preloaded of the page, raw.
  std::string_view preloaded() const { return preloaded_; }

 private:
  // An open element, at its depth on the tokenizer's stack.
  struct Open {
    uint32_t element = 0;  // its own, or that around it
    TagId tag = TagId::kUnknown;
    uint8_t flags = 0;
  };
  enum OpenFlags : uint8_t {
    kOwns = 1,  // has an element of its own
    kBreaks = 2,
    kSkips = 4,
    kPreFlag = 8,
    kLinkFlag = 16,
    kTitleFlag = 32,
    kJsonLdFlag = 64,
  };
  struct Attributes;

  void Append(std::string_view text);
  void AppendPre(std::string_view text);
  void Break(BlockBreak kind);
  void FlushBlock();
  void Measure(Block* block);
  uint32_t Innermost() const {
    return open_.empty() ? 0 : open_.back().element;
  }
  void Push(const StartTag& tag, const Attributes& attributes, Open* open);
  void EndLink();
  void StartLink();
  void ReadMeta(const StartTag& tag);
  void ReadJsonLd(std::string_view json);

  std::vector<char> text_;
  size_t size_ = 0;
  size_t block_begin_ = 0;
  uint32_t block_element_ = 0;
  uint32_t block_links_ = 0;
  uint32_t block_link_chars_ = 0;
  size_t link_from_ = 0;
  BlockBreak pending_ = BlockBreak::kNone;
  bool space_ = false;
  int breaks_in_row_ = 0;
  int pre_ = 0;
  int skip_ = 0;
  int links_open_ = 0;
  bool in_title_ = false;
  bool in_json_ld_ = false;
  uint32_t page_bits_ = 0;
  std::string_view preloaded_;
  HeadMeta meta_;
  std::vector<Block> blocks_;
  std::vector<Element> elements_;
  std::vector<Open> open_;
  std::vector<std::string_view> json_ld_;
};

}  // namespace winnow::html

#endif  // WINNOW_PIPELINE_READ_HTML_BLOCK_BUILDER_H_
