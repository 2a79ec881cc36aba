// SPDX-License-Identifier: Apache-2.0
// Decoding of charsets and parsing of URLs over real text: Debian's
// installation guide, turned into legacy encodings by ICU.
#include <benchmark/benchmark.h>
#include <unicode/ucnv.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "filters/url.h"
#include "pipeline/read/charset/charset.h"
#include "pipeline/read/charset/detect.h"
#include "pipeline/read/charset/legacy.h"
#include "pipeline/text/utf8.h"
#include "pipeline/url/public_suffix.h"
#include "pipeline/url/site.h"
#include "pipeline/url/url_key.h"
#include "tests/corpora.h"

namespace winnow {
namespace {

const std::string& Guide(const std::string& language) {
  static std::map<std::string, std::string> texts;
  std::string& text = texts[language];
  const std::filesystem::path dir =
      "/usr/share/doc/installation-guide-amd64/" + language;
  if (text.empty() && std::filesystem::exists(dir)) {
    for (const auto& path : testing::FilesBelow(dir, ".html")) {
      text += testing::TextBetweenTags(testing::ReadWholeFile(path));
    }
  }
  return text;
}

// The text in the encoding of ICU's name.
std::string Encoded(const std::string& text, const char* icu) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(icu, &error);
  std::string out(text.size() * 2 + 16, '\0');
  const int32_t n = ucnv_fromAlgorithmic(
      converter, UCNV_UTF8, out.data(), static_cast<int32_t>(out.size()),
      text.data(), static_cast<int32_t>(text.size()), &error);
  ucnv_close(converter);
  out.resize(static_cast<size_t>(n));
  return out;
}

struct Case {
  const char* language;
  const char* icu;
  const char* name;
};
constexpr Case kCases[] = {{"ko", "windows-949", "euc-kr"},
                           {"ja", "windows-31j", "shift_jis"},
                           {"ja", "EUC-JP", "euc-jp"},
                           {"zh_CN", "gb18030", "gb18030"},
                           {"ru", "windows-1251", "windows-1251"},
                           {"de", "windows-1252", "windows-1252"}};

bool Load(benchmark::State& state, const Case& c, std::string* bytes) {
  if (Guide(c.language).empty()) {
    state.SkipWithError("package installation-guide-amd64 absent");
    return false;
  }
  *bytes = Encoded(Guide(c.language), c.icu);
  state.SetLabel(c.name);
  return true;
}

void Done(benchmark::State& state, size_t bytes) {
  state.SetBytesProcessed(static_cast<int64_t>(bytes) * state.iterations());
}

void BM_DecodeLegacy(benchmark::State& state) {
  const Case& c = kCases[static_cast<size_t>(state.range(0))];
  std::string bytes;
  if (!Load(state, c, &bytes)) return;
  GrowingBuffer out;
  for (auto _ : state) {
    benchmark::DoNotOptimize(DecodeLegacy(bytes, EncodingNamed(c.name), &out));
  }
  Done(state, bytes.size());
}
BENCHMARK(BM_DecodeLegacy)->DenseRange(0, 5);

// The same by ICU's converter, to compare.
void BM_DecodeByIcu(benchmark::State& state) {
  const Case& c = kCases[static_cast<size_t>(state.range(0))];
  std::string bytes;
  if (!Load(state, c, &bytes)) return;
  std::string out(3 * bytes.size() + 16, '\0');
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(c.icu, &error);
  for (auto _ : state) {
    benchmark::DoNotOptimize(ucnv_toAlgorithmic(
        UCNV_UTF8, converter, out.data(), static_cast<int32_t>(out.size()),
        bytes.data(), static_cast<int32_t>(bytes.size()), &error));
  }
  ucnv_close(converter);
  Done(state, bytes.size());
}
BENCHMARK(BM_DecodeByIcu)->DenseRange(0, 5);

// Pages of 16 KiB without a label: validation, detection, decoding.
void BM_DecodeUndeclared(benchmark::State& state) {
  const Case& c = kCases[static_cast<size_t>(state.range(0))];
  std::string bytes;
  if (!Load(state, c, &bytes)) return;
  constexpr size_t kPage = size_t{16} << 10;
  CharsetDecoder decoder;
  for (auto _ : state) {
    for (size_t at = 0; at < bytes.size(); at += kPage) {
      DecodedText decoded;
      benchmark::DoNotOptimize(decoder.Decode(
          std::string_view(bytes).substr(at, kPage), "", false, &decoded));
    }
  }
  Done(state, bytes.size());
}
BENCHMARK(BM_DecodeUndeclared)->DenseRange(0, 5);

void BM_ValidUtf8(benchmark::State& state) {
  const std::string& text = Guide("ko");
  if (text.empty()) {
    state.SkipWithError("package installation-guide-amd64 absent");
    return;
  }
  CharsetDecoder decoder;
  for (auto _ : state) {
    DecodedText decoded;
    benchmark::DoNotOptimize(decoder.Decode(text, "", true, &decoded));
  }
  Done(state, text.size());
}
BENCHMARK(BM_ValidUtf8);

const std::vector<std::string>& Urls() {
  static const std::vector<std::string> urls = {
      "https://www.example.org/2024/05/an-article-about-something.html",
      "http://blog.example.co.uk:80/?p=1234&utm_source=feed#comments",
      "https://user.github.io/project/docs/api/index.html?lang=ko",
      "http://xn--bcher-kva.example/b%C3%BCcher/%ED%95%9C%EA%B8%80",
      "https://shop.example.com/item/../list;jsessionid=1A2B3C?b=2&a=1"};
  return urls;
}

size_t UrlBytes() {
  size_t n = 0;
  for (const std::string& url : Urls()) n += url.size();
  return n;
}

void BM_ParseUrl(benchmark::State& state) {
  UrlParser parser;
  Url url;
  for (auto _ : state) {
    for (const std::string& s : Urls()) {
      benchmark::DoNotOptimize(parser.Parse(s, &url));
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(Urls().size()));
  Done(state, UrlBytes());
}
BENCHMARK(BM_ParseUrl);

// What every document with a URL pays.
void BM_FindSite(benchmark::State& state) {
  SiteFinder finder;
  Arena arena;
  for (auto _ : state) {
    for (const std::string& s : Urls()) {
      Document d;
      d.url = s;
      finder.Find(&d, &arena);
      benchmark::DoNotOptimize(d.domain);
    }
    arena.Reset();
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(Urls().size()));
  Done(state, UrlBytes());
}
BENCHMARK(BM_FindSite);

void BM_UrlStage(benchmark::State& state) {
  const auto stage = UrlSpec().make(DefaultParams(UrlSpec().params), {});
  const auto scratch = stage->NewScratch();
  Arena arena;
  for (auto _ : state) {
    for (const std::string& s : Urls()) {
      Document d;
      d.url = s;
      StageContext context;
      context.arena = &arena;
      context.scratch = scratch.get();
      benchmark::DoNotOptimize(stage->Judge(d, {}, context));
    }
    arena.Reset();
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(Urls().size()));
  Done(state, UrlBytes());
}
BENCHMARK(BM_UrlStage);

}  // namespace
}  // namespace winnow
