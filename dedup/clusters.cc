// SPDX-License-Identifier: Apache-2.0
#include "dedup/clusters.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <utility>

#include "dedup/file_window.h"
#include "dedup/little_endian.h"
#include "pipeline/json_writer.h"

namespace winnow {
namespace {

// Shared by the windows of all segments.
constexpr size_t kBufferBytes = size_t{64} << 20;
constexpr size_t kMinBuffer = size_t{4} << 10;
constexpr size_t kMaxBuffer = size_t{1} << 20;
constexpr size_t kFlushBytes = size_t{64} << 10;

// XXH3-128 of a file's part, against the 16 bytes behind it.
void CheckPart(const std::string& path, uint64_t begin, uint64_t end) {
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  FileWindow part(path, begin, end, kMaxBuffer);
  while (!part.done()) {
    const std::string_view bytes = part.TakeSome();
    XXH3_128bits_update(&state, bytes.data(), bytes.size());
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(&state);
  FileWindow footer(path, end, end + 16, 16);
  if (Hash128{hash.low64, hash.high64} != LoadHash128(footer.Take(16).data())) {
    ThrowDamagedSegment("names");
  }
}

// The groups of one segment, read as a stream.
class GroupStream {
 public:
  static constexpr uint64_t kEnd = ~uint64_t{0};

  GroupStream(const std::string& path, const SegmentHead& head,
              size_t buffer_bytes)
      : groups_(path, head.groups_at, head.groups_end, buffer_bytes),
        left_(head.groups) {
    NextGroup();
  }

  // The kept document of the current group; kEnd behind the last.
  uint64_t ordinal() const { return ordinal_; }
  // Duplicates in it.
  uint64_t count() const { return count_; }

  // The next duplicate of the current group. Call count() times.
  std::string_view NextDuplicate(uint64_t* similarity) {
    *similarity = groups_.TakeNumber(2);
    return groups_.Take(static_cast<size_t>(groups_.TakeNumber(4)));
  }

  void NextGroup() {
    if (left_ == 0) {
      if (!groups_.done()) ThrowDamagedSegment("names");
      ordinal_ = kEnd;
      return;
    }
    --left_;
    ordinal_ = groups_.TakeNumber(4);
    count_ = groups_.TakeNumber(4);
  }

 private:
  FileWindow groups_;
  uint64_t left_;
  uint64_t ordinal_ = kEnd;
  uint64_t count_ = 0;
};

// Identities of kept documents, asked for by rising ordinal.
class KeptNames {
 public:
  KeptNames(const std::vector<std::string>& paths,
            const std::vector<SegmentHead>& heads)
      : paths_(paths), heads_(heads) {}

  // Valid until the next call.
  std::string_view Find(uint64_t ordinal) {
    while (next_segment_ == 0 || ordinal >= end_) Open();
    for (; next_ < ordinal; ++next_) SkipOne();
    if (next_ == ordinal) {
      ++next_;
      const size_t length = static_cast<size_t>(names_->TakeNumber(4));
      current_.assign(names_->Take(length));
    }
    return current_;
  }

 private:
  void Open() {
    if (next_segment_ == heads_.size()) {
      ThrowDamagedSegment("a duplicate of an unknown document");
    }
    const SegmentHead& head = heads_[next_segment_];
    names_.emplace(paths_[next_segment_], head.names_at, head.groups_at,
                   kMaxBuffer);
    next_ = head.first_ordinal;
    end_ = head.first_ordinal + head.kept;
    ++next_segment_;
  }
  void SkipOne() {
    const size_t length = static_cast<size_t>(names_->TakeNumber(4));
    names_->Take(length);
  }

  const std::vector<std::string>& paths_;
  const std::vector<SegmentHead>& heads_;
  size_t next_segment_ = 0;
  std::optional<FileWindow> names_;
  uint64_t next_ = 0;
  uint64_t end_ = 0;
  std::string current_;
};

std::vector<SegmentHead> ReadHeads(const std::vector<std::string>& paths,
                                   const SegmentFormat& format) {
  std::vector<SegmentHead> heads;
  heads.reserve(paths.size());
  uint64_t kept = 0;
  for (const std::string& path : paths) {
    const uint64_t bytes = FileBytes(path);
    // A segment of other parameters may have a longer head.
    const size_t head_bytes = static_cast<size_t>(
        std::min<uint64_t>(bytes, format.head_bytes() + kMinBuffer));
    FileWindow front(path, 0, head_bytes, head_bytes);
    heads.push_back(ParseSegmentHead(front.Take(head_bytes), format));
    const SegmentHead& head = heads.back();
    if (head.file_bytes() != bytes) ThrowDamagedSegment("length");
    if (head.first_ordinal != kept) {
      ThrowDamagedSegment("out of order, or one is missing");
    }
    kept += head.kept;
    CheckPart(path, head.names_at, head.groups_end);
  }
  return heads;
}

void AppendLine(std::string_view stage, std::string_view kept,
                std::string_view dropped, uint64_t similarity, uint64_t size,
                std::string* out) {
  out->append("{\"stage\":");
  AppendJsonString(stage, out);
  out->append(",\"kept\":");
  AppendJsonString(kept, out);
  out->append(",\"dropped\":");
  AppendJsonString(dropped, out);
  out->append(",\"similarity\":");
  AppendJsonFixed(static_cast<int64_t>(similarity), 4, out);
  out->append(",\"size\":");
  AppendJsonNumber(size, out);
  out->append("}\n");
}

}  // namespace

void StreamClusters(std::string_view stage,
                    const std::vector<std::string>& paths,
                    const SegmentFormat& format,
                    const std::function<void(std::string_view)>& sink) {
  const std::vector<SegmentHead> heads = ReadHeads(paths, format);
  const size_t buffer_bytes = std::clamp(
      kBufferBytes / std::max<size_t>(paths.size(), 1), kMinBuffer, kMaxBuffer);
  // The segments with groups left, by the ordinal of the current one; equal
  // ordinals by segment, which is the canonical order of the duplicates.
  using Entry = std::pair<uint64_t, size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::vector<std::unique_ptr<GroupStream>> streams(paths.size());
  for (size_t i = 0; i < paths.size(); ++i) {
    if (heads[i].groups == 0) continue;
    streams[i] =
        std::make_unique<GroupStream>(paths[i], heads[i], buffer_bytes);
    queue.push({streams[i]->ordinal(), i});
  }
  KeptNames names(paths, heads);
  std::vector<size_t> together;
  std::string out;
  while (!queue.empty()) {
    const uint64_t ordinal = queue.top().first;
    uint64_t size = 1;
    together.clear();
    for (; !queue.empty() && queue.top().first == ordinal; queue.pop()) {
      together.push_back(queue.top().second);
      size += streams[together.back()]->count();
    }
    const std::string_view kept = names.Find(ordinal);
    for (size_t i : together) {
      GroupStream& stream = *streams[i];
      for (uint64_t left = stream.count(); left != 0; --left) {
        uint64_t similarity;
        const std::string_view dropped = stream.NextDuplicate(&similarity);
        AppendLine(stage, kept, dropped, similarity, size, &out);
        if (out.size() >= kFlushBytes) {
          sink(out);
          out.clear();
        }
      }
      stream.NextGroup();
      if (stream.ordinal() == GroupStream::kEnd) {
        streams[i].reset();
        continue;
      }
      if (stream.ordinal() <= ordinal) ThrowDamagedSegment("names");
      queue.push({stream.ordinal(), i});
    }
  }
  if (!out.empty()) sink(out);
}

}  // namespace winnow
