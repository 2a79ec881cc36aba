// SPDX-License-Identifier: Apache-2.0
// URLs, hosts, registered domains and keys: the cases of tests/data/url, and
// the tests of the public suffix list.
#include "pipeline/url/url.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <fstream>
#include <random>
#include <sstream>

#include "pipeline/error.h"
#include "pipeline/url/public_suffix.h"
#include "pipeline/url/site.h"
#include "pipeline/url/url_key.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

namespace dom = simdjson::dom;

std::string Field(const dom::element& test, const char* name) {
  std::string_view value;
  if (test[name].get(value) != simdjson::SUCCESS) return "?";
  return std::string(value);
}

void ExpectField(const dom::element& test, const char* name,
                 std::string_view got) {
  const std::string want = Field(test, name);
  if (want != "?") {
    EXPECT_EQ(got, want) << name;
  }
}

TEST(UrlTest, Cases) {
  std::ifstream in(std::string(WINNOW_SOURCE_DIR) +
                   "/tests/data/url/url.jsonl");
  dom::parser json;
  std::string line;
  UrlParser parser;
  UrlKey key;
  const PublicSuffixList& list = PublicSuffixList::System();
  int cases = 0;
  while (std::getline(in, line)) {
    const dom::element test = json.parse(line);
    const std::string input = Field(test, "in");
    SCOPED_TRACE(input);
    ++cases;
    Url url;
    const std::string href = Field(test, "href");
    if (!parser.Parse(input, &url)) {
      EXPECT_EQ(href, "?");
      continue;
    }
    EXPECT_EQ(url.href, href);
    ExpectField(test, "scheme", url.scheme);
    ExpectField(test, "credentials", url.credentials);
    ExpectField(test, "host", url.host);
    ExpectField(test, "port", url.port);
    ExpectField(test, "path", url.path);
    ExpectField(test, "query", url.query);
    ExpectField(test, "fragment", url.fragment);
    ExpectField(test, "key", key.Make(url));
    ExpectField(test, "domain",
                list.RegisteredDomain(url.host, PublicSuffixList::Rules::kAll));
    ExpectField(
        test, "icann",
        list.RegisteredDomain(url.host, PublicSuffixList::Rules::kIcann));
  }
  EXPECT_GT(cases, 90);
}

// What was written is read back the same.
TEST(UrlTest, SerialisedUrlsAreStable) {
  std::ifstream in(std::string(WINNOW_SOURCE_DIR) +
                   "/tests/data/url/url.jsonl");
  std::stringstream all;
  all << in.rdbuf();
  const std::string seed = all.str();
  std::mt19937 random(11);
  UrlParser parser;
  int parsed = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string input = random() % 2 != 0 ? "http://" : "";
    input += seed.substr(random() % seed.size(), random() % 40);
    if (random() % 4 == 0) input += static_cast<char>(random());
    Url url;
    if (!parser.Parse(input, &url)) continue;
    ++parsed;
    const std::string href(url.href);
    ASSERT_TRUE(parser.Parse(href, &url)) << input << " -> " << href;
    ASSERT_EQ(url.href, href) << input;
  }
  EXPECT_GT(parsed, 3000);
}

TEST(UrlTest, TooLongIsRefused) {
  UrlParser parser;
  Url url;
  const std::string path(UrlParser::kMaxBytes, 'a');
  EXPECT_FALSE(parser.Parse("http://a.b/" + path, &url));
  EXPECT_TRUE(parser.Parse("http://a.b/" + path.substr(20), &url));
  EXPECT_FALSE(parser.Parse("http://" + path.substr(0, 2000), &url));
  const std::string dots = std::string(30000, '/') + std::string(30000, '.');
  EXPECT_TRUE(parser.Parse("http://a.b" + dots, &url));
}

// tests.txt of the list: `input expected` a line, `null` for none.
void RunSuffixTests(const PublicSuffixList& list,
                    const std::filesystem::path& path) {
  std::istringstream in(testing::ReadWholeFile(path));
  std::string line;
  int checks = 0;
  while (std::getline(in, line)) {
    if (line.empty() || line.starts_with("//")) continue;
    std::istringstream words(line);
    std::string input, expected;
    words >> input >> expected;
    SCOPED_TRACE(line);
    ++checks;
    std::string host, want;
    std::string_view got;
    if (input != "null" && CanonicalDomain(input, &host)) {
      got = list.RegisteredDomain(host, PublicSuffixList::Rules::kAll);
    }
    if (expected != "null") {
      ASSERT_TRUE(CanonicalDomain(expected, &want));
    }
    EXPECT_EQ(got, want);
  }
  EXPECT_EQ(checks, 78);
}

TEST(PublicSuffixTest, TestsOfTheList) {
  const auto dir = testing::CorpusDir("conformance");
  if (!dir) GTEST_SKIP() << "corpus absent: conformance";
  int files = 0;
  for (const auto& path : testing::FilesBelow(*dir, "tests.txt")) {
    if (path.string().find("publicsuffix/tests/") == std::string::npos)
      continue;
    ++files;
    RunSuffixTests(PublicSuffixList::System(), path);
    const auto list_path =
        path.parent_path().parent_path() / "public_suffix_list.dat";
    RunSuffixTests(PublicSuffixList(list_path.string()), path);
  }
  EXPECT_EQ(files, 1);
}

TEST(PublicSuffixTest, OddHosts) {
  const PublicSuffixList& list = PublicSuffixList::System();
  const auto domain = [&](std::string_view host) {
    return list.RegisteredDomain(host, PublicSuffixList::Rules::kAll);
  };
  EXPECT_EQ(domain("example.com."), "example.com");
  EXPECT_EQ(domain("192.168.1.1"), "");
  EXPECT_EQ(domain("[::1]"), "");
  EXPECT_EQ(domain("localhost"), "");
  EXPECT_EQ(domain(""), "");
  EXPECT_EQ(domain("."), "");
  EXPECT_EQ(domain("a..com"), "");
  EXPECT_EQ(domain(".example.com"), "");
  EXPECT_EQ(domain("foo.bar.unknowntld"), "bar.unknowntld");
  EXPECT_EQ(domain(std::string(300, 'a') + ".com"), "");
  EXPECT_FALSE(list.version().empty());
  EXPECT_THROW(PublicSuffixList("/nonexistent/list.dat"), Error);
}

TEST(SiteFinderTest, FillsHostAndDomain) {
  SiteFinder finder;
  Arena arena;
  Document d;
  d.url =
      "https://User@WWW.B\xC3\xBC"
      "cher.example.co.uk:8080/x";
  d.host =
      "www.b\xC3\xBC"
      "cher.example.co.uk";
  finder.Find(&d, &arena);
  EXPECT_EQ(d.host, "www.xn--bcher-kva.example.co.uk");
  EXPECT_EQ(d.domain, "example.co.uk");
  Document bad;
  bad.url = "http://a b/";
  bad.host = "kept";
  finder.Find(&bad, &arena);
  EXPECT_EQ(bad.host, "kept");
  EXPECT_EQ(bad.domain, "");
  Document address;
  address.url = "http://0x7f.1/";
  finder.Find(&address, &arena);
  EXPECT_EQ(address.host, "127.0.0.1");
  EXPECT_EQ(address.domain, "");
}

}  // namespace
}  // namespace winnow
