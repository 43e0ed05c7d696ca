// A grammar as the engine's constraint: bytes to tokens and back.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/constraint.h"
#include "grammar/grammar.h"
#include "grammar/matcher.h"
#include "grammar/vocabulary.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::service {

// The tokens of raw text (formats/format.h): control tokens are spelled with their marks, and the tokens that
// end a generation end the text.
std::shared_ptr<const grammar::Vocabulary> make_grammar_vocabulary(const text::Vocabulary& vocabulary);

class GrammarConstraint final : public engine::Constraint {
 public:
  // The tokenizer outlives it and is the one that `vocabulary` was made of. Errors: those of
  // Matcher::create().
  static Result<std::shared_ptr<const GrammarConstraint>> create(
      std::shared_ptr<const grammar::Grammar> grammar,
      const std::shared_ptr<const grammar::Vocabulary>& vocabulary, const text::Tokenizer& tokenizer);

  // The same with `text` behind it. Errors: kInvalidArgument if the grammar does not allow that,
  // kResourceExhausted.
  Result<std::shared_ptr<const GrammarConstraint>> after(std::string_view text) const;

  std::unique_ptr<engine::Constraint> clone() const override;
  Status mask(std::span<std::uint64_t> allowed) override;
  Status accept(model::TokenId token) override;
  void take_back(std::size_t tokens) override;
  Status follow(std::size_t limit, std::vector<model::TokenId>& tokens) override;
  bool ended() const override;

 private:
  GrammarConstraint(grammar::Matcher matcher, std::shared_ptr<const grammar::Vocabulary> vocabulary,
                    const text::Tokenizer& tokenizer);
  Result<std::vector<model::TokenId>> encode(std::string_view forced) const;
  model::TokenId marked_token(std::string_view raw) const;
  bool may_grow(std::string_view tail) const;

  grammar::Matcher matcher_;
  std::shared_ptr<const grammar::Vocabulary> vocabulary_;
  const text::Tokenizer* tokenizer_;
};

}  // namespace peregrine::service
