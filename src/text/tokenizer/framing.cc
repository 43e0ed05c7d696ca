#include "text/tokenizer/framing.h"

#include <string>

namespace peregrine::text {

Result<std::vector<TokenId>> frame_token(std::optional<bool> flag, bool custom, std::optional<TokenId> role,
                                         std::string_view role_key) {
  if (!flag.value_or(custom)) return std::vector<TokenId>{};
  if (role) return std::vector<TokenId>{*role};
  if (!flag) return std::vector<TokenId>{};
  return fail(ErrorCode::kCorrupt, "the file says to add this token, but not which it is",
              std::string(role_key));
}

}  // namespace peregrine::text
