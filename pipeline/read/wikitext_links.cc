// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/wikitext_links.h"

#include <algorithm>

namespace winnow {
namespace {

// Media, File, Image and Category in the larger wikis; a dump tells its own.
constexpr std::string_view kNames[] = {
    "media",     "file",      "image",       "category",  "bild",
    "datei",     "kategorie", "fichier",     "catégorie", "archivo",
    "imagen",    "categoría", "ficheiro",    "imagem",    "categoria",
    "immagine",  "bestand",   "afbeelding",  "plik",      "grafika",
    "kategoria", "файл",      "изображение", "категория", "зображення",
    "категорія", "ファイル",  "画像",        "カテゴリ",  "파일",
    "그림",      "분류",      "文件",        "檔案",      "图像",
    "圖像",      "分类",      "分類",        "fil",       "kategori",
    "tiedosto",  "luokka",    "soubor",      "kategorie", "fájl",
    "kép",       "dosya",     "tập tin",     "hình",      "thể loại",
    "berkas",    "gambar",    "ملف",         "صورة",      "تصنيف",
    "پرونده",    "رده",       "קובץ",        "תמונה",     "קטגוריה",
    "fișier",    "imagine",   "categorie",   "fitxer",    "imatge",
    "चित्र",      "श्रेणी",      "ไฟล์",         "หมวดหมู่",    "αρχείο"};

std::string_view Trim(std::string_view s) {
  const size_t begin = s.find_first_not_of(" \t\n_");
  if (begin == s.npos) return {};
  const size_t end = s.find_last_not_of(" \t\n_");
  return s.substr(begin, end - begin + 1);
}

// ASCII letters alone: other scripts are compared as they are, and once more
// with the case of the list.
std::string Folded(std::string_view s) {
  std::string out(Trim(s));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_') c = ' ';
  }
  // Latin-1 and Cyrillic capitals that begin the names above.
  if (out.starts_with("\xD0") && out.size() > 1) {
    const auto low = static_cast<unsigned char>(out[1]);
    if (low >= 0x90 && low <= 0x9F) {
      out[1] = static_cast<char>(low + 0x20);
    } else if (low >= 0xA0 && low <= 0xAF) {
      out.replace(0, 2,
                  {static_cast<char>(0xD1), static_cast<char>(low - 0x20)});
    }
  }
  return out;
}

bool IsLanguageCode(std::string_view s) {
  const size_t dash = std::min(s.find('-'), s.size());
  if (dash < 2 || dash > 3) return false;
  return std::all_of(s.begin(), s.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

WikiLinks::WikiLinks()
    : known_(std::size(kNames)), names_(std::begin(kNames), std::end(kNames)) {}

void WikiLinks::SetNames(std::string_view lines) {
  names_.resize(known_);
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    const std::string name = Folded(lines.substr(0, end));
    if (!name.empty() && name != "wiki") names_.push_back(name);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

bool WikiLinks::IsDropped(std::string_view target, bool labelled) const {
  target = Trim(target);
  // A leading colon makes a link of what would be a file.
  if (target.empty() || target.front() == ':') return false;
  const size_t colon = target.substr(0, 64).find(':');
  if (colon == target.npos) return false;
  const std::string_view space = Trim(target.substr(0, colon));
  if (!labelled && IsLanguageCode(space)) return true;
  return std::find(names_.begin(), names_.end(), Folded(space)) != names_.end();
}

std::string_view PipeTrick(std::string_view target) {
  if (target.starts_with(':')) target.remove_prefix(1);
  const size_t colon = target.find(':');
  if (colon != target.npos) target.remove_prefix(colon + 1);
  const size_t open = target.find(" (");
  const size_t comma = target.find(", ");
  return Trim(target.substr(0, std::min(open, comma)));
}

std::string_view TemplateText(std::string_view inner) {
  constexpr std::string_view kFirst[] = {
      "nowrap", "nobr", "small", "big", "em", "strong", "sc", "smallcaps"};
  const size_t bar = inner.find('|');
  if (bar == inner.npos || bar > 24) return {};
  const std::string name = Folded(inner.substr(0, bar));
  std::string_view rest = inner.substr(bar + 1);
  const bool first = std::find(std::begin(kFirst), std::end(kFirst), name) !=
                         std::end(kFirst) ||
                     name.starts_with("lang-");
  if (!first && name != "lang" && name != "transl") return {};
  if (!first) {
    const size_t next = rest.find('|');
    if (next == rest.npos) return {};
    rest.remove_prefix(next + 1);
    // {{transl|ja|Hepburn|text}}
    if (name == "transl" && rest.find('|') != rest.npos) {
      rest.remove_prefix(rest.find('|') + 1);
    }
  }
  rest = rest.substr(0, rest.find('|'));
  if (rest.starts_with("1=") || rest.starts_with("2=")) rest.remove_prefix(2);
  return rest.find('=') == rest.npos ? Trim(rest) : std::string_view();
}

}  // namespace winnow
