// SPDX-License-Identifier: Apache-2.0
// Where models and vocabularies are: WINNOW_DATA, else
// $XDG_DATA_HOME/winnow, else ~/.local/share/winnow. `./dev setup` fills it.
#ifndef WINNOW_CLI_DATA_DIR_H_
#define WINNOW_CLI_DATA_DIR_H_

#include <string>

namespace winnow {

std::string DataDir();

}  // namespace winnow

#endif  // WINNOW_CLI_DATA_DIR_H_
