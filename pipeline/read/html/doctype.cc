// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/doctype.h"

#include "pipeline/read/html/chars.h"
#include "pipeline/read/html/scan.h"

namespace winnow::html {
namespace {

class Scanner {
 public:
  Scanner(const char* p, const char* end, Doctype* doctype)
      : p_(p), end_(end), doctype_(doctype) {}

  const char* Run() {
    *doctype_ = {};
    SkipSpace();
    if (p_ == end_ || *p_ == '>') {
      doctype_->force_quirks = true;
      return Close();
    }
    const char* const name = p_;
    while (p_ != end_ && !IsSpace(*p_) && *p_ != '>') ++p_;
    doctype_->name = {name, static_cast<size_t>(p_ - name)};
    doctype_->has_name = true;
    SkipSpace();
    if (AtEnd()) return Close();
    if (TakeWord("public")) return AfterPublic();
    if (TakeWord("system")) return AfterSystem();
    return Bogus(/*quirks=*/true);
  }

 private:
  const char* AfterPublic() {
    SkipSpace();
    if (!TakeQuoted(&doctype_->public_id, &doctype_->has_public_id)) {
      return Failed();
    }
    SkipSpace();
    if (AtEnd()) return Close();
    return SystemId();
  }

  const char* AfterSystem() {
    SkipSpace();
    return SystemId();
  }

  const char* SystemId() {
    if (!TakeQuoted(&doctype_->system_id, &doctype_->has_system_id)) {
      return Failed();
    }
    SkipSpace();
    if (AtEnd()) return Close();
    return Bogus(/*quirks=*/false);
  }

  // No quoted string where one must be, or one that is cut short.
  const char* Failed() {
    if (cut_) {
      doctype_->force_quirks = true;
      return Close();
    }
    return Bogus(/*quirks=*/true);
  }

  const char* Bogus(bool quirks) {
    doctype_->force_quirks |= quirks;
    p_ = FindByte(p_, end_, '>');
    return p_ == end_ ? end_ : p_ + 1;
  }

  // At the '>' or the end of the input.
  const char* Close() {
    if (p_ != end_) return p_ + 1;
    doctype_->force_quirks = true;
    return end_;
  }

  bool AtEnd() const { return p_ == end_ || *p_ == '>'; }
  void SkipSpace() {
    while (p_ != end_ && IsSpace(*p_)) ++p_;
  }

  bool TakeWord(std::string_view word) {
    if (static_cast<size_t>(end_ - p_) < word.size() ||
        !IsName({p_, word.size()}, word)) {
      return false;
    }
    p_ += word.size();
    return true;
  }

  // A quoted string ends at its quote; at a '>' or the end it is cut.
  bool TakeQuoted(std::string_view* value, bool* has) {
    if (p_ == end_) {
      cut_ = true;
      return false;
    }
    const char quote = *p_;
    if (quote != '"' && quote != '\'') return false;
    const char* const begin = ++p_;
    while (p_ != end_ && *p_ != quote && *p_ != '>') ++p_;
    *value = {begin, static_cast<size_t>(p_ - begin)};
    *has = true;
    cut_ = AtEnd();
    if (cut_) return false;
    ++p_;
    return true;
  }

  const char* p_;
  const char* end_;
  Doctype* doctype_;
  bool cut_ = false;
};

}  // namespace

const char* ScanDoctype(const char* p, const char* end, Doctype* doctype) {
  return Scanner(p, end, doctype).Run();
}

}  // namespace winnow::html
