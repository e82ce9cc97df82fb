# Files of the source tree as constants of the program:
#
#   cmake -D OUT=x.cpp -D HEADER=admin/embedded.hpp -D NAMESPACE=a::b "-D FILES=name=path;name=path" -P Embed.cmake
#
# HEADER declares `extern const std::string_view name;` for each in NAMESPACE. An `order.txt` stands for the files
# beside it that it names, one after another.
set(text "// Made by cmake/Embed.cmake: change the files, not this.\n#include \"${HEADER}\"\n\n")
string(APPEND text "namespace ${NAMESPACE} {\n")
foreach(pair IN LISTS FILES)
  string(REGEX MATCH "^([a-z_]+)=(.*)$" matched "${pair}")
  if(NOT matched)
    message(FATAL_ERROR "'${pair}' is no name=path")
  endif()
  set(name ${CMAKE_MATCH_1})
  set(files "${CMAKE_MATCH_2}")
  if(files MATCHES "^(.*)/order.txt$")
    set(folder ${CMAKE_MATCH_1})
    file(READ "${files}" files)
    string(REGEX MATCHALL "[^ \n]+" files "${files}")
    list(TRANSFORM files PREPEND "${folder}/")
  endif()
  set(bytes "")
  foreach(file IN LISTS files)
    file(READ "${file}" more HEX)
    string(APPEND bytes "${more}")
  endforeach()
  # As characters: a byte above 0x7f is none of the values that a list of numbers may give to `char`.
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
  string(REGEX REPLACE "((...........){32})" "\\1\n" bytes "${bytes}")
  string(APPEND text "namespace {\nconstexpr char ${name}_bytes[] = {${bytes}'\\0'};\n}\n")
  string(APPEND text "constinit const std::string_view ${name}{${name}_bytes, sizeof ${name}_bytes - 1};\n")
endforeach()
string(APPEND text "}\n")
file(WRITE "${OUT}" "${text}")
