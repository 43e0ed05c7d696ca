#include "model/lora/files/json.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <variant>

#include "gguf/printable.h"
#include "model/lora/files/limits.h"
#include "text/json/parse.h"

namespace peregrine::model {
namespace {

std::string words_of(const text::JsonRefusal& refusal) {
  switch (refusal.fault) {
    case text::JsonFault::kNotUtf8:
      return "is not UTF-8";
    case text::JsonFault::kRepeatedKey:
      return fmt::format("has the key {} twice", gguf::printable(std::get<std::string>(refusal.path.back()),
                                                                 gguf::PrintStyle::kQuoted, kMaxShownChars));
    default:
      return fmt::format("is not valid JSON: {} at byte {}", refusal.grammar, refusal.at);
  }
}

}  // namespace

Result<boost::json::value> parse_adapter_json(std::string_view json) {
  auto value = text::parse_json(json, {.max_depth = kMaxAdapterJsonDepth});
  if (!value) return fail(ErrorCode::kCorrupt, words_of(value.error()));
  return std::move(*value);
}

}  // namespace peregrine::model
