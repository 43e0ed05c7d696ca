#include "api/entry/request_meter.h"

#include <fmt/format.h>
#include <prometheus/counter.h>

#include <utility>

#include "api/door/door.h"
#include "api/json/path.h"
#include "service/metering/metered_chat.h"

namespace peregrine::api {
namespace {

using service::LimitFacts;
using service::LimitRefusal;
using service::Quantity;

ErrorKind kind_of_refusal(Quantity quantity, bool never) {
  switch (quantity) {
    case Quantity::kRequests:
      break;
    case Quantity::kTokens:
      return never ? ErrorKind::kTokensTooLarge : ErrorKind::kTokensLimited;
    case Quantity::kAudioSeconds:
      return never ? ErrorKind::kSecondsTooLarge : ErrorKind::kSecondsLimited;
  }
  return ErrorKind::kRequestsLimited;
}

ApiError limit_error(const LimitRefusal& refusal, const service::Meter& meter, std::string_view tier) {
  const LimitFacts& facts = service::limit_facts()[static_cast<std::size_t>(refusal.kind)];
  const std::string where = fmt::format("for model `{}` in organization `{}` service tier `{}` on {}",
                                        meter.model(), meter.key().organisation, tier, facts.description);
  const ErrorKind kind = kind_of_refusal(facts.quantity, refusal.never);
  if (refusal.never) {
    return make_error(kind, fmt::format("Request too large {}: Limit {}, Requested {}, please reduce your "
                                        "message size and try again.",
                                        where, refusal.limit, refusal.requested));
  }
  ApiError error = make_error(
      kind, fmt::format("Rate limit reached {}: Limit {}, Used {}, Requested {}. Please try again in {}.",
                        where, refusal.limit, refusal.used, refusal.requested,
                        service::duration_text(refusal.retry_after)));
  error.retry = Retry{.after = refusal.retry_after, .soon = facts.window <= std::chrono::minutes(1)};
  return error;
}

void tell_one(http::Headers& headers, std::string_view unit, const service::Meter& meter,
              service::LimitKind kind) {
  const std::optional<service::Remaining> left = meter.remaining(kind);
  if (!left) return;
  headers.set(fmt::format("x-ratelimit-limit-{}", unit), std::to_string(left->limit));
  headers.set(fmt::format("x-ratelimit-remaining-{}", unit), std::to_string(left->remaining));
  headers.set(fmt::format("x-ratelimit-reset-{}", unit), service::duration_text(left->reset));
}

}  // namespace

RequestMeter::RequestMeter(const Services& services, http::Exchange& exchange)
    : services_(services), facts_(facts_of(exchange)), key_(facts_->key), id_(request_id(exchange)) {}

std::optional<ApiError> RequestMeter::open(std::string_view model, std::string_view tier) {
  std::optional<std::string> id{std::string(model)};
  if (service::is_tuned_id(model)) {
    // Nobody but its organisation learns that it is there.
    if (services_.tuned == nullptr) return make_error(ErrorKind::kModelNotFound, clip(model));
    const auto found = services_.tuned->find_model(model, key_->organisation);
    if (!found) return make_error(ErrorKind::kInternal);
    if (!*found) return make_error(ErrorKind::kModelNotFound, clip(model));
    id = (*found)->fine_tuned_model;
  } else if (services_.resolve_model) {
    id = services_.resolve_model(model);
  }
  if (!id) return std::nullopt;
  if (!key_->scope.allows_model(*id)) return make_error(ErrorKind::kModelNotPermitted, clip(*id));
  if (services_.metering == nullptr) return std::nullopt;
  tier_ = tier;
  meter_ = services_.metering->start(key_, std::move(*id), {id_, std::string(facts_->route), tier_});
  facts_->meter = meter_;
  if (meter_->check()) return std::nullopt;
  return refusal();
}

service::Admit RequestMeter::admit() const {
  if (!meter_) return {};
  return [meter = meter_](const service::Demand& demand) { return meter->admit(demand); };
}

std::optional<ApiError> RequestMeter::refusal() const {
  if (!meter_ || !meter_->refusal()) return std::nullopt;
  const LimitRefusal& refusal = *meter_->refusal();
  const LimitFacts& facts = service::limit_facts()[static_cast<std::size_t>(refusal.kind)];
  services_.metrics
      .counter("peregrine_limited_requests_total", "Requests refused because of a limit, by limit",
               {{"limit", std::string(facts.name)}})
      .Increment();
  return limit_error(refusal, *meter_, tier_);
}

std::unique_ptr<service::ChatStream> RequestMeter::chat(std::unique_ptr<service::ChatStream> stream) const {
  if (!meter_) return stream;
  return std::make_unique<service::MeteredChat>(std::move(stream), meter_);
}

void RequestMeter::finish(const service::Used& used) const {
  if (meter_) meter_->finish(used, service::Meter::End::kServed);
}

void RequestMeter::fail() const {
  if (meter_) meter_->finish({}, service::Meter::End::kFailed);
}

void RequestMeter::give_up() const {
  if (meter_ && meter_->admitted()) finish({.prompt_tokens = meter_->admitted()->prompt_tokens});
}

void RequestMeter::tell(http::Headers& headers) const {
  if (!meter_) return;
  tell_one(headers, "requests", *meter_, service::LimitKind::kRequestsPerDay);
  tell_one(headers, "tokens", *meter_, service::LimitKind::kTokensPerMinute);
}

}  // namespace peregrine::api
