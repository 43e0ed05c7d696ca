// Loops that do nothing but multiply and add in registers, for the peaks of a machine's arithmetic.
//
// Every loop keeps more independent sums than its instructions' latency times their rate, so that one thread
// runs at the rate. Results go to a sink, so that no compiler may leave the work out.
#pragma once

#include <cstdint>
#include <string_view>

namespace peregrine::app::bench {

struct ProbeLoop {
  std::string_view isa;                    // instructions it is made of: "avx512-vnni"
  void (*run)(std::uint64_t rounds) = {};  // thread-safe
  double operations = 0;                   // of one round
};

// The best that this machine runs, whatever PEREGRINE_ISA says. Operations: multiply-accumulates of int8 ...
ProbeLoop int8_loop();
// ... and single floating-point operations, a multiply-add being two.
ProbeLoop fp32_loop();

}  // namespace peregrine::app::bench
