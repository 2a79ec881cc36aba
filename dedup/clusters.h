// SPDX-License-Identifier: Apache-2.0
// From the segments of a run to its duplicates, one JSON object a line:
//
//   {"stage":"minhash","kept":"ID","dropped":"ID","similarity":0.9312,"size":3}
//
// sorted by the kept document, then by the dropped one, both in canonical
// order; `size` counts the whole cluster, the kept document included.
//
// Each segment lists its duplicates by kept document, so this is a merge of
// streams: memory is bounded however many duplicates there are, and however
// large a cluster is.
#ifndef WINNOW_DEDUP_CLUSTERS_H_
#define WINNOW_DEDUP_CLUSTERS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/segment.h"

namespace winnow {

// `paths` are all segments of a run, in order. Throws Error(kIo) if one cannot
// be read and Error(kCorruption) if one does not check out; what the sink got
// until then is worthless.
void StreamClusters(std::string_view stage,
                    const std::vector<std::string>& paths,
                    const SegmentFormat& format,
                    const std::function<void(std::string_view)>& sink);

}  // namespace winnow

#endif  // WINNOW_DEDUP_CLUSTERS_H_
