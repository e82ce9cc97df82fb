# crier_unit(instance|single|backup PROGRAMS OUT): one of the units. Two of them are of one text, and what a unit may see and do
# is the same in all (hardening.in).
#
# `cmake --install` makes them for the prefix that it installs to, and the build for the one that it was configured
# with, to check them: so this file is included by both.
function(crier_unit kind programs out)
  set(UNIT_BINDIR ${programs})
  if(kind STREQUAL "instance")
    set(UNIT_TITLE "crier@NAME: one of several daemons on a machine, with /etc/crier/NAME.yaml and NAME.env")
    set(UNIT_EXAMPLE "crier@NAME")
    set(UNIT_OF ": %i")
    set(UNIT_CONFIG "/etc/crier/%i.yaml")
    set(UNIT_ENV "/etc/crier/%i.env")
    set(UNIT_FOLDER "crier/%i")
    # All instances are one user; so each sees of the others' state nothing at all.
    set(UNIT_PLACES "TemporaryFileSystem=%S/crier:ro %C/crier:ro\nBindPaths=%S/crier/%i %C/crier/%i\n")
  else()
    set(UNIT_TITLE "crier: posts to Mastodon from a schedule and from feeds, as /etc/crier/crier.yaml says")
    set(UNIT_EXAMPLE "crier")
    set(UNIT_OF "")
    set(UNIT_CONFIG "/etc/crier/crier.yaml")
    set(UNIT_ENV "/etc/crier/crier.env")
    set(UNIT_FOLDER "crier")
    # Below it are the sockets of instances, which outlive this unit.
    set(UNIT_PLACES "RuntimeDirectoryPreserve=yes\n")
  endif()
  file(READ ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/hardening.in UNIT_HARDENING)
  set(text service)
  if(kind STREQUAL "backup")
    set(text backup)
  endif()
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${text}.in ${out} @ONLY)
endfunction()
