#include "api/json/document.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "api/json/path.h"
#include "text/json/parse.h"

namespace peregrine::api {
namespace {

using text::JsonFault;
using text::JsonRefusal;
using text::JsonStep;

// In the form of Path::param.
std::string param_of(const std::vector<JsonStep>& path) {
  std::string param;
  for (const JsonStep& step : path) {
    if (const auto* const index = std::get_if<std::size_t>(&step)) {
      param += fmt::format("[{}]", *index);
      continue;
    }
    if (!param.empty()) param += '.';
    param += clip(std::get<std::string>(step));
  }
  return param;
}

std::string message_of(const JsonRefusal& refusal) {
  switch (refusal.fault) {
    case JsonFault::kEmpty:
      return "the request body is empty; it must be a JSON object";
    case JsonFault::kNotUtf8:
      return fmt::format("the request body is not valid UTF-8 at byte {}", refusal.at);
    case JsonFault::kTooDeep:
      return fmt::format("the request body is nested deeper than {} levels", kMaxDepth);
    case JsonFault::kTooManyValues:
      return fmt::format("the request body has more than {} JSON values", kMaxValues);
    case JsonFault::kNumberTooLarge:
      return "a number is too large to represent";
    case JsonFault::kRepeatedKey:
      return fmt::format("property '{}' is given more than once",
                         clip(std::get<std::string>(refusal.path.back())));
    case JsonFault::kTrailingText:
      return fmt::format("the request body is not valid JSON: text after the end of the value at byte {}",
                         refusal.at);
    case JsonFault::kIncomplete:
      return "the request body is not valid JSON: it ends too early";
    case JsonFault::kSyntax:
      break;
  }
  return fmt::format("the request body is not valid JSON: {} at byte {}", refusal.grammar, refusal.at);
}

}  // namespace

Result<Json> parse_document(std::string_view body) {
  auto document = text::parse_json(body, {.max_depth = kMaxDepth, .max_values = kMaxValues});
  if (document) return std::move(*document);
  const JsonRefusal& refusal = document.error();
  return fail(ErrorCode::kInvalidArgument, message_of(refusal), param_of(refusal.path));
}

}  // namespace peregrine::api
