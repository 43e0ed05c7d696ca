#include "api/door/request_log.h"

#include <any>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/door/door.h"
#include "api/door/measure.h"
#include "api/door/trace_context.h"
#include "base/log.h"

namespace peregrine::api {
namespace {

using base::LogField;

double milliseconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

std::int64_t count(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

unsigned status_of(const RequestFacts& facts, const http::Outcome& outcome) {
  if (facts.status != 0) return facts.status;
  return outcome.status == 0 ? kClientGone : outcome.status;
}

void add_use(std::vector<LogField>& fields, const service::Meter& meter) {
  fields.push_back({"model", std::string_view(meter.model())});
  if (!meter.used()) return;
  fields.push_back({"prompt_tokens", count(meter.used()->prompt_tokens)});
  fields.push_back({"cached_tokens", count(meter.used()->cached_tokens)});
  fields.push_back({"completion_tokens", count(meter.used()->completion_tokens)});
  if (meter.used()->audio_seconds > 0) {
    fields.push_back({"audio_seconds", count(meter.used()->audio_seconds)});
  }
}

void log_request(http::Exchange* exchange, const http::Headers& answer, const http::Outcome& outcome) {
  if (!base::log_enabled(base::LogLevel::kInfo)) return;
  const std::shared_ptr<const RequestFacts> facts =
      exchange != nullptr ? facts_of(*exchange) : std::make_shared<const RequestFacts>();
  const std::string method = method_label(exchange != nullptr ? exchange->request().method : "");
  std::optional<TraceContext> trace;
  if (exchange != nullptr) trace = trace_context_of(exchange->request().headers);
  constexpr std::size_t kMostFields = 13;
  std::vector<LogField> fields;
  fields.reserve(kMostFields);
  fields.push_back({"method", std::string_view(method)});
  fields.push_back({"route", facts->route});
  fields.push_back({"status", std::int64_t{status_of(*facts, outcome)}});
  fields.push_back({"duration_ms", milliseconds(outcome.duration)});
  if (outcome.status != 0) fields.push_back({"first_byte_ms", milliseconds(outcome.to_first_byte)});
  if (facts->key && !facts->key->id.empty()) fields.push_back({"key", std::string_view(facts->key->id)});
  if (facts->meter) add_use(fields, *facts->meter);
  if (trace) {
    fields.push_back({"trace_id", std::string_view(trace->trace_id)});
    fields.push_back({"span_id", std::string_view(trace->span_id)});
  }
  const base::LogScope scope(answer.get("x-request-id"));
  base::log_line(base::LogLevel::kInfo, "request", fields);
}

}  // namespace

std::shared_ptr<RequestFacts> facts_of(http::Exchange& exchange) {
  std::any& context = exchange.context();
  if (!context.has_value()) context = std::make_shared<RequestFacts>();
  return std::any_cast<std::shared_ptr<RequestFacts>>(context);
}

http::Observer request_log() {
  return log_request;
}

}  // namespace peregrine::api
