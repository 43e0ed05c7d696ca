// Whether this is compiled with a sanitizer whose run-time library needs address space and system calls of
// its own.
#pragma once

// GCC says so with a macro, clang when asked.
#ifdef __has_feature
#define PEREGRINE_HAS_FEATURE(name) __has_feature(name)
#else
#define PEREGRINE_HAS_FEATURE(name) 0
#endif

namespace peregrine::sound {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    PEREGRINE_HAS_FEATURE(address_sanitizer) || PEREGRINE_HAS_FEATURE(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace peregrine::sound

#undef PEREGRINE_HAS_FEATURE
