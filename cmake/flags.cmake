# Warnings, hardening and reproducible floating point for winnow's own targets.
add_library(winnow_flags INTERFACE)
# Contraction into FMA would make verdicts depend on the machine.
target_compile_options(winnow_flags INTERFACE -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wold-style-cast -Wcast-qual -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Wdouble-promotion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(winnow_flags INTERFACE -Wduplicated-cond)
  # GCC 12 warns of overlaps inside std::string that cannot be (bug 105651).
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(winnow_flags INTERFACE -Wno-restrict -Wno-stringop-overread)
  endif()
endif()
if(WINNOW_WERROR)
  target_compile_options(winnow_flags INTERFACE -Werror)
endif()
if(WINNOW_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
elseif(WINNOW_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(WINNOW_SANITIZE STREQUAL "fuzzer")
  # libFuzzer's coverage; clang alone has it. See tests/fuzz.
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined
                      -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
elseif(WINNOW_SANITIZE)
  message(FATAL_ERROR
    "WINNOW_SANITIZE must be address, thread, fuzzer or empty")
endif()
