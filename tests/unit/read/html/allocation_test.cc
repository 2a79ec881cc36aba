// SPDX-License-Identifier: Apache-2.0
// A tokenizer that has been made allocates nothing, whatever the page.
#include <gtest/gtest.h>

#include <string>

#include "pipeline/read/html/tokenizer.h"
#include "tests/allocation_count.h"

namespace winnow::html {
namespace {

struct Sink {
  void Text(std::string_view text, const TextInfo&) { bytes += text.size(); }
  void Start(const StartTag& tag) { bytes += tag.attributes.size(); }
  void Close(const ClosedElement&, CloseReason) { ++bytes; }
  size_t bytes = 0;
};

TEST(HtmlAllocationTest, NoneForAPage) {
  std::string page;
  for (int i = 0; i < 2'000; ++i) {
    page +=
        "<div class='a &amp; b'><p>x &hellip; &#8212; <b>y</p></b>\r\n"
        "<svg><title>t</title></svg><script>1<2</script><!-- c -->";
  }
  Sink sink;
  Tokenizer<Sink> tokenizer(&sink);
  tokenizer.Run("&amp;");  // the table of names is made at first use
  const size_t before = testing::AllocationCount();
  tokenizer.Run(page);
  EXPECT_EQ(testing::AllocationCount() - before, 0U);
  EXPECT_GT(sink.bytes, page.size() / 10);
}

}  // namespace
}  // namespace winnow::html
