#include "service/limits/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "service/adapters/tuned_id.h"

namespace peregrine::service {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<LimitFacts, kLimitKinds> kFacts = {{
    {LimitKind::kRequestsPerMinute, Quantity::kRequests, minutes(1), "requests_per_minute", "rpm",
     "requests per minute (RPM)"},
    {LimitKind::kRequestsPerDay, Quantity::kRequests, hours(24), "requests_per_day", "rpd",
     "requests per day (RPD)"},
    {LimitKind::kTokensPerMinute, Quantity::kTokens, minutes(1), "tokens_per_minute", "tpm",
     "tokens per minute (TPM)"},
    {LimitKind::kTokensPerDay, Quantity::kTokens, hours(24), "tokens_per_day", "tpd", "tokens per day (TPD)"},
    {LimitKind::kAudioSecondsPerHour, Quantity::kAudioSeconds, hours(1), "audio_seconds_per_hour", "ash",
     "seconds of audio per hour (ASPH)"},
    {LimitKind::kAudioSecondsPerDay, Quantity::kAudioSeconds, hours(24), "audio_seconds_per_day", "asd",
     "seconds of audio per day (ASPD)"},
}};

unsigned char lower(char c) {
  return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

Limits find(const LimitRules::Table& table, std::string_view name) {
  const auto found = table.find(name);
  return found == table.end() ? Limits() : found->second;
}

}  // namespace

std::span<const LimitFacts, kLimitKinds> limit_facts() {
  return kFacts;
}

std::int64_t Cost::of(Quantity quantity) const {
  switch (quantity) {
    case Quantity::kRequests:
      return requests;
    case Quantity::kTokens:
      return tokens;
    case Quantity::kAudioSeconds:
      return audio_seconds;
  }
  return 0;
}

std::optional<std::int64_t> Limits::operator[](LimitKind kind) const {
  const auto& value = values_[static_cast<std::size_t>(kind)];
  return value == 0 ? std::nullopt : value;
}

Limits Limits::or_else(const Limits& others) const {
  Limits both = *this;
  for (std::size_t i = 0; i < kLimitKinds; ++i) {
    if (!both.values_[i]) both.values_[i] = others.values_[i];
  }
  return both;
}

bool Limits::empty() const {
  return std::ranges::none_of(values_, [](const auto& value) { return value.has_value(); });
}

std::string Limits::text() const {
  std::string out;
  for (const LimitFacts& facts : kFacts) {
    const auto& value = values_[static_cast<std::size_t>(facts.kind)];
    if (value) out += fmt::format("{}{}={}", out.empty() ? "" : ",", facts.short_name, *value);
  }
  return out;
}

Result<Limits> parse_limits(std::string_view text) {
  Limits limits;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const std::size_t equals = std::min(part.find('='), part.size());
    const auto facts = std::ranges::find(kFacts, part.substr(0, equals), &LimitFacts::short_name);
    std::int64_t value = -1;
    const std::string_view digits = part.substr(std::min(equals + 1, part.size()));
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool number = error == std::errc() && end == digits.data() + digits.size();
    if (facts == kFacts.end() || !number || value < 0 || value > kMaxLimit) {
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("'{}' is no limit: say rpm, rpd, tpm, tpd, ash or asd, '=', and a number from "
                              "0 (not limited) to {}",
                              part, kMaxLimit));
    }
    limits.set(facts->kind, value);
  }
  return limits;
}

bool LimitRules::Less::operator()(std::string_view a, std::string_view b) const {
  return std::ranges::lexicographical_compare(a, b, {}, lower, lower);
}

Limits LimitRules::of_key(std::string_view id, std::string_view name, const Limits& own,
                          std::string_view model) const {
  Limits limits = find(keys, id);
  if (!name.empty()) limits = limits.or_else(find(keys, name));
  // Of a tuned model for which nothing is said, its base's: tuning lifts no limit.
  const std::string_view base = tuned_base(model);
  limits = limits.or_else(own).or_else(find(models, model));
  return base.empty() ? limits.or_else(defaults) : limits.or_else(find(models, base)).or_else(defaults);
}

Limits LimitRules::of_organisation(std::string_view name) const {
  return find(organisations, name);
}

}  // namespace peregrine::service
