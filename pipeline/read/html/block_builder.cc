// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/block_builder.h"

#include <algorithm>
#include <cstring>

#include "pipeline/read/html/block_measure.h"
#include "pipeline/read/html/block_tags.h"
#include "pipeline/read/html/chars.h"
#include "pipeline/read/html/words.h"

namespace winnow::html {
namespace {

constexpr size_t kMaxMetaBytes = 2048;
constexpr size_t kMaxJsonLd = 32;

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool EqualsLower(std::string_view raw, std::string_view lower) {
  return IsName(raw, lower);
}

// display:none or visibility:hidden, spaces allowed.
bool HidesStyle(std::string_view style) {
  style = style.substr(0, 512);
  for (const std::string_view property : {"display", "visibility"}) {
    size_t at = style.find(property);
    if (at == std::string_view::npos) continue;
    at += property.size();
    while (at < style.size() && (style[at] == ' ' || style[at] == ':')) ++at;
    const std::string_view value = style.substr(at);
    if (value.starts_with("none") || value.starts_with("hidden")) return true;
  }
  return false;
}

bool IsBodyProp(std::string_view value) {
  return value == "articleBody" || value == "text" || value == "description" ||
         value == "mainContentOfPage" || value == "reviewBody" ||
         value == "recipeInstructions" || value == "recipeIngredient";
}

uint64_t Mix(uint64_t h, uint64_t v) {
  h = (h ^ v) * 0x9E3779B97F4A7C15U;
  return h ^ h >> 29;
}

// The first word of a class attribute without its digits, as a hash.
uint64_t HashFirstWord(std::string_view value) {
  uint64_t h = 0;
  size_t i = 0;
  while (i < value.size() && IsSpace(value[i])) ++i;
  for (; i < value.size() && i < 64 && !IsSpace(value[i]); ++i) {
    const char c = value[i];
    if (c >= '0' && c <= '9') continue;
    h = (h + static_cast<unsigned char>(c)) * 0x100000001B3U;
  }
  return h;
}

}  // namespace

// What the attributes of an element say.
struct BlockBuilder::Attributes {
  uint32_t names = 0;
  uint32_t around = 0;
  uint64_t shape = 0;

  void Read(const StartTag& tag) {
    for (const Attribute& a : tag.attributes) {
      const std::string_view n = a.name;
      switch (n.size()) {
        case 2:
          if (EqualsLower(n, "id")) {
            const uint32_t hints = NameHints(a.value);
            names |= hints;
            if (hints == (kArticleName | kContentName)) around |= kInBodyClass;
          }
          break;
        case 4:
          if (EqualsLower(n, "role")) Role(a.value);
          break;
        case 5:
          if (EqualsLower(n, "class")) {
            const uint32_t hints = NameHints(a.value);
            names |= hints;
            constexpr uint32_t kBody = kArticleName | kContentName;
            if ((hints & kBody) == kBody && NamesBody(a.value)) {
              around |= kInBodyClass;
            }
            shape = HashFirstWord(a.value);
          } else if (EqualsLower(n, "style")) {
            if (HidesStyle(a.value)) around |= kInHidden;
          }
          break;
        case 6:
          if (EqualsLower(n, "hidden")) around |= kInHidden;
          break;
        case 8:
          if (EqualsLower(n, "itemprop")) {
            names |= NameHints(a.value);
            if (IsBodyProp(a.value)) around |= kInBodyProp;
          }
          break;
        case 11:
          if (EqualsLower(n, "aria-hidden") && a.value == "true") {
            around |= kInAriaHidden;
          }
          break;
        default:
          break;
      }
    }
  }

