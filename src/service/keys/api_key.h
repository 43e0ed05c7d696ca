// A key of the API: whose it is, what it opens, how much may be used with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "service/limits/limits.h"

namespace peregrine::service {

// What keys are given for. kAdmin is never given unless it is named.
enum class EndpointGroup : std::uint8_t {
  kChat,
  kResponses,
  kEmbeddings,
  kReranking,
  kAudio,
  kModels,  // changing them: every key may ask which there are
  kFiles,
  kBatches,
  kFineTunings,
  kAdmin,
};
inline constexpr std::size_t kMaxScopeModels = 100;

class KeyScope {
 public:
  // Everything but administration.
  KeyScope();

  // Names of groups separated by commas, "all" for all but "admin"; ids of models separated by commas, of
  // which a last '*' stands for any end, or nothing for all models. Errors: kInvalidArgument, which names the
  // part that is wrong.
  static Result<KeyScope> parse(std::string_view endpoints, std::string_view models);
  std::string endpoints_text() const;
  std::string models_text() const;

  bool allows(EndpointGroup group) const;
  // All groups but administration: also those that this program does not know yet.
  bool allows_all() const;
  bool allows_model(std::string_view id) const;
  void add(EndpointGroup group);

 private:
  std::uint32_t groups_;             // a bit each
  std::vector<std::string> models_;  // empty: all
};

// The group that a path of the API belongs to, "chat" of "/openai/v1/chat/completions"; nothing for others.
std::optional<EndpointGroup> endpoint_group(std::string_view name);

inline constexpr std::string_view kDefaultOrganisation = "default";

struct ApiKey {
  std::string id;  // empty: of a server that needs no keys
  std::string name;
  std::string organisation{kDefaultOrganisation};
  std::string digest;  // SHA-256 of the key, 64 hexadecimal digits
  std::string hint;    // how the key begins; empty for those of the configuration
  KeyScope scope;
  Limits limits;
  std::int64_t created_at = 0;  // Unix seconds, as are the others
  std::optional<std::int64_t> expires_at = {};
  std::optional<std::int64_t> revoked_at = {};

  bool valid(std::int64_t now) const { return !revoked_at && (!expires_at || now < *expires_at); }
};

// A key that stands in the configuration as it is.
ApiKey configured_key(std::string_view text, bool admin);

}  // namespace peregrine::service
