// SPDX-License-Identifier: Apache-2.0
// Seeded random pages, and random damage to them, through the fuzz target.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "pipeline/read/html/tag_id.h"

extern "C" int LLVMFuzzerTestOneInput(  // NOLINT(readability-identifier-naming)
    const uint8_t* data, size_t size);

namespace winnow::html {
namespace {

constexpr std::string_view kScraps[] = {
    "<",          ">",
    "/",          "</",
    "=",          "\"",
    "'",          " ",
    "\n",         "\r",
    "\r\n",       "&",
    "&#",         "&#x",
    "&amp",       "&notin;",
    "&#0;",       "&#xD800;",
    "9999",       ";",
    "<!--",       "-->",
    "--!>",       "<!",
    "<?",         "-",
    "<![CDATA[",  "]]>",
    "<!doctype",  " public \"x\"",
    "a",          "text ",
    "한글",       "漢字",
    "😀",          "é",
    "\xC2\xA0",   "class=\"x y\"",
    " a=b",       "/>",
    "<svg>",      "</svg>",
    "<math>",     "<mi>",
    "<script>",   "</script>",
    "<title>",    "</title>",
    "<textarea",  "</textarea>",
    "<table>",    "<td>",
    "<template>", "</template>",
};

class Pages {
 public:
  explicit Pages(uint32_t seed) : random_(seed) {}

  size_t Below(size_t n) { return random_() % n; }

  std::string Random() {
    std::string page(1, static_cast<char>(Below(8)));
    const size_t parts = Below(60);
    for (size_t i = 0; i < parts; ++i) {
      const size_t kind = Below(10);
      if (kind < 4) {
        page += kScraps[Below(std::size(kScraps))];
      } else if (kind < 9) {
        page += kind < 7 ? "<" : "</";
        page += TagName(static_cast<TagId>(Below(kTagIds)));
        page += ">";
      } else {
        page.append(Below(4), static_cast<char>(Below(256)));
      }
    }
    return page;
  }

  void Damage(std::string* page) {
    for (size_t n = Below(6); n > 0; --n) {
      const size_t at = Below(page->size());
      switch (Below(4)) {
        case 0:
          (*page)[at] = static_cast<char>(Below(256));
          break;
        case 1:
          page->erase(at, Below(20));
          break;
        case 2:
          page->insert(at, kScraps[Below(std::size(kScraps))]);
          break;
        default:
          page->insert(at, page->substr(Below(page->size()), Below(40)));
          break;
      }
      if (page->empty()) page->push_back('\0');
    }
  }

 private:
  std::mt19937 random_;
};

TEST(HtmlFuzzReplayTest, PromisesHold) {
  Pages pages(20261);
  for (int i = 0; i < 20'000; ++i) {
    std::string page = pages.Random();
    for (int k = 0; k < 3; ++k) {
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(page.data()),
                             page.size());
      pages.Damage(&page);
    }
  }
  LLVMFuzzerTestOneInput(nullptr, 0);
}

}  // namespace
}  // namespace winnow::html
