// SPDX-License-Identifier: Apache-2.0
// Errors of setup, and of us. A dirty record is neither: readers return those
// as values and the ledger counts them (docs/architecture.md, "Errors").
#ifndef WINNOW_PIPELINE_ERROR_H_
#define WINNOW_PIPELINE_ERROR_H_

#include <stdexcept>
#include <string>
#include <string_view>

namespace winnow {

// What kind of setup failed. Decides the exit code and is what tests look at.
enum class ErrorKind {
  kUsage,        // command line or recipe: exit 2
  kNotFound,     // an input, vocabulary or model is missing: exit 2
  kIo,           // read, write, full disk: exit 1
  kCorruption,   // a file of our own does not check out: exit 1
  kMemory,       // the memory ceiling cannot hold this run: exit 1
  kInterrupted,  // SIGINT or SIGTERM: exit 130
  kInternal,     // a promise of ours is broken: exit 1
};

// Setup error: one line fit for the user, "what: which: what to do". Thrown
// where it is found, caught once in cli/.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message)
      : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }
  int exit_code() const;

 private:
  ErrorKind kind_;
};

[[noreturn]] void CheckFailed(const char* file, int line,
                              const char* condition);

// A programmer's mistake: says where and aborts.
#define WINNOW_CHECK(condition)                              \
  do {                                                       \
    if (!(condition)) [[unlikely]]                           \
      ::winnow::CheckFailed(__FILE__, __LINE__, #condition); \
  } while (false)

#ifdef NDEBUG
#define WINNOW_DCHECK(condition) static_cast<void>(0)
#else
#define WINNOW_DCHECK(condition) WINNOW_CHECK(condition)
#endif

}  // namespace winnow

#endif  // WINNOW_PIPELINE_ERROR_H_
