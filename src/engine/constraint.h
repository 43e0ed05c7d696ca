// What a completion must look like, token by token. Made above the engine, which knows neither text nor
// grammars; the engine asks it which tokens may come next and tells it which came.
//
// A constraint follows one sequence. It is called by one thread at a time, not always the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "model/model.h"

namespace peregrine::engine {

class Constraint {
 public:
  virtual ~Constraint() = default;

  // An independent copy, where it stands: for another sample of the same prompt.
  virtual std::unique_ptr<Constraint> clone() const = 0;

  // One bit per token of the model's vocabulary, 64 to a word: set if the token may come next. At least one
  // is set, of a stop token where the completion may end. Errors: kResourceExhausted.
  virtual Status mask(std::span<std::uint64_t> allowed) = 0;

  // The next token, which the mask allows. Errors: kInvalidArgument if it does not, kResourceExhausted; the
  // constraint is then where it was.
  virtual Status accept(model::TokenId token) = 0;
  // Takes back the last `tokens` accepted.
  virtual void take_back(std::size_t tokens) = 0;

  // Appends the tokens that must follow, as far as there is no choice, and accepts them; at most `limit`.
  // Nothing where the text may end. Errors: kResourceExhausted.
  virtual Status follow(std::size_t limit, std::vector<model::TokenId>& tokens) = 0;

  // Nothing but a stop token may follow.
  virtual bool ended() const = 0;
};

}  // namespace peregrine::engine
