#include "service/batches/validation.h"

#include <fmt/format.h>

#include <string>
#include <unordered_map>
#include <utility>

#include "service/batches/line_reader.h"

namespace peregrine::service {
namespace {

void add_fault(BatchValidation& validation, store::BatchFault fault, bool fatal) {
  if (fatal) validation.usable = false;
  if (validation.faults.size() < kMaxBatchFaults) validation.faults.push_back(std::move(fault));
}

}  // namespace

Result<BatchValidation> validate_batch(int file, const BatchWork& work, const std::function<bool()>& stop) {
  BatchValidation validation;
  std::unordered_map<std::string, std::uint32_t> seen;  // where each custom_id was first
  LineReader reader(file);
  for (;;) {
    if (stop()) return fail(ErrorCode::kCancelled, "the server is stopping");
    const auto text = reader.next();
    if (!text && text.error().code == ErrorCode::kResourceExhausted) {
      add_fault(validation, {"line_too_long", text.error().message, "", reader.number() + 1}, true);
      return validation;
    }
    if (!text) return tl::unexpected(text.error());
    if (!*text) break;
    const std::uint32_t number = reader.number();
    if (number > kMaxBatchLines) {
      add_fault(
          validation,
          {"too_many_lines", fmt::format("The file has more than {} lines.", kMaxBatchLines), "", number},
          true);
      return validation;
    }
    ++validation.lines;
    auto line = work.read(**text);
    if (!line) {
      line.error().line = number;
      add_fault(validation, std::move(line.error()), true);
      continue;
    }
    const auto [first, is_new] = seen.emplace(std::move(line->custom_id), number);
    if (!is_new) {
      add_fault(validation,
                {"duplicate_custom_id", fmt::format("The custom_id is that of line {}, too.", first->second),
                 "custom_id", number},
                true);
    } else if (line->fault) {
      line->fault->line = number;
      add_fault(validation, std::move(*line->fault), false);
    }
  }
  if (validation.lines == 0) add_fault(validation, {"empty_file", "The file has no lines.", "", 0}, true);
  return validation;
}

}  // namespace peregrine::service
