// JSON Lines, checked as they stream by: nothing of them is held in memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.h"

namespace peregrine::service {

struct JsonlLimits {
  std::uint64_t max_lines = 50'000;
  std::uint64_t max_line_bytes = 8u << 20;
  std::size_t max_depth = 64;
};

// The open file `file` consists of lines, each a JSON object in UTF-8; the last may lack its line feed, and
// blank lines may follow it. Its position does not matter. Errors: kInvalidArgument, with a message for the
// client that names the line; kIo.
Status check_jsonl(int file, const JsonlLimits& limits = {});

}  // namespace peregrine::service