  void Role(std::string_view value) {
    names |= NameHints(value);
    if (value == "navigation" || value == "menu" || value == "menubar") {
      around |= kInNav;
    } else if (value == "main") {
      around |= kInMain;
    } else if (value == "article") {
      around |= kInArticle;
    } else if (value == "banner") {
      around |= kInHeader;
    } else if (value == "contentinfo") {
      around |= kInFooter;
    } else if (value == "complementary") {
      around |= kInAside;
    } else if (value == "dialog" || value == "alertdialog") {
      around |= kInDialog;
    }
  }
};

void BlockBuilder::Begin(size_t bytes) {
  // Text cannot outgrow its source but for references and breaks.
  const size_t room = bytes + bytes / 4 + 64;
  if (text_.size() < room) text_.resize(room);
  size_ = block_begin_ = 0;
  block_element_ = 0;
  block_links_ = block_link_chars_ = 0;
  pending_ = BlockBreak::kNone;
  space_ = false;
  breaks_in_row_ = pre_ = skip_ = 0;
  links_open_ = 0;
  in_title_ = in_json_ld_ = false;
  page_bits_ = 0;
  preloaded_ = {};
  for (std::string* s :
       {&meta_.title, &meta_.og_title, &meta_.description, &meta_.lang,
        &meta_.canonical, &meta_.published, &meta_.robots, &meta_.og_url}) {
    s->clear();
  }
  meta_.body_names = 0;
  blocks_.clear();
  elements_.clear();
  open_.clear();
  json_ld_.clear();
  Element root;
  root.tag = TagId::kBody;
  elements_.push_back(root);
}

void BlockBuilder::Text(std::string_view text, const TextInfo& info) {
  if (in_title_) {
    if (meta_.title.size() < kMaxMetaBytes) meta_.title.append(text);
    return;
  }
  if (in_json_ld_) {
    if (!info.decoded) {
      if (!json_ld_.empty() &&
          json_ld_.back().data() + json_ld_.back().size() == text.data()) {
        json_ld_.back() = {json_ld_.back().data(),
                           json_ld_.back().size() + text.size()};
      } else if (json_ld_.size() < kMaxJsonLd) {
        json_ld_.push_back(text);
      }
    }
    return;
  }
  if (skip_ > 0) return;
  if (pre_ > 0) {
    AppendPre(text);
  } else {
    Append(text);
  }
}

void BlockBuilder::Append(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  char* out = text_.data() + size_;
  while (p != end) {
    if (IsSpace(*p)) {
      space_ = true;
      ++p;
      continue;
    }
    if (static_cast<unsigned char>(*p) < 0x20 || *p == 0x7F) {
      ++p;
      continue;
    }
    if (*p == '\xC2' && p + 1 != end && p[1] == '\xA0') {
      space_ = true;
      p += 2;
      continue;
    }
    if (breaks_in_row_ > 0) {
      if (size_ != block_begin_) *out++ = '\n';
      breaks_in_row_ = 0;
    } else if (space_ && size_ != block_begin_) {
      *out++ = ' ';
    }
    space_ = false;
    const char* q = p;
    while (q != end && static_cast<unsigned char>(*q) > ' ' && *q != 0x7F &&
           *q != '\xC2') {
      ++q;
    }
    if (q == p) ++q;  // U+0080 and the like
    std::memcpy(out, p, static_cast<size_t>(q - p));
    out += q - p;
    p = q;
    size_ = static_cast<size_t>(out - text_.data());
  }
}

void BlockBuilder::AppendPre(std::string_view text) {
  breaks_in_row_ = 0;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
      continue;
    }
    text_[size_++] = c;
  }
}

void BlockBuilder::FlushBlock() {
  space_ = false;
  breaks_in_row_ = 0;
  size_t end = size_;
  while (end > block_begin_ && IsSpace(text_[end - 1])) --end;
  if (links_open_ > 0)
    block_link_chars_ += static_cast<uint32_t>(size_ - link_from_);
  if (end > block_begin_) {
    Block block;
    block.begin = static_cast<uint32_t>(block_begin_);
    block.end = static_cast<uint32_t>(end);
    block.element = block_element_;
    block.before = blocks_.empty() ? BlockBreak::kNone : pending_;
    block.links = block_links_;
    block.chars = static_cast<uint32_t>(end - block_begin_);
    block.link_chars = std::min(block_link_chars_, block.chars);
    MeasureBlock(TextOf(block), &block);
    blocks_.push_back(block);
    pending_ = BlockBreak::kNone;
  }
  size_ = end;
  block_begin_ = size_;
  link_from_ = size_;
  block_links_ = links_open_ > 0 ? 1 : 0;
  block_link_chars_ = 0;
}

void BlockBuilder::Break(BlockBreak kind) {
  FlushBlock();
  pending_ = std::max(pending_, kind);
  block_element_ = Innermost();
}

void BlockBuilder::EndLink() {
  if (--links_open_ > 0) return;
  block_link_chars_ += static_cast<uint32_t>(size_ - link_from_);
}

void BlockBuilder::StartLink() {
  if (links_open_++ == 0) link_from_ = size_;
  ++block_links_;
}

