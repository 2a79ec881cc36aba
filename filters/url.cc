// SPDX-License-Identifier: Apache-2.0
#include "filters/url.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "filters/rule_params.h"
#include "filters/rule_sequence.h"
#include "filters/subwords.h"
#include "filters/url_lists.h"
#include "pipeline/json_writer.h"
#include "pipeline/text/hash.h"
#include "pipeline/url/public_suffix.h"
#include "pipeline/url/url_key.h"
#include "pipeline/write/json_members.h"

namespace winnow {
namespace {

constexpr std::string_view kName = "url";
constexpr std::string_view kKeyMember = "url_key";

enum Reason : unsigned {
  kRobots,
  kDomain,
  kSubdomain,
  kUrl,
  kHardWord,
  kSoftWords,
  kSubword,
};

constexpr std::array kReasons = {
    ReasonSpec{"robots",
               "the page asks robots to stay away (noindex, none, "
               "noai)"},
    ReasonSpec{"domain", "the registered domain is in `domains`"},
    ReasonSpec{"subdomain", "the host is in `domains`"},
    ReasonSpec{"url", "the URL is in `urls`"},
    ReasonSpec{"hard_blacklisted", "a word of the URL is in `banned_words`"},
    ReasonSpec{"soft_blacklisted",
               "soft_words or more different words of the URL are in "
               "`soft_banned_words`"},
    ReasonSpec{"blacklisted_subword",
               "a banned subword occurs in the URL's letters and digits"},
};
constexpr auto kCodes = ReasonCodes(kReasons);

struct Scratch : StageScratch {
  UrlParser parser;
  UrlKey key;
  std::string text;
  std::string word;
  std::vector<uint64_t> seen;  // soft words, by hash
};

bool IsAlnum(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z');
}

// Calls `visit` with each run of ASCII letters and digits, in lower case, until
// it says true.
template <typename Visit>
void ForEachWord(std::string_view s, std::string* word, Visit visit) {
  for (size_t i = 0; i < s.size();) {
    if (!IsAlnum(s[i])) {
      ++i;
      continue;
    }
    word->clear();
    while (i < s.size() && IsAlnum(s[i])) {
      const char c = s[i++];
      word->push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
    if (visit(std::string_view(*word))) return;
  }
}

// The value of a metadata member, quotes and all; or empty.
std::string_view FindMember(std::string_view metadata, std::string_view name) {
  JsonMember member;
  while (NextJsonMember(&metadata, &member)) {
    if (member.key == name) return member.whole.substr(member.key.size() + 3);
  }
  return {};
}

class UrlFilter final : public Stage {
 public:
  explicit UrlFilter(const Params& params)
      : Stage(kName),
        obey_robots_(params.String("robots") == "obey"),
        rules_(params.String("suffixes") == "icann"
                   ? PublicSuffixList::Rules::kIcann
                   : PublicSuffixList::Rules::kAll),
        soft_words_(static_cast<uint64_t>(params.Int("soft_words"))),
        write_key_(params.Bool("write_key")),
        domains_(DomainSet(Load(params, "domains"))),
        urls_(UrlSet(Load(params, "urls"))),
        banned_words_(WordSet(Load(params, "banned_words"))),
        soft_banned_words_(WordSet(Load(params, "soft_banned_words"))),
        subwords_(Load(params, "banned_subwords")) {}

  std::span<const std::string_view> reasons() const override { return kCodes; }
  AnalysisNeeds needs() const override { return AnalysisNeeds::None(); }
  std::unique_ptr<StageScratch> NewScratch() const override {
    return std::make_unique<Scratch>();
  }
  std::string DataVersion() const override { return checksums_; }

  Verdict Judge(Document& document, const Analysis&,
                StageContext& context) const override {
    auto& scratch = static_cast<Scratch&>(*context.scratch);
    RuleSequence rules(kCodes, context.explain);
    if (obey_robots_ &&
        rules.Any(kRobots, RefusesRobots(document.metadata, &scratch))) {
      return rules.verdict();
    }
    if (document.url.empty()) return rules.verdict();
    Url url;
    const bool parsed = scratch.parser.Parse(document.url, &url);
    if ((parsed && JudgeSite(url, &scratch, &rules)) ||
        JudgeWords(document.url, &scratch, &rules)) {
      return rules.verdict();
    }
    if (parsed && write_key_ && rules.verdict().kept()) {
      AppendKey(scratch.key.Make(url), &document, &scratch, context.arena);
    }
    return rules.verdict();
  }

 private:
  std::vector<std::string> Load(const Params& params, std::string_view key) {
    const std::string& path = params.String(key);
    if (path.empty()) return {};
    ListFile file = ReadListFile(key, path);
    checksums_.append(key).append("=").append(file.sha256).append(";");
    return std::move(file.entries);
  }

  uint64_t RefusesRobots(std::string_view metadata, Scratch* scratch) const {
    bool refuses = false;
    ForEachWord(FindMember(metadata, "robots"), &scratch->word,
                [&](std::string_view word) {
                  return refuses = word == "noindex" || word == "none" ||
                                   word == "noai";
                });
    return refuses ? 1 : 0;
  }

  bool JudgeSite(const Url& url, Scratch* scratch, RuleSequence* rules) const {
    if (!domains_.empty()) {
      std::string_view host = url.host;
      if (host.size() > 1 && host.back() == '.') host.remove_suffix(1);
      const std::string_view domain =
          url.host_kind == HostKind::kDomain
              ? PublicSuffixList::System().RegisteredDomain(host, rules_)
              : std::string_view();
      if (rules->Any(kDomain, !domain.empty() && domains_.Has(domain)) ||
          rules->Any(kSubdomain, !host.empty() && domains_.Has(host))) {
        return true;
      }
    }
    if (urls_.empty()) return false;
    scratch->text.clear();
    AppendListedForm(url, &scratch->text);
    return rules->Any(kUrl, urls_.Has(scratch->text));
  }

  bool JudgeWords(std::string_view url, Scratch* scratch,
                  RuleSequence* rules) const {
    if (!banned_words_.empty()) {
      bool found = false;
      ForEachWord(url, &scratch->word, [&](std::string_view word) {
        return found = banned_words_.Has(word);
      });
      if (rules->Any(kHardWord, found)) return true;
    }
    if (!soft_banned_words_.empty() &&
        rules->Above(kSoftWords, AsDouble(CountSoftWords(url, scratch)),
                     AsDouble(soft_words_ - 1))) {
      return true;
    }
    return !subwords_.empty() && rules->Any(kSubword, subwords_.FoundIn(url));
  }

  uint64_t CountSoftWords(std::string_view url, Scratch* scratch) const {
    scratch->seen.clear();
    ForEachWord(url, &scratch->word, [&](std::string_view word) {
      if (!soft_banned_words_.Has(word)) return false;
      const uint64_t hash = Hash64(word);
      auto& seen = scratch->seen;
      if (std::find(seen.begin(), seen.end(), hash) == seen.end()) {
        seen.push_back(hash);
      }
      return seen.size() >= soft_words_;
    });
    return scratch->seen.size();
  }

  static void AppendKey(std::string_view key, Document* document,
                        Scratch* scratch, Arena* arena) {
    if (!FindMember(document->metadata, kKeyMember).empty()) return;
    scratch->text.assign(document->metadata);
    if (!scratch->text.empty()) scratch->text.push_back(',');
    AppendJsonString(kKeyMember, &scratch->text);
    scratch->text.push_back(':');
    AppendJsonString(key, &scratch->text);
    document->metadata = arena->Copy(scratch->text);
  }

  std::string checksums_;  // filled by Load(), so declared in front of the sets
  bool obey_robots_;
  PublicSuffixList::Rules rules_;
  uint64_t soft_words_;
  bool write_key_;
  HashedSet domains_;
  HashedSet urls_;
  HashedSet banned_words_;
  HashedSet soft_banned_words_;
  Subwords subwords_;
};

std::unique_ptr<Stage> Make(const Params& params, const StageSetup&) {
  return std::make_unique<UrlFilter>(params);
}

ParamSpec ListParam(std::string_view key, std::string_view help) {
  return {.key = key,
          .type = ParamType::kString,
          .default_value = "",
          .help = help};
}

}  // namespace

const StageSpec& UrlSpec() {
  static const StageSpec spec = {
      .name = kName,
      .summary =
          "Drops documents by lists of domains, URLs and words in URLs, and by "
          "what a page says to robots; writes url_key.",
      .source =
          "huggingface/datatrove 0.10 : "
          "src/datatrove/pipeline/filters/url_filter.py",
      .params =
          {
              ListParam("domains",
                        "File of domains and hosts to drop, one a line."),
              ListParam("urls", "File of URLs to drop, one a line."),
              ListParam("banned_words",
                        "File of words; a URL with one of them is dropped."),
              ListParam("soft_banned_words",
                        "File of words; a URL with soft_words different ones "
                        "is dropped."),
              ListParam("banned_subwords",
                        "File of words; a URL whose letters and digits, run "
                        "together, hold one is dropped."),
              {.key = "soft_words",
               .type = ParamType::kInt,
               .default_value = "2",
               .help = "Drop when different soft-banned words >= this.",
               .min = 1,
               .max = 1000},
              {.key = "suffixes",
               .type = ParamType::kChoice,
               .default_value = "all",
               .help = "What counts as a suffix: the whole public suffix list, "
                       "or its ICANN section.",
               .choices = "all|icann"},
              {.key = "robots",
               .type = ParamType::kChoice,
               .default_value = "ignore",
               .help = "obey: drop when the page's robots metadata says "
                       "noindex, none or noai.",
               .choices = "ignore|obey"},
              SwitchParam("write_key", true,
                          "Write metadata.url_key, equal for addresses of one "
                          "page."),
          },
      .reasons = {kReasons.begin(), kReasons.end()},
      .make = Make};
  return spec;
}

}  // namespace winnow
