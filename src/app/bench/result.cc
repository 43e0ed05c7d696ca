#include "app/bench/result.h"

#include <algorithm>
#include <vector>

namespace peregrine::app::bench {
namespace {

// What a repetition of a phase does at least.
struct Needs {
  double bytes = 0;
  Macs macs;
};

Needs prefill_needs(const Cell& cell, const Work& work) {
  const std::uint32_t steps = cell.prefill_steps();
  const auto rows = static_cast<std::uint32_t>((cell.prompt_tokens() + steps - 1) / steps);
  const auto last = static_cast<double>(cell.streams);  // only the last token of a prompt needs logits
  const auto others = static_cast<double>(cell.prompt_tokens()) - last;
  Needs needs;
  needs.bytes = work.weight_bytes(rows) * steps;
  needs.macs = work.macs(false) * others;
  needs.macs += work.macs(true) * last;
  return needs;
}

Needs decode_needs(const Cell& cell, const Work& work) {
  const double kv = work.kv_bytes(cell.mean_context()) * cell.streams;
  return {.bytes = (work.weight_bytes(cell.streams) + kv) * cell.generate,
          .macs = work.macs(true) * static_cast<double>(cell.generated_tokens())};
}

Phase phase(std::uint64_t tokens, const std::vector<double>& seconds, const Needs& needs,
            const Peaks& peaks) {
  std::vector<double> rates;
  rates.reserve(seconds.size());
  for (const double one : seconds) rates.push_back(static_cast<double>(tokens) / one);
  Phase phase{.tokens = tokens, .tokens_per_second = spread_of(std::move(rates))};
  const double took = static_cast<double>(tokens) / phase.tokens_per_second.median;
  phase.bytes_per_second = needs.bytes / took;
  phase.macs_per_second = needs.macs.total() / took;
  phase.read_share = phase.bytes_per_second / peaks.read_bytes;
  phase.arithmetic_share =
      (needs.macs.int8 / peaks.int8_macs + needs.macs.fp32 * 2 / peaks.fp32_flops) / took;
  return phase;
}

}  // namespace

CellResult evaluate(const Cell& cell, std::span<const Seconds> seconds, const Work& work,
                    const Peaks& peaks) {
  std::vector<double> prefill;
  std::vector<double> decode;
  for (const Seconds& one : seconds) {
    prefill.push_back(one.prefill);
    decode.push_back(one.decode);
  }
  return {.cell = cell,
          .repeat = static_cast<std::uint32_t>(seconds.size()),
          .prefill = phase(cell.prompt_tokens(), prefill, prefill_needs(cell, work), peaks),
          .decode = phase(cell.generated_tokens(), decode, decode_needs(cell, work), peaks)};
}

}  // namespace peregrine::app::bench
