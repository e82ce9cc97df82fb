# Every outside library, found once. Which module may use which one is said in the module's own
# CMakeLists.txt; docs/ARCHITECTURE.md says why each is here. All come from Debian 12.

find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(spdlog REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CLI11 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core) # no server of its own, no client
pkg_check_modules(brotlidec REQUIRED IMPORTED_TARGET libbrotlidec)
# Optional: with it, pictures that are too large are scaled down.
if(CRIER_VIPS STREQUAL "AUTO")
  pkg_check_modules(vips IMPORTED_TARGET vips>=8.13)
  set(CRIER_VIPS ${vips_FOUND})
elseif(CRIER_VIPS)
  pkg_check_modules(vips REQUIRED IMPORTED_TARGET vips>=8.13)
endif()
if(CRIER_TESTS)
  find_package(Boost 1.81 REQUIRED COMPONENTS unit_test_framework)
  find_package(date REQUIRED) # an oracle for the time zones
  pkg_check_modules(libical REQUIRED IMPORTED_TARGET libical) # what recurrence rules are held against
  pkg_check_modules(brotlienc REQUIRED IMPORTED_TARGET libbrotlienc) # what servers send
endif()
