// SPDX-License-Identifier: Apache-2.0
// From what the user names to files in canonical order.
//
// An input is one of
//   PATH        a file, a folder (walked), a FIFO, or `-` (standard input)
//   NAME=PATH   the same under the label NAME; without it the label is PATH's
//               base name. A PATH with '=' before its first '/' is written
//               ./PATH
//   @LIST       a text file of inputs, one a line; blank lines and lines that
//               begin with '#' are skipped
//   NAME=@LIST  one input: every line is a path, all under the label NAME, and
//               the line as written is the path in the identity
//
// In a folder: regular files only; names that begin with '.' are skipped;
// symbolic links to files and folders are followed, except a link back to a
// folder that is being walked. A link that leads nowhere stays in the list and
// is counted as read.io_error when its turn comes, and so is a folder below
// the input that cannot be opened.
//
// Paths are taken without "." and double slashes in them, so that a/x and
// ./a//x are one input. Labels and paths in an identity are UTF-8
// (path_escape.h).
#ifndef WINNOW_PIPELINE_READ_INPUT_LIST_H_
#define WINNOW_PIPELINE_READ_INPUT_LIST_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document.h"

namespace winnow {

// Part `part` of `parts`, from 0 (`--part 1/N` is 0): whole files, those whose
// XXH3-64 of the identity
// (`label/path`) is K modulo N. The default takes everything.
struct InputPart {
  uint32_t part = 0;
  uint32_t parts = 1;
};

struct InputList {
  std::vector<SourceFile> files;    // canonical order: (label, path) bytewise
  std::vector<std::string> labels;  // sorted; SourceFile::label_index
  uint64_t bytes = 0;               // sum of the sizes
  std::vector<std::string> roots;   // what was named: files and folders
  // Of the roots, those that are no regular files and no folders ("-", FIFOs,
  // devices): they can be read once, from the front.
  std::vector<std::string> streams;
};

// `label/path`, or the label alone where the input itself is a file.
std::string FileIdentity(const SourceFile& file);

// Throws Error: kNotFound for a path that is not there, kUsage for two inputs
// with one label that are not the same path, for an empty NAME, for an
// impossible part, for a list without a file and for a folder that is an input
// and cannot be opened, kIo for a list or folder that fails while it is read.
// What a list names wrong is told with list and line. A part may be empty; the
// whole may not.
InputList BuildInputList(const std::vector<std::string>& inputs,
                         InputPart part = {});

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_INPUT_LIST_H_
