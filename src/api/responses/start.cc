#include "api/responses/start.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <iterator>
#include <utility>

#include "api/json/path.h"
#include "api/models/routes.h"
#include "base/ids.h"
#include "base/log.h"

namespace peregrine::api {
namespace {

using Items = std::vector<service::Item>;

std::int64_t now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
}

ApiError broken(const Error& cause, std::string_view request_id) {
  base::log(base::LogLevel::kError, "api: {}: a response could not be started: {}", request_id, cause.text());
  return make_error(ErrorKind::kInternal);
}

ApiError chain_error(const Error& error, const ResponseCall& call, std::string_view request_id) {
  const std::string& previous = call.echo.previous_response_id;
  switch (error.code) {
    case ErrorCode::kNotFound:
      return make_error(ErrorKind::kPreviousResponseNotFound, clip(error.where), "previous_response_id");
    case ErrorCode::kUnavailable:
      if (error.where != previous) break;
      return make_error(ErrorKind::kInvalidRequest,
                        fmt::format("Previous response '{}' is still in progress.", clip(previous)),
                        "previous_response_id");
    case ErrorCode::kResourceExhausted:
      return make_error(ErrorKind::kInvalidRequest,
                        fmt::format("Previous response '{}' {}.", clip(previous), error.message),
                        "previous_response_id");
    default:
      break;
  }
  return broken(error, request_id);
}

Status append_stored(const std::vector<store::StoredItem>& stored, Items& out) {
  for (const store::StoredItem& item : stored) {
    PEREGRINE_ASSIGN(service::Item parsed, parse_stored_item(item.body));
    out.push_back(std::move(parsed));
  }
  return {};
}

// The items of the responses before this one, oldest first; their instructions are not inherited.
tl::expected<Items, ApiError> earlier_items(const ResponseCall& call, const service::Responses& responses,
                                            const ResponseCaller& caller) {
  Items items;
  if (call.echo.previous_response_id.empty()) return items;
  const auto chain = responses.chain(call.echo.previous_response_id, caller.owner);
  if (!chain) return tl::unexpected(chain_error(chain.error(), call, caller.request_id));
  for (const store::StoredResponse& response : *chain) {
    for (const auto* stored : {&response.input, &response.output}) {
      const Status status = append_stored(*stored, items);
      if (!status) return tl::unexpected(broken(status.error(), caller.request_id));
    }
  }
  return items;
}

tl::expected<Items, ApiError> own_items(std::vector<InputItem> input, const service::Responses& responses,
                                        const ResponseCaller& caller) {
  Items items;
  items.reserve(input.size());
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (auto* item = std::get_if<service::Item>(&input[i])) {
      items.push_back(std::move(*item));
      continue;
    }
    const std::string& id = std::get<ItemReference>(input[i]).id;
    auto found = responses.find_item(id, caller.owner);
    if (!found) return tl::unexpected(broken(found.error(), caller.request_id));
    if (!*found) {
      return tl::unexpected(make_error(ErrorKind::kInvalidRequest,
                                       fmt::format("Item with id '{}' not found.", clip(id)),
                                       fmt::format("input[{}].id", i)));
    }
    auto item = parse_stored_item((*found)->body);
    if (!item) return tl::unexpected(broken(item.error(), caller.request_id));
    items.push_back(std::move(*item));
  }
  return items;
}

tl::unexpected<ApiError> refused(const Error& cause, const ResponseHead& head, const Services& services,
                                 std::string_view request_id) {
  ApiError error = response_error(cause, head, services);
  if (error.kind == ErrorKind::kInternal) {
    base::log(base::LogLevel::kError, "api: {}: a response could not be started: {}", request_id,
              cause.text());
  }
  return tl::unexpected<ApiError>(std::move(error));
}

// Every try of a truncated conversation takes a lease of its own. The one that is held meanwhile keeps the
// model where it is.
Result<std::unique_ptr<service::ChatStream>> start_chat(StartedResponse& response, const Services& services,
                                                        service::ModelLease held) {
  const bool truncate = response.call.request.truncate;
  return service::start_response(
      std::move(response.call.request),
      [&](const service::ChatRequest& chat) -> Result<std::unique_ptr<service::ChatStream>> {
        if (!truncate) return services.start_chat(chat, std::move(held));
        PEREGRINE_ASSIGN(const auto wait, services.open_model(chat.model));
        auto lease = wait->poll();
        if (!lease) return fail(ErrorCode::kUnavailable, "the model is making room for another");
        if (!*lease) return tl::unexpected(lease->error());
        return services.start_chat(chat, std::move(**lease));
      });
}

