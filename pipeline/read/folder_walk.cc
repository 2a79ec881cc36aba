// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read/folder_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "pipeline/error.h"

namespace winnow {
namespace {

using FolderId = std::pair<dev_t, ino_t>;

struct CloseDir {
  void operator()(DIR* dir) const { closedir(dir); }
};

// A folder that is open on the way down, with its place among the others.
struct Level {
  std::unique_ptr<DIR, CloseDir> dir;
  FolderId id;
  std::string prefix;  // below the root, with a final '/', or empty
};

class Walk {
 public:
  Walk(const std::string& root, std::vector<FoundFile>* found)
      : root_(root), found_(found) {}

  // An explicit stack: folders nest deeper than call frames should.
  void Run() {
    Enter(open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "");
    while (!levels_.empty()) {
      errno = 0;
      const dirent* entry = readdir(levels_.back().dir.get());
      if (entry != nullptr) {
        if (entry->d_name[0] != '.') Visit(*entry);
      } else if (errno != 0) {
        Fail(levels_.back().prefix);
      } else {
        levels_.pop_back();
      }
    }
  }

 private:
  void Visit(const dirent& entry) {
    const int parent = dirfd(levels_.back().dir.get());
    std::string path = levels_.back().prefix + entry.d_name;
    struct stat st;
    if (fstatat(parent, entry.d_name, &st, 0) != 0) {
      // A link that leads nowhere: opening it will fail and be counted.
      found_->push_back({std::move(path), 0});
    } else if (S_ISREG(st.st_mode)) {
      found_->push_back({std::move(path), static_cast<uint64_t>(st.st_size)});
    } else if (S_ISDIR(st.st_mode)) {
      const FolderId id(st.st_dev, st.st_ino);
      const bool loop =
          std::any_of(levels_.begin(), levels_.end(),
                      [&](const Level& level) { return level.id == id; });
      if (loop) return;
      Enter(openat(parent, entry.d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
            path + "/");
    }
  }

  void Enter(int fd, const std::string& prefix) {
    struct stat st;
    std::unique_ptr<DIR, CloseDir> dir(fd < 0 ? nullptr : fdopendir(fd));
    if (dir != nullptr && fstat(fd, &st) == 0) {
      levels_.push_back({std::move(dir), {st.st_dev, st.st_ino}, prefix});
      return;
    }
    const int code = errno;
    if (dir == nullptr && fd >= 0) close(fd);
    // Out of descriptors or memory: no word about the folder.
    if (code == EMFILE || code == ENFILE || code == ENOMEM) {
      errno = code;
      Fail(prefix);
    }
    if (prefix.empty()) {
      throw Error(ErrorKind::kUsage, "cannot read folder: " + root_ + ": " +
                                         std::strerror(code) +
                                         ": check its permissions");
    }
    found_->push_back({prefix.substr(0, prefix.size() - 1), 0});
  }

  [[noreturn]] void Fail(const std::string& prefix) {
    throw Error(ErrorKind::kIo, "cannot read folder: " + root_ + "/" + prefix +
                                    ": " + std::strerror(errno));
  }

  const std::string& root_;
  std::vector<FoundFile>* found_;
  std::vector<Level> levels_;
};

}  // namespace

void WalkFolder(const std::string& folder, std::vector<FoundFile>* found) {
  Walk(folder, found).Run();
}

}  // namespace winnow
