#include <fmt/format.h>

#include <limits>
#include <utility>

#include "api/admin/wire.h"
#include "api/json/document.h"
#include "api/json/schema.h"
#include "service/catalogue/reference.h"
#include "service/limits/limits.h"

namespace peregrine::api {
namespace {

constexpr std::size_t kMaxName = 64;
constexpr std::size_t kMaxScopes = 16;
constexpr std::size_t kMaxDigest = 64;

Status read_source(const Json& value, const Path& path, service::PullOrder& order) {
  PEREGRINE_ASSIGN(order.source, read_text(value, path, service::kMaxReferenceBytes));
  return {};
}

Status read_sha256(const Json& value, const Path& path, service::PullOrder& order) {
  PEREGRINE_ASSIGN(order.sha256, read_text(value, path, kMaxDigest));
  return {};
}

constexpr Field<service::PullOrder> kPullFields[] = {
    {"source", read_source, Presence::kRequired},
    {"sha256", read_sha256},
};

// A key before its lists are understood.
struct KeyCall {
  service::KeyOrder order;
  std::string scopes = "all";
  std::string models;
};

Status read_key_name(const Json& value, const Path& path, KeyCall& call) {
  PEREGRINE_ASSIGN(call.order.name, read_text(value, path, kMaxName));
  return {};
}

Status read_organisation(const Json& value, const Path& path, KeyCall& call) {
  PEREGRINE_ASSIGN(call.order.organisation, read_text(value, path, kMaxName));
  return {};
}

// A list of names, as the one text that the service reads.
Result<std::string> read_names(const Json& value, const Path& path, std::size_t least, std::size_t most) {
  constexpr std::size_t kMaxBytes = 256;
  PEREGRINE_ASSIGN(const boost::json::array* const array, read_array(value, path, least, most));
  std::string names;
  for (std::size_t i = 0; i < array->size(); ++i) {
    PEREGRINE_ASSIGN(const std::string_view name, read_text((*array)[i], path / i, kMaxBytes));
    if (name.find(',') != std::string_view::npos) return wrong(path / i, "a name has no comma");
    names += fmt::format("{}{}", names.empty() ? "" : ",", name);
  }
  return names;
}

Status read_scopes(const Json& value, const Path& path, KeyCall& call) {
  PEREGRINE_ASSIGN(call.scopes, read_names(value, path, 1, kMaxScopes));
  const auto known = service::KeyScope::parse(call.scopes, {});
  return known ? Status() : wrong(path, known.error().message);
}

Status read_models(const Json& value, const Path& path, KeyCall& call) {
  PEREGRINE_ASSIGN(call.models, read_names(value, path, 0, service::kMaxScopeModels));
  const auto known = service::KeyScope::parse("all", call.models);
  return known ? Status() : wrong(path, known.error().message);
}

template <service::LimitKind kKind>
Status read_limit(const Json& value, const Path& path, service::Limits& limits) {
  PEREGRINE_ASSIGN(const std::int64_t number, read_integer(value, path, 0, service::kMaxLimit));
  limits.set(kKind, number);
  return {};
}

constexpr Field<service::Limits> kLimitFields[] = {
    {"requests_per_minute", read_limit<service::LimitKind::kRequestsPerMinute>},
    {"requests_per_day", read_limit<service::LimitKind::kRequestsPerDay>},
    {"tokens_per_minute", read_limit<service::LimitKind::kTokensPerMinute>},
    {"tokens_per_day", read_limit<service::LimitKind::kTokensPerDay>},
    {"audio_seconds_per_hour", read_limit<service::LimitKind::kAudioSecondsPerHour>},
    {"audio_seconds_per_day", read_limit<service::LimitKind::kAudioSecondsPerDay>},
};

Status read_limits(const Json& value, const Path& path, KeyCall& call) {
  return read_object<service::Limits>(value, path, kLimitFields, call.order.limits);
}

Status read_expiry(const Json& value, const Path& path, KeyCall& call) {
  constexpr std::int64_t kYear9999 = 253'402'300'799;
  PEREGRINE_ASSIGN(call.order.expires_at, read_integer(value, path, 0, kYear9999));
  return {};
}

constexpr Field<KeyCall> kKeyFields[] = {
    {"name", read_key_name, Presence::kRequired},
    {"organisation", read_organisation},
    {"scopes", read_scopes},
    {"models", read_models},
    {"limits", read_limits},
    {"expires_at", read_expiry},
};

}  // namespace

Result<service::PullOrder> parse_pull_order(std::string_view body) {
  PEREGRINE_ASSIGN(const Json document, parse_document(body));
  service::PullOrder order;
  PEREGRINE_TRY(read_object<service::PullOrder>(document, Path(), kPullFields, order));
  return order;
}

Result<service::KeyOrder> parse_key_order(std::string_view body) {
  PEREGRINE_ASSIGN(const Json document, parse_document(body));
  KeyCall call;
  PEREGRINE_TRY(read_object<KeyCall>(document, Path(), kKeyFields, call));
  PEREGRINE_ASSIGN(call.order.scope, service::KeyScope::parse(call.scopes, call.models));
  return std::move(call.order);
}

}  // namespace peregrine::api
