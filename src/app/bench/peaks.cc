#include "app/bench/peaks.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "app/bench/machine.h"
#include "app/bench/probe_loops.h"
#include "app/bench/spread.h"
#include "base/aligned_buffer.h"

namespace peregrine::app::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPasses = 7;
constexpr std::chrono::milliseconds kPass{20};  // an arithmetic pass takes at least this
constexpr std::size_t kPartsPerThread = 8;      // a thread that loses its core delays one part

template <class Body>
double seconds(Body body) {
  const auto begun = Clock::now();
  body();
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

template <class Body>
double median_seconds(Body body) {
  std::vector<double> passes;
  passes.reserve(kPasses);
  for (int i = 0; i < kPasses; ++i) passes.push_back(seconds(body));
  return spread_of(passes).median;
}

// Operations per second of all threads.
double arithmetic_rate(base::ThreadPool& pool, const ProbeLoop& loop) {
  const std::size_t parts = pool.size() * kPartsPerThread;
  std::uint64_t rounds = 1024;
  const auto pass = [&] { pool.run(parts, [&](std::size_t) { loop.run(rounds); }); };
  while (seconds(pass) < std::chrono::duration<double>(kPass).count()) rounds *= 2;
  return loop.operations * static_cast<double>(rounds * parts) / median_seconds(pass);
}

// Several times what the caches of the cores in use hold.
std::size_t probe_bytes(unsigned threads) {
  constexpr std::uint64_t kLeast = std::uint64_t{256} << 20;
  constexpr std::uint64_t kMost = std::uint64_t{1} << 30;
  return std::clamp(last_level_cache_bytes() * threads * 4, kLeast, kMost);
}

// Reads every byte of [data, data + bytes), whole pieces. Asking for pieces ahead of the hardware, as kernels
// do, makes some machines' memory faster and others' slower: the better of both is the peak.
template <std::size_t kAhead>
void read_all(const std::byte* data, std::size_t bytes) {
  using Vector = std::uint64_t __attribute__((vector_size(16)));
  constexpr std::size_t kSums = 8;
  constexpr std::size_t kPiece = 2048;
  constexpr std::size_t kLine = 64;
  Vector sums[kSums] = {};
  for (std::size_t piece = 0; piece < bytes; piece += kPiece) {
    if constexpr (kAhead > 0) {
      for (std::size_t i = 0; i < kPiece; i += kLine) __builtin_prefetch(data + piece + kAhead + i);
    }
    for (std::size_t at = piece; at < piece + kPiece; at += sizeof(sums)) {
      Vector line[kSums];
      std::memcpy(line, data + at, sizeof(line));
      for (std::size_t i = 0; i < kSums; ++i) sums[i] += line[i];
    }
  }
  asm volatile("" : "+m"(sums));
}

Result<double> read_rate(base::ThreadPool& pool, base::MemoryBudget& budget) {
  constexpr std::size_t kPart = std::size_t{1} << 20;
  constexpr std::size_t kAhead = 8192;
  const std::size_t parts = probe_bytes(pool.size()) / kPart;
  PEREGRINE_ASSIGN(const auto reservation,
                   budget.reserve(base::MemoryKind::kScratch, parts * kPart, "measuring memory's speed"));
  PEREGRINE_ASSIGN(auto buffer, base::AlignedBuffer::allocate(parts * kPart));
  buffer.prefer_huge_pages();
  // Pages that nobody has written are one page of zeros.
  pool.run(parts, [&](std::size_t part) { std::memset(buffer.data() + part * kPart, 1, kPart); });
  const auto plain = [&](std::size_t part) { read_all<0>(buffer.data() + part * kPart, kPart); };
  const auto ahead = [&](std::size_t part) { read_all<kAhead>(buffer.data() + part * kPart, kPart); };
  const double pass = std::min(median_seconds([&] { pool.run(parts, plain); }),
                               median_seconds([&] { pool.run(parts, ahead); }));
  return static_cast<double>(parts * kPart) / pass;
}

}  // namespace

Result<Peaks> probe_peaks(base::ThreadPool& pool, base::MemoryBudget& budget) {
  const ProbeLoop int8 = int8_loop();
  const ProbeLoop fp32 = fp32_loop();
  Peaks peaks{.int8_isa = int8.isa, .fp32_isa = fp32.isa};
  PEREGRINE_ASSIGN(peaks.read_bytes, read_rate(pool, budget));
  peaks.int8_macs = arithmetic_rate(pool, int8);
  peaks.fp32_flops = arithmetic_rate(pool, fp32);
  return peaks;
}

}  // namespace peregrine::app::bench
