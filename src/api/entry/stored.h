// What the routes of stored things (files, batches, adapters, kept responses) have in common: who asks, work
// that waits for a disk, and how an error and "there is none" read.
//
// A route's work is a function from an exchange to a Body that runs on a worker. `noun` is what a thing is
// called in a sentence: "File".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/errors/errors.h"
#include "base/result.h"
#include "http/exchange.h"

namespace peregrine::api {

// The JSON of an answer, or why there is none.
using Body = tl::expected<std::string, ApiError>;

// What a key stores, all keys of its organisation see.
std::string organisation_of(http::Exchange& exchange);

// An error from a store, as the client reads it; what the client is not told is logged.
ApiError explain(http::Exchange& exchange, const Error& cause);
template <class T>
tl::expected<T, ApiError> explained(http::Exchange& exchange, Result<T> result) {
  if (!result) return tl::unexpected<ApiError>(explain(exchange, result.error()));
  return std::move(*result);
}

// "File with id 'file_1' not found."
ApiError not_found(std::string_view noun, std::string_view id);

// What a store has under `id`.
template <class T>
tl::expected<T, ApiError> found(http::Exchange& exchange, Result<std::optional<T>> result,
                                std::string_view noun, std::string_view id) {
  if (!result) return tl::unexpected<ApiError>(explain(exchange, result.error()));
  if (!*result) return tl::unexpected<ApiError>(not_found(noun, id));
  return std::move(**result);
}
// The answer to a deletion; `object` is the thing's name on the wire.
Body removed(http::Exchange& exchange, const Result<bool>& result, std::string_view noun,
             std::string_view object, std::string_view id);

http::Task<unsigned> respond(http::Exchange& exchange, Body body);

// Answers with what `work`, a Body(), says on a worker.
template <class Work>
http::Task<unsigned> answer_stored(http::Exchange& exchange, const Work& work) {
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}
// The same of an order in JSON, which may be refused before it is read.
template <class Work>
http::Task<unsigned> answer_order(http::Exchange& exchange, const Services& services, const Work& work) {
  std::optional<ApiError> refusal = refuse_at_once(exchange, services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  co_return co_await answer_stored(exchange, work);
}

// What a route does with `owner`: files, batches...
template <class Owner>
using StoredWork = Body (*)(http::Exchange& exchange, Owner& owner);

template <class Owner>
http::Task<unsigned> answer_from(http::Exchange& exchange, Owner& owner, StoredWork<Owner> work) {
  const auto now = [&] { return work(exchange, owner); };
  co_return co_await answer_stored(exchange, now);
}
// A route that is nothing but its work. `owner` outlives the router.
template <class Owner>
Endpoint stored_endpoint(Owner& owner, StoredWork<std::type_identity_t<Owner>> work) {
  return [&owner, work](http::Exchange& exchange) { return answer_from<Owner>(exchange, owner, work); };
}

}  // namespace peregrine::api
