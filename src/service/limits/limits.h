// How much may be used: requests per minute and day, tokens per minute and day, audio seconds per hour and
// day, each of one key, or of one organisation, for one model.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace peregrine::service {

enum class LimitKind : std::uint8_t {
  kRequestsPerMinute,
  kRequestsPerDay,
  kTokensPerMinute,
  kTokensPerDay,
  kAudioSecondsPerHour,
  kAudioSecondsPerDay,
};
inline constexpr std::size_t kLimitKinds = 6;
inline constexpr std::int64_t kMaxLimit = 1'000'000'000'000;

enum class Quantity : std::uint8_t { kRequests, kTokens, kAudioSeconds };

struct LimitFacts {
  LimitKind kind;
  Quantity quantity;
  std::chrono::nanoseconds window;
  std::string_view name;         // in configuration files
  std::string_view short_name;   // on the command line
  std::string_view description;  // in errors, as Groq writes it
};
// In the order of LimitKind.
std::span<const LimitFacts, kLimitKinds> limit_facts();

// What is taken, or was used.
struct Cost {
  std::int64_t requests = 0;
  std::int64_t tokens = 0;  // of prompt and completion; those from the prefix cache are free
  std::int64_t audio_seconds = 0;

  std::int64_t of(Quantity quantity) const;
};

class Limits {
 public:
  // Nothing: not limited.
  std::optional<std::int64_t> operator[](LimitKind kind) const;
  // As it was set: 0 where it is expressly not limited.
  std::optional<std::int64_t> stated(LimitKind kind) const { return values_[static_cast<std::size_t>(kind)]; }
  // 1 .. kMaxLimit; 0: expressly not limited, whatever others say.
  void set(LimitKind kind, std::int64_t value) { values_[static_cast<std::size_t>(kind)] = value; }
  // What is not set here, as `others` have it.
  Limits or_else(const Limits& others) const;
  bool empty() const;

  // "rpm=60,tpd=100000", as parse() takes it.
  std::string text() const;
  bool operator==(const Limits&) const = default;

 private:
  std::array<std::optional<std::int64_t>, kLimitKinds> values_;
};

// Errors: kInvalidArgument, which names the part that is wrong.
Result<Limits> parse_limits(std::string_view text);

// The limits of a server. Names are compared without regard to case.
struct LimitRules {
  struct Less {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const;
  };
  using Table = std::map<std::string, Limits, Less>;

  Limits defaults;      // of every key, for each model
  Table models;         // of every key, for that model
  Table keys;           // of that key, by name or id, for each model
  Table organisations;  // of all keys of that organisation together, for each model

  // A key's, most particular first: rules for it by id, by name, its own, its model's, the defaults.
  Limits of_key(std::string_view id, std::string_view name, const Limits& own, std::string_view model) const;
  Limits of_organisation(std::string_view name) const;
};

}  // namespace peregrine::service
