#include "app/bench/report.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "app/kv_type.h"
#include "base/memory_budget.h"
#include "base/utf8.h"

namespace peregrine::app::bench {
namespace {

namespace json = boost::json;

// "71.2 (70.4-71.9)"
std::string shown(const Spread& rate) {
  return fmt::format("{:.1f} ({:.1f}-{:.1f})", rate.median, rate.min, rate.max);
}

json::object json_of(const Phase& phase) {
  const Spread& rate = phase.tokens_per_second;
  return {{"tokens", phase.tokens},
          {"tokens_per_second", {{"min", rate.min}, {"median", rate.median}, {"max", rate.max}}},
          {"gb_per_second", phase.bytes_per_second / 1e9},
          {"gmac_per_second", phase.macs_per_second / 1e9},
          {"share_of_read", phase.read_share},
          {"share_of_arithmetic", phase.arithmetic_share}};
}

}  // namespace

std::string render_heading(const Subject& subject) {
  const Peaks& peaks = subject.peaks;
  std::string text =
      fmt::format("{}: {:.2f} million parameters, {}; {} thread{}, kernels {}\n", subject.model,
                  static_cast<double>(subject.parameters) / 1e6, base::format_bytes(subject.file_bytes),
                  subject.threads, subject.threads == 1 ? "" : "s", subject.isa);
  text +=
      fmt::format("{}, {} core{}: reads {:.1f} GB/s, int8 {:.0f} GMAC/s ({}), fp32 {:.0f} GFLOP/s ({})\n\n",
                  subject.cpu, subject.cores, subject.cores == 1 ? "" : "s", peaks.read_bytes / 1e9,
                  peaks.int8_macs / 1e9, peaks.int8_isa, peaks.fp32_flops / 1e9, peaks.fp32_isa);
  text += fmt::format("{:>15} | {:>42} | {:>50}\n", "", "prefill", "decode");
  text += fmt::format("{:>6} {:>8} | {:>25} {:>7} {:>8} | {:>25} {:>6} {:>8} {:>8}\n", "prompt", "streams",
                      "tokens/s (min-max)", "GMAC/s", "of peak", "tokens/s (min-max)", "GB/s", "of peak",
                      "GMAC/s");
  return text;
}

std::string render_row(const CellResult& result) {
  const Phase& prefill = result.prefill;
  const Phase& decode = result.decode;
  return fmt::format("{:>6} {:>8} | {:>25} {:>7.1f} {:>6.0f} % | {:>25} {:>6.1f} {:>6.0f} % {:>8.1f}\n",
                     result.cell.prompt, result.cell.streams, shown(prefill.tokens_per_second),
                     prefill.macs_per_second / 1e9, prefill.arithmetic_share * 100,
                     shown(decode.tokens_per_second), decode.bytes_per_second / 1e9, decode.read_share * 100,
                     decode.macs_per_second / 1e9);
}

std::string render_json(const Subject& subject, const CellResult& result) {
  const Peaks& peaks = subject.peaks;
  const json::object all{
      {"model", base::utf8_sanitize(subject.model)},
      {"parameters", subject.parameters},
      {"file_bytes", subject.file_bytes},
      {"machine",
       {{"cpu", base::utf8_sanitize(subject.cpu)}, {"cores", subject.cores}, {"isa", subject.isa}}},
      {"threads", subject.threads},
      {"peaks",
       {{"read_gb_per_second", peaks.read_bytes / 1e9},
        {"int8_gmac_per_second", peaks.int8_macs / 1e9},
        {"int8_isa", peaks.int8_isa},
        {"fp32_gflop_per_second", peaks.fp32_flops / 1e9},
        {"fp32_isa", peaks.fp32_isa}}},
      {"prompt", result.cell.prompt},
      {"generate", result.cell.generate},
      {"streams", result.cell.streams},
      {"kv_type", kv_type_name(result.cell.kv_type)},
      {"repeat", result.repeat},
      {"context", result.cell.mean_context()},
      {"prefill_tokens_per_second", result.prefill.tokens_per_second.median},
      {"decode_tokens_per_second", result.decode.tokens_per_second.median},
      {"gmac_per_second", result.prefill.macs_per_second / 1e9},
      {"gb_per_second", result.decode.bytes_per_second / 1e9},
      {"prefill", json_of(result.prefill)},
      {"decode", json_of(result.decode)}};
  return json::serialize(all) + "\n";
}

}  // namespace peregrine::app::bench