// The response is in the store before anybody hears of it.
Status keep(const StartedResponse& response, service::Responses& responses) {
  store::StoredResponse stored;
  stored.id = response.head.id;
  stored.owner = response.owner;
  stored.previous_id = response.head.echo.previous_response_id;
  stored.body = render_response(response.head, service::OutputAssembler(nullptr));
  stored.input = stored_items(response.input);
  return responses.add(std::move(stored));
}

// The field of ours that a field of a chat's request came from. What follows '#' or '[' stays.
std::string our_field(std::string_view where) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kFields = {{
      {"messages", "input"},
      {"response_format", "text.format"},
      {"reasoning_effort", "reasoning.effort"},
      {"reasoning_format", "reasoning"},
      {"max_completion_tokens", "max_output_tokens"},
  }};
  const std::string_view field = where.substr(0, where.find_first_of("#[."));
  for (const auto& [theirs, ours] : kFields) {
    if (field == theirs) return std::string(ours) + std::string(where.substr(field.size()));
  }
  return std::string(where);
}

std::string token_cap_message(const Error& error, const ResponseHead& head, const Services& services) {
  const auto model = find_model(services.models(), head.model);
  if (!model) return error.message;
  return fmt::format(
      "`max_output_tokens` must be less than or equal to `{}`, the maximum value for `max_output_tokens` is "
      "less than the `context_window` for this model",
      model->context_window);
}

}  // namespace

ApiError response_error(const Error& error, const ResponseHead& head, const Services& services) {
  const std::string field = our_field(error.where);
  const std::size_t mark = field.find('#');
  if (mark != std::string::npos) {  // a keyword of a schema
    ApiError out = to_api_error({error.code, error.message, field});
    if (out.kind != ErrorKind::kInternal) return out;
    return make_error(ErrorKind::kInvalidRequest, error.message, field.substr(0, mark));
  }
  switch (error.code) {
    case ErrorCode::kNotFound:
      return make_error(ErrorKind::kModelNotFound, head.model);
    case ErrorCode::kInvalidArgument:
      if (field == "max_output_tokens") {
        return make_error(ErrorKind::kInvalidRequest, token_cap_message(error, head, services), field);
      }
      return make_error(ErrorKind::kInvalidRequest, error.message, field);
    case ErrorCode::kResourceExhausted:
      return make_error(ErrorKind::kContextLengthExceeded, error.message, "input");
    case ErrorCode::kUnavailable:
      // The flexible tier does not wait its turn. A server that goes down is another matter.
      if (head.echo.tier == ResponseTier::kFlex && services.readiness != Readiness::kDraining) {
        return make_error(ErrorKind::kCapacityExceeded, error.message);
      }
      return make_error(ErrorKind::kUnavailable, error.message);
    default:
      return make_error(ErrorKind::kInternal);
  }
}

StartResult go_on(StartedResponse response, const Services& services, const ResponseCaller& caller) {
  std::optional<Result<service::ModelLease>> lease = response.wait->poll();
  if (!lease) return response;
  if (!*lease) return refused(lease->error(), response.head, services, caller.request_id);
  auto stream = start_chat(response, services, std::move(**lease));
  if (!stream) return refused(stream.error(), response.head, services, caller.request_id);
  response.stream = std::move(*stream);
  response.run = services.responses->start(response.head.id, response.owner, caller.on_cancel);
  if (response.head.echo.store) {
    const Status kept = keep(response, *services.responses);
    if (!kept) return tl::unexpected(broken(kept.error(), caller.request_id));
  }
  return response;
}

StartResult begin_response(std::string_view body, const Services& services, const ResponseCaller& caller) {
  Result<ResponseCall> call = parse_response_call(body);
  if (!call) return tl::unexpected<ApiError>(to_api_error(call.error()));
  if (call->echo.store && !services.responses->keeps()) {
    return tl::unexpected(make_error(ErrorKind::kInvalidRequest, "this server keeps no responses", "store"));
  }
  auto items = earlier_items(*call, *services.responses, caller);
  if (!items) return tl::unexpected(std::move(items.error()));
  auto own = own_items(std::move(call->input), *services.responses, caller);
  if (!own) return tl::unexpected(std::move(own.error()));

  StartedResponse response;
  response.input = std::move(*own);
  items->insert(items->end(), response.input.begin(), response.input.end());
  call->request.items = std::move(*items);
  response.head.id = base::type_id("resp");
  response.head.created = now();
  response.head.model = call->request.chat.model;
  response.head.timings = caller.timings;
  response.head.echo = call->echo;
  response.owner = caller.owner;
  response.call = std::move(*call);
  auto wait = services.open_model(response.head.model);
  if (!wait) return refused(wait.error(), response.head, services, caller.request_id);
  response.wait = std::move(*wait);
  return go_on(std::move(response), services, caller);
}

}  // namespace peregrine::api
