# What all targets share, and the three functions that declare them.

# Warnings, hardening and sanitizers.
add_library(crier_options INTERFACE)
target_compile_options(crier_options INTERFACE
  -Wall -Wextra -Wpedantic -Wcast-align -Wconversion -Wsign-conversion -Wformat=2
  -fstack-protector-strong -fno-plt
  # Nothing here is replaced by a library that is loaded before it, so calls within a unit may be inlined.
  -fno-semantic-interposition
  # In a test that is compiled with its neighbours, a name of a neighbour's is shadowed without harm.
  $<$<NOT:$<AND:$<BOOL:${CRIER_UNITY}>,$<BOOL:$<TARGET_PROPERTY:CRIER_TEST>>>>:-Wshadow>
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
  $<$<COMPILE_LANGUAGE:CXX>:-Wold-style-cast>
  $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>
  # GCC 12 pairs a coroutine frame's inlined operator new of Asio with the wrong delete: a false alarm.
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-mismatched-new-delete>
  $<$<BOOL:${CRIER_WERROR}>:-Werror>)
if(CMAKE_BUILD_TYPE MATCHES "Rel" AND NOT CRIER_SANITIZE)
  target_compile_definitions(crier_options INTERFACE _FORTIFY_SOURCE=2)
endif()
if(CRIER_SANITIZE)
  target_compile_options(crier_options INTERFACE
    -fsanitize=${CRIER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(crier_options INTERFACE -fsanitize=${CRIER_SANITIZE})
  # GCC's thread sanitizer does not follow Asio's fences and warns of it; the locks around them it does follow.
  target_compile_options(crier_options INTERFACE
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-tsan>)
  # What a sanitizer adds hides from GCC that a result without a value has no failure to move.
  target_compile_options(crier_options INTERFACE
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-maybe-uninitialized>)
endif()
target_link_options(crier_options INTERFACE -Wl,-z,relro -Wl,-z,now)
if(CRIER_UNITY)
  # Every file is then "not the main one": types of unnamed namespaces in coroutines are no mistake.
  target_compile_options(crier_options INTERFACE
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>)
endif()

# With CRIER_UNITY a target's sources are compiled a few at a time, so that headers are read and templates made
# once for all of them: from scratch the whole takes less than half the time. Without (the preset debug), each file
# is compiled for itself, which shows that it stands on its own.
function(crier_unity target)
  if(CRIER_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  endif()
endfunction()

# Boost.Asio's and Boost.Beast's macros change types that are shared between units; units that disagree
# corrupt memory (chriskohlhoff/asio#1635). So they are said here and nowhere else.
add_library(crier_asio STATIC cmake/boost/asio.cpp cmake/boost/beast.cpp)
target_link_libraries(crier_asio PUBLIC Boost::headers Threads::Threads OpenSSL::SSL)
target_compile_definitions(crier_asio PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_NO_TS_EXECUTORS BOOST_ASIO_DISABLE_BOOST_COROUTINE
  # Coroutine frames and handlers come from operator new, which is aligned enough for all that is here, and
  # which a program may replace (tests/simulation/pool_allocator.cpp does).
  BOOST_ASIO_DISABLE_STD_ALIGNED_ALLOC BOOST_ASIO_DISABLE_BOOST_ALIGN)
if(CRIER_SANITIZE)
  target_compile_options(crier_asio PRIVATE -fsanitize=${CRIER_SANITIZE} -fno-omit-frame-pointer)
endif()

# crier_module(NAME core SOURCES a.cpp ... LINK crier_ports ... PRIVATE lib ...)
#
# A module is a folder and a static library crier_NAME. Its headers are included as "NAME/...", and that
# path exists only for targets that link it: each module gets an include root of its own that holds
# nothing but itself. An include that is no arrow of docs/ARCHITECTURE.md does not compile.
function(crier_module)
  cmake_parse_arguments(arg "" "NAME" "SOURCES;LINK;PRIVATE" ${ARGN})
  set(target crier_${arg_NAME})
  set(root ${CMAKE_BINARY_DIR}/include/${arg_NAME})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${arg_NAME} SYMBOLIC)
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    crier_unity(${target})
    target_include_directories(${target} PUBLIC ${root})
    target_link_libraries(${target} PUBLIC ${arg_LINK} PRIVATE ${arg_PRIVATE} crier_options)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${root})
    target_link_libraries(${target} INTERFACE ${arg_LINK})
  endif()
endfunction()

# What a test's own code is compiled with. What is tested is built as it ships; the tests need not be fast, only
# quick to compile.
add_library(crier_test_options INTERFACE)
target_link_libraries(crier_test_options INTERFACE crier_options Threads::Threads)
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CRIER_SANITIZE)
  target_compile_options(crier_test_options INTERFACE -O0 -U_FORTIFY_SOURCE)
endif()

# crier_test(NAME unit_core SOURCES ... LINK ... [LABELS ...] [TIMEOUT seconds])
#
# One Boost.Test program, run as one CTest test.
function(crier_test)
  cmake_parse_arguments(arg "" "NAME;TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  set(target test_${arg_NAME})
  add_executable(${target} ${arg_SOURCES})
  crier_unity(${target})
  target_link_libraries(${target} PRIVATE ${arg_LINK} crier_test_main crier_test_options)
  set_target_properties(${target} PROPERTIES CRIER_TEST ON)
  target_precompile_headers(${target} REUSE_FROM crier_test_main)
  add_test(NAME ${arg_NAME} COMMAND ${target} --log_level=test_suite --color_output=no)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(CRIER_SANITIZE)
    math(EXPR arg_TIMEOUT "4 * ${arg_TIMEOUT}")
  endif()
  set_tests_properties(${arg_NAME} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()
