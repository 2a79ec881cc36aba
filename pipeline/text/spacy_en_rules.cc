// SPDX-License-Identifier: Apache-2.0
#include "pipeline/text/spacy_en_rules.h"

#include <initializer_list>
#include <map>
#include <utility>

#include "pipeline/text/hash.h"
#include "pipeline/text/spacy_en_lists.h"

namespace winnow {
namespace {

constexpr size_t kSlots = 4096;  // a power of two, load below a third

using Tokens = std::vector<std::string>;
using Views = std::initializer_list<std::string_view>;

class Generator {
 public:
  std::map<std::string, Tokens> Make() {
    Base();
    const std::map<std::string, Tokens> base = std::move(rules_);
    rules_.clear();
    English();
    for (std::string_view word : kRemoved) rules_.erase(std::string(word));
    rules_.insert(base.begin(), base.end());
    AddCurlyApostrophes();
    return std::move(rules_);
  }

 private:
  void Put(const Tokens& tokens) {
    std::string key;
    for (const std::string& token : tokens) key += token;
    rules_[key] = tokens;
  }
  void PutWhole(std::string_view word) { Put({std::string(word)}); }

  // stem + endings, with and without the apostrophes of the endings; the stem
  // in lower and in title case.
  void PutEndings(Views stems, std::initializer_list<Views> all_endings) {
    for (std::string_view stem : stems) {
      for (const Views& endings : all_endings) {
        PutBothCases(stem, endings, true);
        PutBothCases(stem, endings, false);
      }
    }
  }
  void PutBothCases(std::string_view stem, Views endings, bool apostrophes) {
    Tokens tokens = {std::string(stem)};
    for (std::string_view ending : endings) {
      std::string token;
      for (char c : ending) {
        if (apostrophes || c != '\'') token += c;
      }
      tokens.push_back(token);
    }
    Put(tokens);
    tokens[0][0] = static_cast<char>(tokens[0][0] - 'a' + 'A');
    Put(tokens);
  }

  void Base() {
    for (std::string_view word : kBaseWords) PutWhole(word);
    for (std::string_view word : kEmoticons) PutWhole(word);
    for (char c = 'a'; c <= 'z'; ++c) PutWhole(std::string{c, '.'});
    for (char c : std::string_view("CFKcfk")) {
      Put({"\u00B0", std::string(1, c), "."});
    }
  }

  void Pronouns() {
    PutEndings({"i"}, {{"'m"}, {"'m", "a"}});
    PutEndings({"i", "you", "he", "she", "it", "we", "they"},
               {{"'ll"}, {"'ll", "'ve"}, {"'d"}, {"'d", "'ve"}});
    PutEndings({"i", "you", "we", "they"}, {{"'ve"}});
    PutEndings({"you", "we", "they"}, {{"'re"}});
    PutEndings({"he", "she", "it"}, {{"'s"}});
    const Views all = {"who",   "what", "when", "where", "why",  "how",
                       "there", "that", "this", "these", "those"};
    PutEndings(all, {{"'ll"}, {"'ll", "'ve"}, {"'d"}, {"'d", "'ve"}});
    PutEndings(
        {"who", "what", "when", "where", "why", "how", "there", "that", "this"},
        {{"'s"}});
    PutEndings({"who", "what", "when", "where", "why", "how", "there", "these",
                "those"},
               {{"'re"}, {"'ve"}});
  }

  void Verbs() {
    PutEndings({"ca", "could", "do", "does", "did", "had", "may", "might",
                "must", "need", "ought", "sha", "should", "wo", "would"},
               {{"n't"}, {"n't", "'ve"}});
    PutEndings({"could", "might", "must", "should", "would"}, {{"'ve"}});
    PutEndings({"ai", "are", "is", "was", "were", "have", "has", "dare"},
               {{"n't"}});
  }

  void English() {
    Pronouns();
    Verbs();
    for (std::string_view stem :
         {"doin", "goin", "nothin", "nuthin", "ol", "somethin"}) {
      PutBothCases(stem, {}, true);
      PutBothCases(std::string(stem) + "'", {}, true);
    }
    for (int hour = 1; hour <= 12; ++hour) {
      for (const char* half : {"a.m.", "am", "p.m.", "pm"}) {
        Put({std::to_string(hour), half});
      }
    }
    for (std::string_view word : kWholeWords) PutWhole(word);
    for (std::string_view word : kCutWords) {
      Tokens tokens(1);
      for (char c : word) {
        if (c == '|') {
          tokens.emplace_back();
        } else {
          tokens.back() += c;
        }
      }
      Put(tokens);
    }
  }

  // Every key with ' exists with U+2019 in its place, too.
  void AddCurlyApostrophes() {
    const std::map<std::string, Tokens> straight = rules_;
    for (const auto& [key, tokens] : straight) {
      if (key.find('\'') == std::string::npos) continue;
      Tokens curly(tokens.size());
      for (size_t i = 0; i < tokens.size(); ++i) {
        for (char c : tokens[i]) {
          if (c == '\'') {
            curly[i] += "\u2019";
          } else {
            curly[i] += c;
          }
        }
      }
      Put(curly);
    }
  }

  std::map<std::string, Tokens> rules_;
};

size_t SlotOf(std::string_view key) { return Hash64(key) & (kSlots - 1); }

}  // namespace

const SpacyRules& SpacyRules::Get() {
  static const SpacyRules rules;
  return rules;
}

SpacyRules::SpacyRules() : slots_(kSlots) {
  for (const auto& [key, tokens] : Generator().Make()) {
    SpacyRule rule;
    rule.key = key;
    rule.tokens = static_cast<uint8_t>(tokens.size());
    for (size_t i = 0; i < tokens.size(); ++i) {
      rule.length[i] = static_cast<uint8_t>(tokens[i].size());
    }
    lengths_[static_cast<unsigned char>(key[0])] |= 1U << key.size();
    size_t slot = SlotOf(key);
    while (slots_[slot] != 0) slot = (slot + 1) & (kSlots - 1);
    rules_.push_back(std::move(rule));
    slots_[slot] = static_cast<uint16_t>(rules_.size());
  }
}

const SpacyRule* SpacyRules::Find(std::string_view string) const {
  if (string.empty() || string.size() > kLongest) return nullptr;
  const uint32_t lengths = lengths_[static_cast<unsigned char>(string[0])];
  if ((lengths >> string.size() & 1) == 0) return nullptr;
  for (size_t slot = SlotOf(string); slots_[slot] != 0;
       slot = (slot + 1) & (kSlots - 1)) {
    const SpacyRule& rule = rules_[slots_[slot] - 1U];
    if (rule.key == string) return &rule;
  }
  return nullptr;
}

}  // namespace winnow
