// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/html/html_text_page.h"

#include "pipeline/error.h"
#include "pipeline/json_writer.h"
#include "pipeline/read/plain_text.h"

namespace winnow {
namespace {

void AppendName(std::string_view name, std::string* metadata) {
  if (!metadata->empty()) metadata->push_back(',');
  AppendJsonString(name, metadata);
  metadata->push_back(':');
}

}  // namespace

void AppendMetadata(std::string_view name, std::string_view value,
                    std::string* metadata) {
  AppendName(name, metadata);
  AppendJsonString(value, metadata);
}

void AppendMetadata(std::string_view name, uint64_t value,
                    std::string* metadata) {
  AppendName(name, metadata);
  AppendJsonNumber(value, metadata);
}

PageReader::PageReader(const ReadOptions& options) {
  if (!ParseHtmlMode(options.html, &content_options_.mode)) {
    throw Error(ErrorKind::kUsage,
                "read.html: unknown value: " + options.html +
                    ": use main_content, precision, recall, all_text or "
                    "visible_text");
  }
  if (options.comments != "drop" && options.comments != "keep") {
    throw Error(ErrorKind::kUsage, "read.comments: unknown value: " +
                                       options.comments + ": use drop or keep");
  }
  content_options_.keep_comments = options.comments == "keep";
}

ReadReason PageReader::Decode(const PageBytes& page, bool html, ReadSink* sink,
                              std::string_view* text, bool* stable,
                              std::string* metadata) {
  DecodedText decoded;
  if (!charset_.Decode(page.bytes, page.charset_label, html, &decoded)) {
    return ReadReason::kCharsetUndecodable;
  }
  if (decoded.replaced) sink->Mended("charset.replaced");
  if (!decoded.Mended().empty()) sink->Mended(decoded.Mended());
  if (decoded.charset != "utf-8") {
    AppendMetadata("charset", decoded.charset, metadata);
  }
  *text = decoded.text;
  *stable = page.stable && !decoded.converted;
  return ReadReason::kCount;
}

ReadReason PageReader::ReadHtml(const PageBytes& page, ReadSink* sink,
                                std::string_view* text, std::string* metadata) {
  std::string_view html;
  bool stable = false;
  const ReadReason reason =
      Decode(page, /*html=*/true, sink, &html, &stable, metadata);
  if (reason != ReadReason::kCount) return reason;
  const FrontMatter front = SplitFrontMatter(html);
  const bool found =
      content_options_.mode == HtmlMode::kVisibleText
          ? html_.Extract(front.body, &text_, &meta_)
          : content_.Extract(front.body, content_options_, &text_, &meta_);
  if (!found) return ReadReason::kTextEmpty;
  if (front.kind != FrontMatter::Kind::kNone) {
    front_.clear();
    front_matter_.Append(front, &front_, &date_);
    if (!metadata->empty()) metadata->push_back(',');
    metadata->append("\"front_matter\":{").append(front_).append("}");
  }
  if (!meta_.title.empty()) AppendMetadata("title", meta_.title, metadata);
  if (!meta_.lang.empty()) AppendMetadata("html_lang", meta_.lang, metadata);
  if (!meta_.canonical.empty()) {
    AppendMetadata("canonical", meta_.canonical, metadata);
  }
  if (!meta_.date.empty()) AppendMetadata("date", meta_.date, metadata);
  if (!meta_.robots.empty()) AppendMetadata("robots", meta_.robots, metadata);
  *text = sink->arena().Copy(text_);
  return ReadReason::kCount;
}

ReadReason PageReader::ReadText(const PageBytes& page, ReadSink* sink,
                                std::string_view* text, std::string* metadata) {
  std::string_view plain;
  bool stable = false;
  const ReadReason reason =
      Decode(page, /*html=*/false, sink, &plain, &stable, metadata);
  if (reason != ReadReason::kCount) return reason;
  if (IsBlankText(plain)) return ReadReason::kTextEmpty;
  bool dropped = false;
  *text = CleanText(plain, stable, &sink->arena(), &dropped);
  if (dropped) sink->Mended("text.control");
  return IsBlankText(*text) ? ReadReason::kTextEmpty : ReadReason::kCount;
}

}  // namespace winnow
