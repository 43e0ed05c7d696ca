# What is installed, and the Debian package of it: `cpack -G DEB` in the build folder. See packaging/README.md.
include(GNUInstallDirs)
set(PACKAGING ${PROJECT_SOURCE_DIR}/packaging)

# Under /usr the settings and the service have places of their own; elsewhere there is only the program.
set(DOCS ${CMAKE_INSTALL_DATADIR}/doc/peregrine)
find_program(GZIP gzip)
if(GZIP)
  foreach(pair "peregrine.1;peregrine.1.gz" "debian/changelog;changelog.gz")
    list(GET pair 0 source)
    list(GET pair 1 packed)
    # Without name and time in it, so that the same sources make the same package.
    execute_process(COMMAND ${GZIP} -9nc ${PACKAGING}/${source} OUTPUT_FILE ${PROJECT_BINARY_DIR}/${packed})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PACKAGING}/${source})
  endforeach()
  install(FILES ${PROJECT_BINARY_DIR}/peregrine.1.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/man/man1)
endif()

install(TARGETS peregrine RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${PROJECT_SOURCE_DIR}/models/peregrine-starter.gguf
              ${PROJECT_SOURCE_DIR}/models/peregrine-speech-starter.bin
        DESTINATION ${CMAKE_INSTALL_DATADIR}/peregrine)
file(GLOB guides ${PROJECT_SOURCE_DIR}/docs/*.md)
install(FILES ${guides} DESTINATION ${DOCS})
install(FILES ${PACKAGING}/debian/copyright DESTINATION ${DOCS} COMPONENT debian)
if(GZIP)
  install(FILES ${PROJECT_BINARY_DIR}/changelog.gz DESTINATION ${DOCS} COMPONENT debian)
endif()
install(FILES ${PACKAGING}/peregrine.service DESTINATION /lib/systemd/system COMPONENT debian)
install(FILES ${PACKAGING}/peregrine.toml DESTINATION /etc/peregrine COMPONENT debian
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME peregrine)
set(CPACK_PACKAGE_VENDOR "The Peregrine authors")
set(CPACK_PACKAGE_CONTACT "The Peregrine authors <peregrine@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "inference server that speaks Groq's API")
set(CPACK_PACKAGE_DESCRIPTION "Serves language, embedding and speech models from GGUF files\nover the HTTP API of Groq and OpenAI, with an engine of its own.\nA small chat model is in the box.")
# Whatever the prefix of the build: what lies in /etc and /lib must not move with it.
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${PACKAGING}/debian/conffiles ${PACKAGING}/debian/postinst ${PACKAGING}/debian/prerm ${PACKAGING}/debian/postrm)
include(CPack)
