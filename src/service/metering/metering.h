// What each request takes, against limits and into the ledger.
//
// A meter is of one request with one key for one model. admit() takes what the request may need at most; what
// it really used, once it has ended, corrects that, with tokens from the prefix cache free. A completion that
// the client did not cap is expected to take kAssumedCompletionTokens, and may so run over a limit of tokens:
// what it used beyond is owed, and keeps later requests out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "service/keys/api_key.h"
#include "service/limits/limiter.h"
#include "service/metering/admission.h"
#include "service/metering/running.h"
#include "service/usage/ledger.h"

namespace peregrine::service {

inline constexpr std::uint64_t kAssumedCompletionTokens = 1024;

// What a request used.
struct Used {
  std::uint64_t prompt_tokens = 0;
  std::uint64_t cached_tokens = 0;  // of these
  std::uint64_t completion_tokens = 0;
  std::uint64_t audio_seconds = 0;
};

class Metering;

// One thread at a time.
class Meter {
 public:
  Meter(Metering& metering, std::shared_ptr<const ApiKey> key, Account account, RequestLabel label);
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  // A request that nobody has said the end of has failed, and used nothing.
  ~Meter();

  const ApiKey& key() const { return *key_; }
  const std::string& model() const { return account_.model; }

  // Whether there is a request left, without taking it: before a model is loaded for nothing. Errors as
  // admit()'s.
  Status check();
  // Takes what is demanded, and one request. Once per meter. Errors: kPermissionDenied, see refusal().
  Status admit(const Demand& demand);
  const std::optional<LimitRefusal>& refusal() const { return refusal_; }
  // What was demanded; nothing before admit() has let it through.
  const std::optional<Demand>& admitted() const { return admitted_; }

  // How much was generated so far, for those who watch.
  void note_progress(std::uint64_t generated_tokens) { running_->generated_tokens = generated_tokens; }

  enum class End : std::uint8_t { kServed, kFailed };
  // Settles and notes; what comes after the first call is ignored.
  void finish(const Used& used, End end);

  // What finish() was told; nothing before.
  const std::optional<Used>& used() const { return used_; }

  // Of the tightest limit of that kind; nothing when there is none.
  std::optional<Remaining> remaining(LimitKind kind) const;

 private:
  Cost cost_of(const Demand& demand) const;
  Status refused(const LimitRefusal& refusal);

  Metering& metering_;
  const std::shared_ptr<const ApiKey> key_;
  const Account account_;
  const std::shared_ptr<RunningRequests> all_running_;
  const std::shared_ptr<RunningRequest> running_;
  const std::uint64_t place_;  // among all that run
  Cost reserved_;
  std::optional<Demand> admitted_;
  std::optional<LimitRefusal> refusal_;
  std::optional<Used> used_;
};

// Any thread.
class Metering {
 public:
  using WallClock = std::function<std::int64_t()>;  // Unix seconds

  // `ledger`, if there is one, outlives this, and this all meters.
  explicit Metering(LimitRules rules = {}, UsageLedger* ledger = nullptr,
                    Limiter::Clock clock = std::chrono::steady_clock::now, WallClock wall_clock = unix_now);

  static std::int64_t unix_now();

  // For meters that are made from now on. What counts as used stays.
  void replace_rules(LimitRules rules);
  // `model` is the id as the server has it, not as a client wrote it.
  std::shared_ptr<Meter> start(std::shared_ptr<const ApiKey> key, std::string model, RequestLabel label = {});
  // Those that it has started.
  const std::shared_ptr<RunningRequests>& running() const { return running_; }
  // From now on they are among those of `other`, too. Before the first start().
  void run_beside(const Metering& other) { running_ = other.running_; }
  // Of a key, whatever the model.
  Limits limits_of(const ApiKey& key) const;

 private:
  friend class Meter;
  std::shared_ptr<const LimitRules> rules() const;

  Limiter limiter_;
  UsageLedger* const ledger_;
  const WallClock wall_clock_;
  mutable std::mutex mutex_;
  std::shared_ptr<const LimitRules> rules_;
  std::shared_ptr<RunningRequests> running_ = std::make_shared<RunningRequests>();
};

}  // namespace peregrine::service
