#include "api/responses/start.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <iterator>
#include <utility>

#include "api/entry/entry.h"
#include "api/json/path.h"
#include "base/ids.h"

namespace peregrine::api {
namespace {

using Items = std::vector<service::Item>;

std::int64_t now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
}

ApiError broken(const Error& cause, std::string_view request_id) {
  ApiError error = make_error(ErrorKind::kInternal);
  log_internal(error, cause, request_id);
  return error;
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
  // Tools have no `function` around their members here.
  std::string own(where);
  constexpr std::string_view kFunction = ".function.";
  const std::size_t at = own.find(kFunction);
  if (field == "tools" && at != std::string::npos) own.replace(at, kFunction.size(), ".");
  return own;
}

tl::unexpected<ApiError> refused(const Error& cause, const StartedResponse& response,
                                 const Services& services, const ResponseCaller& caller) {
  if (auto limited = caller.meter->refusal()) return tl::unexpected<ApiError>(std::move(*limited));
  const GenerationTerms terms{.model = response.head.model,
                              .conversation = "input",
                              .token_cap = "max_output_tokens",
                              .flexible = response.head.echo.tier == ResponseTier::kFlex};
  ApiError error =
      explain_refusal({cause.code, cause.message, our_field(cause.where)}, terms, response.schemas, services);
  log_internal(error, cause, caller.request_id);
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

}  // namespace

StartResult go_on(StartedResponse response, const Services& services, const ResponseCaller& caller) {
  std::optional<Result<service::ModelLease>> lease = response.wait->poll();
  if (!lease) return response;
  if (!*lease) return refused(lease->error(), response, services, caller);
  auto stream = start_chat(response, services, std::move(**lease));
  if (!stream) return refused(stream.error(), response, services, caller);
  response.stream = caller.meter->chat(std::move(*stream));
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
  if (auto closed = caller.meter->open(call->request.chat.model)) {
    return tl::unexpected<ApiError>(std::move(*closed));
  }
  call->request.chat.admit = caller.meter->admit();
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
  response.schemas = SchemaNames::of(response.call.request.chat);
  auto wait = services.open_model(response.head.model);
  if (!wait) return refused(wait.error(), response, services, caller);
  response.wait = std::move(*wait);
  return go_on(std::move(response), services, caller);
}

}  // namespace peregrine::api
