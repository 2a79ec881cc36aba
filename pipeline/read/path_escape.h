// SPDX-License-Identifier: Apache-2.0
// File names are bytes; identities and JSON are UTF-8. Bytes of a name that
// are no UTF-8 are written %80 to %FF. A percent sign stays as it is, unless
// what follows would read as such an escape (or as this one): then it is %25.
// So ordinary names, `a%20b` among them, stay as they are, and the way back is
// exact.
#ifndef WINNOW_PIPELINE_READ_PATH_ESCAPE_H_
#define WINNOW_PIPELINE_READ_PATH_ESCAPE_H_

#include <string>
#include <string_view>

namespace winnow {

std::string EscapePath(std::string_view bytes);
std::string UnescapePath(std::string_view escaped);

}  // namespace winnow

#endif  // WINNOW_PIPELINE_READ_PATH_ESCAPE_H_