// An element of its own for `tag`.
void BlockBuilder::Push(const StartTag& tag, const Attributes& attributes,
                        Open* open) {
  if (elements_.size() >= kMaxElements) return;
  Element e;
  e.tag = tag.id;
  e.parent = open->element;
  const Element& above = elements_[e.parent];
  e.depth = static_cast<uint16_t>(above.depth + 1);
  e.names = attributes.names;
  e.names_above = above.names_above | e.names;
  e.around = above.around | attributes.around | AroundOf(tag.id);
  if (tag.id == TagId::kUnknown) e.around |= kInCustom;
  if (links_open_ > 0) e.around |= kInLink;
  e.shape = static_cast<uint32_t>(Mix(tag.key, attributes.shape) >> 32);
  e.first_block = static_cast<uint32_t>(blocks_.size());
  ++elements_[e.parent].children;
  open->element = static_cast<uint32_t>(elements_.size());
  open->flags |= kOwns;
  elements_.push_back(e);
}

void BlockBuilder::Start(const StartTag& tag) {
  if (tag.ignored) return;
  const TagTrait trait = TraitOf(tag.id, tag.name);
  Open open{Innermost(), tag.id, 0};
  if (skip_ == 0) {
    switch (trait) {
      case TagTrait::kInline:
        if (tag.id == TagId::kA && !tag.childless) {
          StartLink();
          open.flags = kLinkFlag;
        } else if (tag.id == TagId::kSpan && !tag.attributes.empty()) {
          Attributes attributes;
          attributes.Read(tag);
          if ((attributes.around & kInHidden) != 0) {
            Break(BlockBreak::kNone);
            open.flags = kBreaks;
            Push(tag, attributes, &open);
          }
        }
        break;
      case TagTrait::kBreak:
        if (++breaks_in_row_ >= 2) Break(BlockBreak::kBlank);
        break;
      case TagTrait::kVoid:
        if (tag.id == TagId::kImg) ++elements_[open.element].images;
        break;
      case TagTrait::kRule:
        Break(BlockBreak::kBlank);
        break;
      case TagTrait::kHead:
        ReadMeta(tag);
        if (in_title_) open.flags = kTitleFlag;
        if (in_json_ld_) open.flags = kJsonLdFlag;
        if (tag.id == TagId::kScript) open.flags |= kSkips;
        break;
      case TagTrait::kSkip:
        open.flags = kSkips;
        break;
      case TagTrait::kRoot:
        if (tag.id == TagId::kHtml && meta_.lang.empty()) {
          if (const Attribute* lang = tag.Find("lang"); lang != nullptr) {
            meta_.lang.assign(lang->value.substr(0, 64));
          }
        }
        if (tag.id == TagId::kBody) {
          Attributes attributes;
          attributes.Read(tag);
          meta_.body_names = attributes.names;
        }
        break;
      case TagTrait::kBlock: {
        Break(BreakOf(tag.id));
        if (tag.id == TagId::kDiv && preloaded_.empty()) {
          const Attribute* data = tag.Find("data-preloaded");
          if (data != nullptr) preloaded_ = data->value;
        }
        if (tag.childless) break;
        Attributes attributes;
        attributes.Read(tag);
        if (tag.id == TagId::kUnknown) attributes.names |= NameHints(tag.name);
        open.flags = kBreaks;
        if (tag.id == TagId::kPre || tag.id == TagId::kListing ||
            tag.id == TagId::kXmp) {
          open.flags |= kPreFlag;
          ++pre_;
        }
        Push(tag, attributes, &open);
        break;
      }
    }
  }
  if (tag.childless) return;
  if ((open.flags & kSkips) != 0) ++skip_;
  open_.resize(tag.depth);
  open_.push_back(open);
  if ((open.flags & kBreaks) != 0) block_element_ = open.element;
}

void BlockBuilder::End(const EndTag& tag) {
  if (tag.id == TagId::kBr && skip_ == 0) {
    if (++breaks_in_row_ >= 2) Break(BlockBreak::kBlank);
  }
}

