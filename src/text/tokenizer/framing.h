// What `add_special` puts around a sequence, from a file's flags and the vocabulary's roles.
#pragma once

#include <vector>

#include "base/result.h"
#include "text/tokenizer/vocabulary.h"

namespace peregrine::text {

// Empty, or the one token of `role`. `flag` is what the file says, `custom` what holds where it says nothing.
// Errors: kCorrupt when the file asks for a token that it does not name; `where` is `role_key`.
Result<std::vector<TokenId>> frame_token(std::optional<bool> flag, bool custom, std::optional<TokenId> role,
                                         std::string_view role_key);

}  // namespace peregrine::text
