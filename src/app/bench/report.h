// Measurements as a table for people, and one as JSON for programs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/bench/result.h"

namespace peregrine::app::bench {

// What all cells have in common.
struct Subject {
  std::string model;  // printable
  std::uint64_t parameters = 0;
  std::uint64_t file_bytes = 0;
  std::string cpu;       // of the machine
  unsigned cores = 0;    // of the machine
  unsigned threads = 0;  // that compute
  std::string_view isa;  // of the kernels
  Peaks peaks;
};

// The lines above the table, the heads of its columns included.
std::string render_heading(const Subject& subject);
std::string render_row(const CellResult& result);

// {"model", "parameters", "file_bytes", "machine": {"cpu", "cores", "isa"}, "threads",
//  "peaks": {"read_gb_per_second", "int8_gmac_per_second", "int8_isa", "fp32_gflop_per_second", "fp32_isa"},
//  "prompt", "generate", "streams", "kv_type", "repeat", "context" (mean, while decoding),
//  "prefill_tokens_per_second", "decode_tokens_per_second": medians,
//  "gmac_per_second" of prefill, "gb_per_second" of decode,
//  "prefill", "decode": {"tokens", "tokens_per_second": {"min", "median", "max"}, "gb_per_second",
//  "gmac_per_second", "share_of_read", "share_of_arithmetic"}}
std::string render_json(const Subject& subject, const CellResult& result);

}  // namespace peregrine::app::bench
