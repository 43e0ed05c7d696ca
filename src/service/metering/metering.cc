#include "service/metering/metering.h"

#include <algorithm>
#include <array>
#include <utility>

#include "service/usage/days.h"

namespace peregrine::service {
namespace {

std::int64_t amount(std::uint64_t value) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(value, kMaxAmount));
}

std::shared_ptr<RunningRequest> make_running(const ApiKey& key, const Account& account, RequestLabel label) {
  auto request = std::make_shared<RunningRequest>();
  request->label = std::move(label);
  request->model = account.model;
  request->key = key.id;
  request->organisation = key.organisation;
  return request;
}

// The least that a limit of tokens holds; nothing when there is none.
std::optional<std::int64_t> least_token_limit(const Account& account) {
  std::optional<std::int64_t> least;
  for (const Limits* limits : {&account.of_key, &account.of_organisation}) {
    for (const LimitFacts& facts : limit_facts()) {
      const std::optional<std::int64_t> limit = (*limits)[facts.kind];
      if (facts.quantity != Quantity::kTokens || !limit) continue;
      least = std::min(least.value_or(*limit), *limit);
    }
  }
  return least;
}

}  // namespace

Meter::Meter(Metering& metering, std::shared_ptr<const ApiKey> key, Account account, RequestLabel label)
    : metering_(metering),
      key_(std::move(key)),
      account_(std::move(account)),
      all_running_(metering.running()),
      running_(make_running(*key_, account_, std::move(label))),
      place_(all_running_->enter(running_)) {}

Meter::~Meter() {
  finish({}, End::kFailed);
}

Status Meter::refused(const LimitRefusal& refusal) {
  refusal_ = refusal;
  return fail(ErrorCode::kPermissionDenied, "a limit is reached");
}

Status Meter::check() {
  const auto refusal = metering_.limiter_.check(account_, {.requests = 1});
  return refusal ? refused(*refusal) : Status();
}

// What a client did not ask for never makes its request too large: then the completion is expected to take
// what the limit leaves.
Cost Meter::cost_of(const Demand& demand) const {
  const std::int64_t prompt = amount(demand.prompt_tokens);
  std::int64_t completion = amount(demand.most_completion_tokens);
  if (!demand.capped) {
    completion = std::min(completion, amount(kAssumedCompletionTokens));
    if (const auto limit = least_token_limit(account_)) {
      completion = std::min(completion, std::max<std::int64_t>(*limit - prompt, 0));
    }
  }
  return {.requests = 1, .tokens = prompt + completion, .audio_seconds = amount(demand.audio_seconds)};
}

Status Meter::admit(const Demand& demand) {
  const Cost cost = cost_of(demand);
  if (const auto refusal = metering_.limiter_.admit(account_, cost)) return refused(*refusal);
  reserved_ = cost;
  admitted_ = demand;
  running_->prompt_tokens = demand.prompt_tokens;
  return {};
}

void Meter::finish(const Used& used, End end) {
  if (used_) return;
  used_ = used;
  all_running_->leave(place_);
  const std::uint64_t cached = std::min(used.cached_tokens, used.prompt_tokens);
  const Cost cost{.requests = reserved_.requests,
                  .tokens = amount(used.prompt_tokens - cached) + amount(used.completion_tokens),
                  .audio_seconds = amount(used.audio_seconds)};
  metering_.limiter_.settle(account_, reserved_, cost);
  if (metering_.ledger_ == nullptr) return;
  store::UsageRow row;
  row.day = day_of(metering_.wall_clock_());
  row.key = key_->id;
  row.organisation = key_->organisation;
  row.model = account_.model;
  row.amounts.requests = 1;
  row.amounts.errors = end == End::kFailed ? 1 : 0;
  row.amounts.prompt_tokens = amount(used.prompt_tokens);
  row.amounts.cached_tokens = amount(cached);
  row.amounts.completion_tokens = amount(used.completion_tokens);
  row.amounts.audio_seconds = amount(used.audio_seconds);
  metering_.ledger_->add(row);
}

std::optional<Remaining> Meter::remaining(LimitKind kind) const {
  return metering_.limiter_.remaining(account_, kind);
}

Metering::Metering(LimitRules rules, UsageLedger* ledger, Limiter::Clock clock, WallClock wall_clock)
    : limiter_(std::move(clock)), ledger_(ledger), wall_clock_(std::move(wall_clock)) {
  replace_rules(std::move(rules));
}

std::int64_t Metering::unix_now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
}

void Metering::replace_rules(LimitRules rules) {
  auto replacement = std::make_shared<const LimitRules>(std::move(rules));
  const std::lock_guard lock(mutex_);
  rules_ = std::move(replacement);
}

std::shared_ptr<const LimitRules> Metering::rules() const {
  const std::lock_guard lock(mutex_);
  return rules_;
}

std::shared_ptr<Meter> Metering::start(std::shared_ptr<const ApiKey> key, std::string model,
                                       RequestLabel label) {
  const std::shared_ptr<const LimitRules> now = rules();
  Account account;
  account.key = key->id;
  account.organisation = key->organisation;
  account.of_key = now->of_key(key->id, key->name, key->limits, model);
  account.of_organisation = now->of_organisation(key->organisation);
  account.model = std::move(model);
  return std::make_shared<Meter>(*this, std::move(key), std::move(account), std::move(label));
}

Limits Metering::limits_of(const ApiKey& key) const {
  return rules()->of_key(key.id, key.name, key.limits, {});
}

}  // namespace peregrine::service
