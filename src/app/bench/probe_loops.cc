#include "app/bench/probe_loops.h"

#if defined(__x86_64__)
// GCC 12 builds "undefined" vectors from themselves and then warns of it (PR 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
#endif

#include <array>
#include <cstddef>

#include "kernels/simd/region.h"

namespace peregrine::app::bench {
namespace {

// An empty asm statement with a value as "+x" tells the compiler that the value was used, and changed, there:
// sums that it knew to be equal would be computed once.

// Plain C++, for machines without the instructions below. Compilers make vectors of it as they can.
constexpr std::size_t kPlainLanes = 64;

void plain_int8(std::uint64_t rounds) {
  std::array<std::int8_t, kPlainLanes> a{};
  std::array<std::int32_t, kPlainLanes> sums{};
  for (std::uint64_t round = 0; round < rounds; ++round) {
    asm volatile("" : "+m"(a));
    for (std::size_t i = 0; i < kPlainLanes; ++i) sums[i] += a[i] * a[kPlainLanes - 1 - i];
  }
  asm volatile("" : "+m"(sums));
}

void plain_fp32(std::uint64_t rounds) {
  std::array<float, kPlainLanes> a{};
  std::array<float, kPlainLanes> sums{};
  for (std::uint64_t round = 0; round < rounds; ++round) {
    asm volatile("" : "+m"(a));
    for (std::size_t i = 0; i < kPlainLanes; ++i) sums[i] += a[i] * a[i];
  }
  asm volatile("" : "+m"(sums));
}

}  // namespace
}  // namespace peregrine::app::bench

#if defined(__x86_64__)

PEREGRINE_TARGET_PUSH("avx2,fma")
namespace peregrine::app::bench {
namespace {

constexpr std::size_t kAvx2Sums = 12;  // with the operands, 16 registers

void avx2_int8(std::uint64_t rounds) {
  __m256i a = _mm256_set1_epi8(1);
  const __m256i b = _mm256_set1_epi8(1);
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i sums[kAvx2Sums] = {};
  for (__m256i& sum : sums) asm volatile("" : "+x"(sum));
  for (std::uint64_t round = 0; round < rounds; ++round) {
    PEREGRINE_UNROLL
    for (std::size_t i = 0; i < kAvx2Sums; ++i) {
      asm volatile("" : "+x"(a));  // or the products would be one product
      sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(_mm256_maddubs_epi16(a, b), ones));
    }
  }
  for (__m256i& sum : sums) asm volatile("" : "+x"(sum));
}

void avx2_fp32(std::uint64_t rounds) {
  const __m256 a = _mm256_set1_ps(0.5F);
  __m256 sums[kAvx2Sums] = {};
  for (__m256& sum : sums) asm volatile("" : "+x"(sum));
  for (std::uint64_t round = 0; round < rounds; ++round) {
    PEREGRINE_UNROLL
    for (std::size_t i = 0; i < kAvx2Sums; ++i) sums[i] = _mm256_fmadd_ps(sums[i], a, a);
  }
  for (__m256& sum : sums) asm volatile("" : "+x"(sum));
}

}  // namespace
}  // namespace peregrine::app::bench
PEREGRINE_TARGET_POP

PEREGRINE_TARGET_PUSH("avx512f,avx512bw,avx512vnni")
namespace peregrine::app::bench {
namespace {

constexpr std::size_t kAvx512Sums = 16;

void avx512_int8(std::uint64_t rounds) {
  const __m512i a = _mm512_set1_epi8(1);
  const __m512i b = _mm512_set1_epi8(1);
  __m512i sums[kAvx512Sums] = {};
  for (__m512i& sum : sums) asm volatile("" : "+v"(sum));
  for (std::uint64_t round = 0; round < rounds; ++round) {
    PEREGRINE_UNROLL
    for (std::size_t i = 0; i < kAvx512Sums; ++i) sums[i] = _mm512_dpbusd_epi32(sums[i], a, b);
  }
  for (__m512i& sum : sums) asm volatile("" : "+v"(sum));
}

void avx512_fp32(std::uint64_t rounds) {
  const __m512 a = _mm512_set1_ps(0.5F);
  __m512 sums[kAvx512Sums] = {};
  for (__m512& sum : sums) asm volatile("" : "+v"(sum));
  for (std::uint64_t round = 0; round < rounds; ++round) {
    PEREGRINE_UNROLL
    for (std::size_t i = 0; i < kAvx512Sums; ++i) sums[i] = _mm512_fmadd_ps(sums[i], a, a);
  }
  for (__m512& sum : sums) asm volatile("" : "+v"(sum));
}

}  // namespace
}  // namespace peregrine::app::bench
PEREGRINE_TARGET_POP

#endif

namespace peregrine::app::bench {

ProbeLoop int8_loop() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni")) {
    return {"avx512-vnni", avx512_int8, kAvx512Sums * 64.0};
  }
  if (__builtin_cpu_supports("avx2")) return {"avx2", avx2_int8, kAvx2Sums * 32.0};
#endif
  return {"scalar", plain_int8, kPlainLanes};
}

ProbeLoop fp32_loop() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    return {"avx512", avx512_fp32, kAvx512Sums * 16.0 * 2};
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return {"avx2", avx2_fp32, kAvx2Sums * 8.0 * 2};
  }
#endif
  return {"scalar", plain_fp32, kPlainLanes * 2.0};
}

}  // namespace peregrine::app::bench
