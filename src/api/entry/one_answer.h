// A resource that answers a request once, when its model is there and the work is done: parse, wait for the
// model, start, wait for the answer, render. A client that goes takes the work with it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "api/api.h"
#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/entry/request_meter.h"
#include "api/errors/errors.h"
#include "base/result.h"
#include "http/exchange.h"

namespace peregrine::api {

// What differs between such resources. Parsing, starting and rendering run on a worker.
template <class Call, class Answer>
struct OneAnswer {
  Result<Call> (*parse)(std::string_view body);
  const std::string& (*model)(const Call& call);
  void (*set_admit)(Call& call, service::Admit admit);
  Result<std::unique_ptr<service::Pending<Answer>>> (*start)(const Services& services, const Call& call,
                                                             service::ModelLease model);
  // `error` of opening the model, of start() or of the answer, as the client reads it.
  ApiError (*explain)(const Error& error, const Call& call);
  std::string (*render)(const Call& call, const Answer& answer);
  service::Used (*used)(const Answer& answer);
};

// The usual reading of an error from below, with `where` as the client wrote it.
ApiError embedding_error(const Error& error, const std::string& model, std::string where);

namespace one_answer_detail {

template <class Call, class Answer>
struct Started {
  Call call;
  std::unique_ptr<service::ModelWait> wait;
  std::unique_ptr<service::Pending<Answer>> pending = {};

  bool waits() const { return pending == nullptr; }
};

template <class Call, class Answer>
using StartResult = tl::expected<Started<Call, Answer>, ApiError>;

template <class Call, class Answer>
tl::unexpected<ApiError> refused(const OneAnswer<Call, Answer>& resource, const Error& cause,
                                 const Call& call, const RequestMeter& meter, std::string_view id) {
  if (auto limited = meter.refusal()) return tl::unexpected<ApiError>(std::move(*limited));
  ApiError error = resource.explain(cause, call);
  log_internal(error, cause, id);
  return tl::unexpected<ApiError>(std::move(error));
}

// Starts the work if the wait for the model is over.
template <class Call, class Answer>
StartResult<Call, Answer> go_on(const OneAnswer<Call, Answer>& resource, Started<Call, Answer> job,
                                const Services& services, const RequestMeter& meter, std::string_view id) {
  std::optional<Result<service::ModelLease>> lease = job.wait->poll();
  if (!lease) return job;
  if (!*lease) return refused(resource, lease->error(), job.call, meter, id);
  auto pending = resource.start(services, job.call, std::move(**lease));
  if (!pending) return refused(resource, pending.error(), job.call, meter, id);
  job.pending = std::move(*pending);
  return job;
}

template <class Call, class Answer>
StartResult<Call, Answer> begin(const OneAnswer<Call, Answer>& resource, std::string_view body,
                                const Services& services, RequestMeter& meter, std::string_view id) {
  Result<Call> call = resource.parse(body);
  if (!call) return tl::unexpected<ApiError>(to_api_error(call.error()));
  if (auto closed = meter.open(resource.model(*call))) return tl::unexpected<ApiError>(std::move(*closed));
  resource.set_admit(*call, meter.admit());
  auto wait = services.open_model(resource.model(*call));
  if (!wait) return refused(resource, wait.error(), *call, meter, id);
  return go_on(resource, Started<Call, Answer>{std::move(*call), std::move(*wait)}, services, meter, id);
}

}  // namespace one_answer_detail

template <class Call, class Answer>
http::Task<unsigned> answer_once(http::Exchange& exchange, const Services& services,
                                 const OneAnswer<Call, Answer>& resource) {
  std::optional<ApiError> refusal = refuse_at_once(exchange, services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  const std::string id = request_id(exchange);
  RequestMeter meter(services, exchange);
  const auto begin = [&] {
    return one_answer_detail::begin(resource, exchange.request().body, services, meter, id);
  };
  one_answer_detail::StartResult<Call, Answer> job = co_await exchange.offload(begin);
  const std::function<one_answer_detail::StartResult<Call, Answer>(one_answer_detail::Started<Call, Answer>)>
      resume = [&](auto waiting) {
        return one_answer_detail::go_on(resource, std::move(waiting), services, meter, id);
      };
  const bool here = co_await start_when_loaded(exchange, job, resume);
  if (!here) co_return kClientGone;
  if (exchange.disconnected()) co_return kClientGone;
  if (!job) meter.fail();
  meter.tell(exchange.response_headers());
  if (!job) co_return co_await respond_error(exchange, std::move(job.error()));

  const std::shared_ptr<http::Signal> done = exchange.make_signal();
  job->pending->on_ready([done] { done->notify(); });
  std::optional<Result<Answer>> answer = job->pending->poll();
  while (!answer) {
    co_await exchange.wait(*done);
    if (exchange.disconnected()) {
      meter.give_up();
      co_return kClientGone;
    }
    answer = job->pending->poll();
  }
  if (!*answer) {
    meter.fail();
    ApiError error = resource.explain(answer->error(), job->call);
    log_internal(error, answer->error(), id);
    co_return co_await respond_error(exchange, std::move(error));
  }
  meter.finish(resource.used(**answer));
  meter.tell(exchange.response_headers());
  const auto render = [&] { return resource.render(job->call, **answer); };
  std::string body = co_await exchange.offload(render);
  co_return co_await respond_json(exchange, std::move(body));
}

}  // namespace peregrine::api
