# `cmake --install` and find_package(winnow): static libraries winnow::pipeline,
# filters, dedup and stats, their headers below include/winnow, the command and
# the recipes. tests/install holds a consumer.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(winnow_libraries winnow_pipeline winnow_filters winnow_dedup winnow_stats)
install(TARGETS ${winnow_libraries} EXPORT winnow-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(folder pipeline filters dedup stats)
  install(DIRECTORY ${folder} DESTINATION include/winnow
    FILES_MATCHING PATTERN "*.h")
endforeach()
if(TARGET winnow)
  install(TARGETS winnow RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(EXISTS ${PROJECT_SOURCE_DIR}/configs)
  install(DIRECTORY configs DESTINATION ${CMAKE_INSTALL_DATADIR}/winnow
    FILES_MATCHING PATTERN "*.yaml")
endif()

install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/winnow)
install(EXPORT winnow-targets NAMESPACE winnow:: DESTINATION ${package_dir})
configure_package_config_file(cmake/winnow-config.cmake.in
  ${PROJECT_BINARY_DIR}/winnow-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/winnow-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/winnow-config.cmake
  ${PROJECT_BINARY_DIR}/winnow-config-version.cmake
  DESTINATION ${package_dir})
