# The Debian packages. Installed to /usr whatever the build's own prefix is: nothing in the programs depends on it, and
# the units are made when they are installed (systemd/).
find_program(CRIER_DPKG dpkg)
if(NOT CRIER_DPKG)
  return()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME crier)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "crier maintainers <maintainers@crier.invalid>")
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${CPACK_PACKAGE_CONTACT})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_COMPONENTS_ALL crier sdk)
if(TARGET crier_pictures)
  list(APPEND CPACK_COMPONENTS_ALL pictures)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_DEBIAN_CRIER_PACKAGE_NAME crier)
set(CPACK_DEBIAN_CRIER_PACKAGE_SHLIBDEPS ON)
# tzdata: the zones of schedules; certificates: whom to trust. The user is made by systemd-sysusers where that is,
# else by adduser (in a container, say).
set(CPACK_DEBIAN_CRIER_PACKAGE_DEPENDS "adduser, ca-certificates, procps, tzdata")
set(CPACK_DEBIAN_CRIER_PACKAGE_SUGGESTS "crier-pictures, bash-completion")
set(CPACK_DEBIAN_CRIER_PACKAGE_CONTROL_EXTRA
  ${CMAKE_CURRENT_LIST_DIR}/postinst ${CMAKE_CURRENT_LIST_DIR}/prerm ${CMAKE_CURRENT_LIST_DIR}/postrm)
set(CPACK_COMPONENT_CRIER_DESCRIPTION "posting-bot daemon for Mastodon
Posts what a schedule, feeds and other sources say to accounts on Mastodon and
the servers that speak its API: each post once, on time, within the server's
limits, and with a token that can do nothing but post.

Nothing is posted before it is configured (crier init) and enabled
(systemctl enable --now crier).")

set(CPACK_DEBIAN_PICTURES_PACKAGE_NAME crier-pictures)
set(CPACK_DEBIAN_PICTURES_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PICTURES_PACKAGE_DEPENDS "crier (= ${PROJECT_VERSION}-1)")
set(CPACK_DEBIAN_PICTURES_PACKAGE_ENHANCES crier)
set(CPACK_COMPONENT_PICTURES_DESCRIPTION "picture scaling for crier, a posting-bot daemon
With it crier makes pictures smaller that are too large for their server.
Without it, such a picture holds its post.")

set(CPACK_DEBIAN_SDK_PACKAGE_NAME crier-dev)
set(CPACK_DEBIAN_SDK_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_SDK_PACKAGE_ARCHITECTURE all)
set(CPACK_COMPONENT_SDK_DESCRIPTION "headers for source plugins of crier, a posting-bot daemon
The C interface of source plugins, a C++ wrapper, a CMake package and examples.")

# What a Debian package has besides: the licence, the changes, manual pages compressed, the folder of the configuration.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/finish.cmake)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_BINARY_DIR}/cpack_project.cmake)
# (No summary of the project: each package's own is the first line of its description.)
file(WRITE ${CPACK_PROJECT_CONFIG_FILE}
  "set(CRIER_PACKAGING \"${CMAKE_CURRENT_LIST_DIR}\")
set(CRIER_CHANGES \"${CMAKE_SOURCE_DIR}/CHANGELOG.md\")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY)\n")
include(CPack)
