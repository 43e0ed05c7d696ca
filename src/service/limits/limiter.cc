#include "service/limits/limiter.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace peregrine::service {

Limiter::Entry& Limiter::entry(std::map<Name, Entry>& entries, const std::string& name,
                               const Account& account) {
  return entries[{name, account.model}];
}

// Visits every limit that the account comes under: those of the key, then those of its organisation.
template <class Visit>
void Limiter::for_each_line(const Account& account, Visit visit) {
  const auto visit_all = [&](std::map<Name, Entry>& entries, const std::string& name, const Limits& limits) {
    if (limits.empty()) return;
    Entry& found = entry(entries, name, account);
    for (const LimitFacts& facts : limit_facts()) {
      const auto index = static_cast<std::size_t>(facts.kind);
      const std::optional<std::int64_t> limit = limits[facts.kind];
      found.limits[index] = limit.value_or(0);
      if (limit) visit(Line{facts, found.buckets[index], {*limit, facts.window}});
    }
  };
  visit_all(keys_, account.key, account.of_key);
  visit_all(organisations_, account.organisation, account.of_organisation);
}

std::optional<LimitRefusal> Limiter::refusal(const Account& account, const Cost& cost,
                                             Bucket::TimePoint now) {
  std::optional<LimitRefusal> worst;
  for_each_line(account, [&](const Line& line) {
    const std::int64_t wanted = cost.of(line.facts.quantity);
    if (wanted <= 0 || line.bucket.fits(line.rate, now, wanted)) return;
    LimitRefusal found;
    found.kind = line.facts.kind;
    found.limit = line.rate.limit;
    found.used = line.bucket.used(line.rate, now);
    found.requested = wanted;
    found.never = wanted > line.rate.limit;
    if (!found.never) found.retry_after = line.bucket.until_fits(line.rate, now, wanted);
    const auto weight = [](const LimitRefusal& one) { return std::pair(one.never, one.retry_after); };
    if (!worst || weight(found) > weight(*worst)) worst = found;
  });
  return worst;
}

std::optional<LimitRefusal> Limiter::check(const Account& account, const Cost& cost) {
  const std::lock_guard lock(mutex_);
  return refusal(account, cost, clock_());
}

std::optional<LimitRefusal> Limiter::admit(const Account& account, const Cost& cost) {
  const std::lock_guard lock(mutex_);
  const Bucket::TimePoint now = clock_();
  if (auto refused = refusal(account, cost, now)) return refused;
  for_each_line(account, [&](const Line& line) {
    const std::int64_t wanted = cost.of(line.facts.quantity);
    if (wanted > 0) line.bucket.take(line.rate, now, wanted);
  });
  if (keys_.size() + organisations_.size() >= worth_a_look_) {
    forget_idle(keys_, now);
    forget_idle(organisations_, now);
    worth_a_look_ = std::max(kFirstLook, 2 * (keys_.size() + organisations_.size()));
  }
  return std::nullopt;
}

void Limiter::settle(const Account& account, const Cost& reserved, const Cost& used) {
  const std::lock_guard lock(mutex_);
  const Bucket::TimePoint now = clock_();
  for_each_line(account, [&](const Line& line) {
    const std::int64_t owed = used.of(line.facts.quantity) - reserved.of(line.facts.quantity);
    if (owed != 0) line.bucket.take(line.rate, now, owed);
  });
}

std::optional<Remaining> Limiter::remaining(const Account& account, LimitKind kind) {
  const std::lock_guard lock(mutex_);
  const Bucket::TimePoint now = clock_();
  std::optional<Remaining> tightest;
  for_each_line(account, [&](const Line& line) {
    if (line.facts.kind != kind) return;
    const std::int64_t left = std::max<std::int64_t>(line.rate.limit - line.bucket.used(line.rate, now), 0);
    if (tightest && tightest->remaining <= left) return;
    tightest = Remaining{line.rate.limit, left, line.bucket.until_empty(line.rate, now)};
  });
  return tightest;
}

std::size_t Limiter::size() const {
  const std::lock_guard lock(mutex_);
  return keys_.size() + organisations_.size();
}

void Limiter::forget_idle(std::map<Name, Entry>& entries, Bucket::TimePoint now) const {
  const auto idle = [now](Entry& one) {
    return std::ranges::all_of(limit_facts(), [&](const LimitFacts& facts) {
      const auto index = static_cast<std::size_t>(facts.kind);
      const std::int64_t limit = one.limits[index];
      return limit == 0 || one.buckets[index].used({limit, facts.window}, now) == 0;
    });
  };
  for (auto at = entries.begin(); at != entries.end();)
    at = idle(at->second) ? entries.erase(at) : std::next(at);
}

std::string duration_text(std::chrono::nanoseconds duration) {
  using std::chrono::ceil;
  using std::chrono::milliseconds;
  constexpr std::int64_t kSecond = 1000;
  constexpr std::int64_t kMinute = 60 * kSecond;
  constexpr std::int64_t kHour = 60 * kMinute;
  const std::int64_t ms = std::max<std::int64_t>(ceil<milliseconds>(duration).count(), 0);
  if (ms > 0 && ms < kSecond) return fmt::format("{}ms", ms);
  std::string text;
  if (ms >= kHour) text += fmt::format("{}h", ms / kHour);
  if (ms >= kMinute) text += fmt::format("{}m", ms % kHour / kMinute);
  text += fmt::format("{}", ms % kMinute / kSecond);
  if (const std::int64_t rest = ms % kSecond; rest > 0) {
    std::string fraction = fmt::format(".{:03}", rest);
    while (fraction.ends_with('0')) fraction.pop_back();
    text += fraction;
  }
  return text + "s";
}

}  // namespace peregrine::service
