// Target regions: code between PEREGRINE_TARGET_PUSH and _POP is compiled for the named instruction sets,
// whatever the flags of the file. Headers from elsewhere must be included before the region, so that their
// inline functions keep the baseline and cannot leak instructions into other files.
#pragma once

#define PEREGRINE_PRAGMA(text) _Pragma(#text)

#if defined(__clang__)
#define PEREGRINE_TARGET_PUSH(features) \
  PEREGRINE_PRAGMA(clang attribute push(__attribute__((target(features))), apply_to = function))
#define PEREGRINE_TARGET_POP _Pragma("clang attribute pop")
#else
#define PEREGRINE_TARGET_PUSH(features) _Pragma("GCC push_options") PEREGRINE_PRAGMA(GCC target(features))
#define PEREGRINE_TARGET_POP _Pragma("GCC pop_options")
#endif

#define PEREGRINE_ALWAYS_INLINE inline __attribute__((always_inline))

// Before a loop of a few constant steps over arrays of vectors, which must become registers.
#define PEREGRINE_UNROLL _Pragma("GCC unroll 16")
// Before a loop whose body is long enough.
#define PEREGRINE_NO_UNROLL _Pragma("GCC unroll 1")
// After the parameters of a lambda that works on vectors.
#define PEREGRINE_INLINE_LAMBDA __attribute__((always_inline))
