// Follows one generation: which tokens may come next, which have come.
//
// Copies are independent and cheap (a speculative branch). Every accepted token or text is one step that
// rollback() can take back. Not thread-safe itself; matchers of one grammar may run on different threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "grammar/grammar.h"

namespace peregrine::grammar {

class Matcher {
 public:
  // Errors: kResourceExhausted when the grammar cannot even begin within the limits.
  static Result<Matcher> create(std::shared_ptr<const Grammar> grammar,
                                const std::shared_ptr<const Vocabulary>& vocabulary);

  // The next token, end tokens included. Errors: kInvalidArgument if it is not allowed, kResourceExhausted;
  // the matcher is then where it was.
  Status accept_token(TokenId id);
  // Any bytes of the text, as one step. Errors as above.
  Status accept_bytes(std::string_view bytes);

  // One bit per token of the vocabulary, 64 to a word, mask_words() words: set if the token is allowed next.
  // After an end token nothing is. Errors: kResourceExhausted.
  Status compute_mask(std::span<std::uint64_t> out);

  // Whether the text may end here.
  bool is_complete() const;
  // Whether it must.
  bool must_end() const;
  // Whether an end token was accepted.
  bool is_finished() const { return finished_; }

  // The longest text that must follow, at most kMaxForcedBytes; empty where there is a choice, the choice to
  // end included. Where token borders fall is the caller's business: accept the tokens chosen.
  Result<std::string> forced_bytes();

  std::size_t steps() const { return history_.size(); }
  // Takes back the last `steps`. Errors: kInvalidArgument if there are not so many.
  Status rollback(std::size_t steps);

 private:
  Matcher() = default;
  Status exhausted() const;

  std::shared_ptr<const Grammar> grammar_;
  std::shared_ptr<Automaton> automaton_;
  StateId state_ = kDeadState;
  bool finished_ = false;
  std::vector<StateId> history_;  // states before each step
};

}  // namespace peregrine::grammar
