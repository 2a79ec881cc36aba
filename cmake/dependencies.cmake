# Third-party libraries, all from Debian 12 packages. RocksDB must be found
# last: its config prepends find modules that shadow those of TBB and zstd.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(simdjson CONFIG REQUIRED)
find_package(zstd CONFIG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(TBB CONFIG REQUIRED)
find_package(hwy CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(yaml-cpp CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(ICU COMPONENTS uc REQUIRED)
pkg_check_modules(LIBDEFLATE REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
# xxHash is used header-only, through pipeline/text/hash.h alone.
find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)
