# Under sanitizers tests themselves are compiled without optimisation, which takes most of their time and finds
# nothing; what they test is compiled as the preset says.
function(peregrine_test_options target)
  if(PEREGRINE_SANITIZE)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

# Tests of one folder are compiled together, a few files a unit, since most of a test's time in the compiler goes
# into headers. Files in ALONE use names of their neighbours for other things.
function(peregrine_unite_tests target)
  cmake_parse_arguments(UNITE "" "" "TESTS;ALONE" ${ARGN})
  if(NOT PEREGRINE_TEST_UNITS)
    return()
  endif()
  set(FILES_PER_UNIT 8)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # It takes what a unit includes for headers, which should name no types of an unnamed namespace.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
  list(TRANSFORM UNITE_ALONE PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(REMOVE_ITEM UNITE_TESTS ${UNITE_ALONE})
  foreach(test ${UNITE_TESTS})
    get_filename_component(folder ${test} DIRECTORY)
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR}/src ${folder})
    string(MAKE_C_IDENTIFIER "${folder}" folder)
    if(NOT DEFINED count_${folder})
      set(count_${folder} 0)
    endif()
    math(EXPR unit "${count_${folder}} / ${FILES_PER_UNIT}")
    math(EXPR count_${folder} "${count_${folder}} + 1")
    set_source_files_properties(${test} PROPERTIES UNITY_GROUP ${folder}_${unit})
  endforeach()
endfunction()

# A room: one folder under src/, one library target, its unit tests and micro-benchmarks beside the code.
#
#   peregrine_room(NAME USES room... LIBS target... [TESTS_ALONE file...])
#
# Sources are every .cc below the folder, told apart by suffix:
#   *_test.cc  -> NAME_test  (GoogleTest, registered with CTest)
#   *_bench.cc -> NAME_bench (Google Benchmark)
#   *_fuzz.cc  -> one libFuzzer binary each, only with -DPEREGRINE_FUZZ=ON
#   main.cc    -> left to the room's own CMakeLists.txt
function(peregrine_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LIBS;TESTS_ALONE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  set(tests ${sources})
  set(benches ${sources})
  set(fuzzers ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER benches INCLUDE REGEX "_bench\\.cc$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cc$")
  list(FILTER sources EXCLUDE REGEX "(_(test|bench|fuzz)|/main)\\.cc$")
  if(NOT sources)
    return()
  endif()

  set(uses ${ROOM_USES})
  list(TRANSFORM uses PREPEND peregrine::)
  add_library(peregrine_${name} STATIC ${sources})
  add_library(peregrine::${name} ALIAS peregrine_${name})
  target_link_libraries(peregrine_${name} PUBLIC peregrine_flags ${uses} ${ROOM_LIBS})

  if(tests AND PEREGRINE_TESTS)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE peregrine::${name} GTest::gmock GTest::gtest_main)
    target_compile_definitions(${name}_test PRIVATE
      PEREGRINE_SHARED_DIR="${PEREGRINE_SHARED_DIR}" PEREGRINE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    peregrine_test_options(${name}_test)
    peregrine_unite_tests(${name}_test TESTS ${tests} ALONE ${ROOM_TESTS_ALONE})
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
      PROPERTIES TIMEOUT 300)
  endif()
  if(benches AND PEREGRINE_BENCHMARKS)
    add_executable(${name}_bench ${benches})
    target_link_libraries(${name}_bench PRIVATE peregrine::${name} benchmark::benchmark_main)
  endif()
  if(PEREGRINE_FUZZ)
    foreach(fuzzer ${fuzzers})
      get_filename_component(target ${fuzzer} NAME_WE)
      add_executable(${target} ${fuzzer})
      target_link_libraries(${target} PRIVATE peregrine::${name})
      target_link_options(${target} PRIVATE -fsanitize=fuzzer)
      set(corpus ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${target})
      if(EXISTS ${corpus})
        # The seed corpus is replayed as a regression test; `tools/fuzz` explores.
        add_test(NAME fuzz.${target} COMMAND ${target} -runs=0 ${corpus})
      endif()
    endforeach()
  endif()
endfunction()
