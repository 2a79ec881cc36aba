# Parquet, through the Arrow libraries of a PyPI wheel that `./dev setup` puts
# into the data folder (cmake/python-wheels.txt). Without them winnow is built
# without Parquet, and says so.
option(WINNOW_PARQUET "Read and write Parquet where Arrow is installed" ON)
set(WINNOW_HAVE_PARQUET OFF)
if(WINNOW_PARQUET)
  set(pyarrow_version 26.0.1)
  if(DEFINED ENV{WINNOW_DATA})
    set(data_dir $ENV{WINNOW_DATA})
  elseif(DEFINED ENV{XDG_DATA_HOME})
    set(data_dir $ENV{XDG_DATA_HOME}/winnow)
  else()
    set(data_dir $ENV{HOME}/.local/share/winnow)
  endif()
  set(WINNOW_PYARROW ${data_dir}/pyarrow-${pyarrow_version} CACHE PATH
      "Folder of the unpacked pyarrow wheel")
  set(pyarrow ${WINNOW_PYARROW}/pyarrow)
  if(EXISTS ${pyarrow}/libparquet.so.2600 AND EXISTS ${pyarrow}/include/parquet)
    set(WINNOW_HAVE_PARQUET ON)
    add_library(arrow::arrow SHARED IMPORTED)
    set_target_properties(arrow::arrow PROPERTIES
      IMPORTED_LOCATION ${pyarrow}/libarrow.so.2600
      INTERFACE_INCLUDE_DIRECTORIES ${pyarrow}/include)
    # libarrow exports some functions of a simdjson of its own, of another
    # version: ours must be found first, whatever a target links and in which
    # order.
    set_property(TARGET arrow::arrow PROPERTY INTERFACE_LINK_OPTIONS
      "SHELL:-Wl,--push-state,--no-as-needed $<TARGET_FILE:simdjson::simdjson> -Wl,--pop-state")
    add_library(arrow::parquet SHARED IMPORTED)
    set_target_properties(arrow::parquet PROPERTIES
      IMPORTED_LOCATION ${pyarrow}/libparquet.so.2600
      INTERFACE_LINK_LIBRARIES arrow::arrow)
  else()
    message(STATUS "No Parquet: ${pyarrow} is not there: run ./dev setup")
  endif()
endif()
