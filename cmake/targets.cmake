# winnow_library(NAME SOURCES ... LINK ... PRIVATE ...): one folder's library,
# alias winnow::NAME. LINK is public, PRIVATE stays inside.
function(winnow_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE" ${ARGN})
  add_library(winnow_${name} STATIC ${ARG_SOURCES})
  add_library(winnow::${name} ALIAS winnow_${name})
  set_target_properties(winnow_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(winnow_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:include/winnow>)
  target_compile_features(winnow_${name} PUBLIC cxx_std_20)
  target_link_libraries(winnow_${name}
    PUBLIC ${ARG_LINK}
    PRIVATE $<BUILD_INTERFACE:winnow_flags> ${ARG_PRIVATE})
endfunction()

# winnow_test(NAME SOURCES ... LINK ... LABELS ...): one GoogleTest binary. With
# the label `threads` it also runs under ThreadSanitizer in CI.
function(winnow_test name)
  if(NOT WINNOW_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE
    WINNOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE winnow_flags ${ARG_LINK}
    GTest::gmock GTest::gtest GTest::gtest_main)
  if("threads" IN_LIST ARG_LABELS)
    add_dependencies(winnow_threads_tests ${name})
  endif()
  # A list cannot pass through gtest_discover_tests, but `ctest -L` is a regular
  # expression: two labels become `unit-threads`.
  list(JOIN ARG_LABELS "-" label)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS "${label}" TIMEOUT 300)
endfunction()

# winnow_benchmark(NAME SOURCES ... LINK ...): one Google Benchmark binary.
function(winnow_benchmark name)
  if(NOT WINNOW_BUILD_BENCHMARKS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE
    WINNOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE winnow_flags ${ARG_LINK}
    benchmark::benchmark benchmark::benchmark_main)
  set_property(GLOBAL APPEND PROPERTY WINNOW_BENCHMARKS ${name})
endfunction()