void BlockBuilder::Close(const ClosedElement& closed, CloseReason) {
  if (closed.depth >= open_.size()) return;
  const Open open = open_[closed.depth];
  if ((open.flags & kBreaks) != 0) FlushBlock();
  open_.erase(open_.begin() + closed.depth);
  if (open.flags == 0) return;
  if ((open.flags & kSkips) != 0) --skip_;
  if ((open.flags & kPreFlag) != 0) --pre_;
  if ((open.flags & kLinkFlag) != 0) EndLink();
  if ((open.flags & kTitleFlag) != 0) in_title_ = false;
  if ((open.flags & kJsonLdFlag) != 0) in_json_ld_ = false;
  if ((open.flags & kOwns) != 0) {
    elements_[open.element].end_block = static_cast<uint32_t>(blocks_.size());
  }
  if ((open.flags & kBreaks) != 0) Break(BreakOf(open.tag));
}

void BlockBuilder::Finish() {
  FlushBlock();
  elements_[0].end_block = static_cast<uint32_t>(blocks_.size());
  for (const std::string_view json : json_ld_) ReadJsonLd(json);
}

void BlockBuilder::ReadMeta(const StartTag& tag) {
  switch (tag.id) {
    case TagId::kTitle:
      in_title_ = meta_.title.empty() && !tag.childless;
      break;
    case TagId::kScript: {
      const Attribute* type = tag.Find("type");
      in_json_ld_ = type != nullptr && Contains(type->value, "ld+json");
      break;
    }
    case TagId::kMeta: {
      const Attribute* name = tag.Find("property");
      if (name == nullptr) name = tag.Find("name");
      const Attribute* content = tag.Find("content");
      if (name == nullptr || content == nullptr) break;
      const std::string_view value = content->value.substr(0, kMaxMetaBytes);
      if (EqualsLower(name->value, "og:type")) {
        if (value.starts_with("article")) page_bits_ |= kOgArticle;
        if (Contains(value, "product")) page_bits_ |= kOgProduct;
        if (value.starts_with("website")) page_bits_ |= kOgWebsite;
      } else if (EqualsLower(name->value, "og:title")) {
        meta_.og_title.assign(value);
      } else if (EqualsLower(name->value, "og:url")) {
        meta_.og_url.assign(value);
      } else if (EqualsLower(name->value, "description")) {
        meta_.description.assign(value);
      } else if (EqualsLower(name->value, "article:published_time")) {
        meta_.published.assign(value);
        page_bits_ |= kHasPublished;
      } else if (EqualsLower(name->value, "robots")) {
        meta_.robots.assign(value);
      } else if (EqualsLower(name->value, "generator")) {
        for (const std::string_view docs :
             {"Sphinx", "Docusaurus", "mkdocs", "VuePress", "Doxygen",
              "Javadoc", "rustdoc", "Hugo", "Docutils", "VitePress"}) {
          if (Contains(value, docs)) page_bits_ |= kGeneratorDocs;
        }
      }
      break;
    }
    case TagId::kLink: {
      const Attribute* rel = tag.Find("rel");
      const Attribute* href = tag.Find("href");
      if (rel != nullptr && href != nullptr && meta_.canonical.empty() &&
          EqualsLower(rel->value, "canonical")) {
        meta_.canonical.assign(href->value.substr(0, kMaxMetaBytes));
      }
      break;
    }
    default:
      break;
  }
}

// Which kinds of things the page says that it holds: values of "@type".
void BlockBuilder::ReadJsonLd(std::string_view json) {
  struct Kind {
    std::string_view type;
    uint32_t bits;
  };
  static constexpr Kind kKinds[] = {
      {"Article", kLdArticle},      {"NewsArticle", kLdArticle},
      {"BlogPosting", kLdArticle},  {"Report", kLdArticle},
      {"TechArticle", kLdArticle},  {"Product", kLdProduct},
      {"ProductGroup", kLdProduct}, {"ItemList", kLdList},
      {"CollectionPage", kLdList},  {"DiscussionForumPosting", kLdForum},
      {"QAPage", kLdQuestion},      {"FAQPage", kLdQuestion},
      {"VideoObject", kLdVideo},    {"Recipe", kLdRecipe},
  };
  constexpr std::string_view kType = "\"@type\"";
  size_t at = 0;
  while ((at = json.find(kType, at)) != std::string_view::npos) {
    at += kType.size();
    while (at < json.size() && (IsSpace(json[at]) || json[at] == ':' ||
                                json[at] == '[' || json[at] == '"')) {
      ++at;
    }
    const size_t stop = json.find('"', at);
    if (stop == std::string_view::npos) break;
    const std::string_view type = json.substr(at, stop - at);
    for (const Kind& kind : kKinds) {
      if (type == kind.type) page_bits_ |= kind.bits;
    }
    at = stop;
  }
}

}  // namespace winnow::html
