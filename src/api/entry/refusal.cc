#include "api/entry/refusal.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

#include "api/models/routes.h"

namespace peregrine::api {
namespace {

std::string schema_name(std::string_view where, const SchemaNames& names) {
  const bool tool = where.starts_with("tools[") || where.starts_with("functions[");
  if (!tool) return names.answer;
  std::size_t index = names.tools.size();
  std::from_chars(where.data() + where.find('[') + 1, where.data() + where.size(), index);
  return index < names.tools.size() ? names.tools[index] : std::string();
}

// Groq's sentence about a completion budget over the model's own.
std::string token_cap_message(const Error& error, const GenerationTerms& terms, const Services& services) {
  const std::string_view base = service::tuned_base(terms.model);
  const std::optional<service::ModelStatus> model =
      find_model(services.models(), base.empty() ? terms.model : base);
  if (!model) return error.message;
  return fmt::format(
      "`{0}` must be less than or equal to `{1}`, the maximum value for `{0}` is less than the "
      "`context_window` for this model",
      terms.token_cap, model->context_window);
}

}  // namespace

SchemaNames SchemaNames::of(const service::ChatRequest& request) {
  SchemaNames names{.answer = request.answer.name, .tools = {}};
  for (const service::Tool& tool : request.tool_use.tools) names.tools.push_back(tool.name);
  return names;
}

ApiError explain_refusal(const Error& error, const GenerationTerms& terms, const SchemaNames& schemas,
                         const Services& services) {
  if (auto schema = to_schema_error(error, schema_name(error.where, schemas))) return std::move(*schema);
  switch (error.code) {
    case ErrorCode::kNotFound:
      return make_error(ErrorKind::kModelNotFound, terms.model);
    case ErrorCode::kInvalidArgument:
      if (error.where == terms.token_cap) {
        return make_error(ErrorKind::kInvalidRequest, token_cap_message(error, terms, services), error.where);
      }
      return make_error(ErrorKind::kInvalidRequest, error.message, error.where);
    case ErrorCode::kResourceExhausted:
      return make_error(ErrorKind::kContextLengthExceeded, error.message, std::string(terms.conversation));
    case ErrorCode::kUnavailable:
      // The flexible tier does not wait its turn. A server that goes down is another matter.
      if (terms.flexible && services.readiness != Readiness::kDraining) {
        return make_error(ErrorKind::kCapacityExceeded, error.message);
      }
      return make_error(ErrorKind::kUnavailable, error.message);
    default:
      return make_error(ErrorKind::kInternal);
  }
}

}  // namespace peregrine::api
