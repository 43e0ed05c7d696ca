#include "service/chat/constraint.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "service/chat/formats/format.h"

namespace peregrine::service {
namespace {

constexpr std::size_t kMaxMarkBytes = 256;  // of a control token's text; longer ones are never found

grammar::TokenId grammar_id(model::TokenId token) {
  return static_cast<grammar::TokenId>(token);
}

bool is_control(const text::Vocabulary& vocabulary, text::TokenId token) {
  return vocabulary.kind(token) == text::TokenKind::kControl;
}

}  // namespace

std::shared_ptr<const grammar::Vocabulary> make_grammar_vocabulary(const text::Vocabulary& vocabulary) {
  const auto ends = vocabulary.end_of_generation();
  std::vector<std::string> marks;
  marks.reserve(vocabulary.size());  // views point into it
  std::vector<std::string_view> pieces;
  pieces.reserve(vocabulary.size());
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    const auto token = static_cast<text::TokenId>(i);
    if (vocabulary.ends_generation(token) || vocabulary.kind(token) == text::TokenKind::kUnknown) {
      pieces.emplace_back();
    } else if (is_control(vocabulary, token)) {
      pieces.emplace_back(marks.emplace_back(control_mark(vocabulary.piece(token))));
    } else {
      // A byte token for the mark's byte would let plain tokens spell a control token.
      const std::string_view bytes = vocabulary.bytes(token);
      pieces.push_back(bytes.find(kControlMark) == std::string_view::npos ? bytes : std::string_view());
    }
  }
  std::vector<grammar::TokenId> end_ids;
  for (const text::TokenId token : ends) end_ids.push_back(grammar_id(token));
  return std::make_shared<const grammar::Vocabulary>(pieces, end_ids);
}

GrammarConstraint::GrammarConstraint(grammar::Matcher matcher,
                                     std::shared_ptr<const grammar::Vocabulary> vocabulary,
                                     const text::Tokenizer& tokenizer)
    : matcher_(std::move(matcher)), vocabulary_(std::move(vocabulary)), tokenizer_(&tokenizer) {}

Result<std::shared_ptr<const GrammarConstraint>> GrammarConstraint::create(
    std::shared_ptr<const grammar::Grammar> grammar,
    const std::shared_ptr<const grammar::Vocabulary>& vocabulary, const text::Tokenizer& tokenizer) {
  PEREGRINE_ASSIGN(grammar::Matcher matcher, grammar::Matcher::create(std::move(grammar), vocabulary));
  return std::shared_ptr<const GrammarConstraint>(
      new GrammarConstraint(std::move(matcher), vocabulary, tokenizer));
}

Result<std::shared_ptr<const GrammarConstraint>> GrammarConstraint::after(std::string_view text) const {
  std::shared_ptr<GrammarConstraint> copy(new GrammarConstraint(*this));
  if (!text.empty()) PEREGRINE_TRY(copy->matcher_.accept_bytes(text));
  return copy;
}

std::unique_ptr<engine::Constraint> GrammarConstraint::clone() const {
  return std::unique_ptr<engine::Constraint>(new GrammarConstraint(*this));
}

Status GrammarConstraint::mask(std::span<std::uint64_t> allowed) {
  // Weights may have rows beyond the tokenizer's tokens: no text has these.
  const std::size_t words = vocabulary_->mask_words();
  std::fill(allowed.begin() + static_cast<std::ptrdiff_t>(words), allowed.end(), 0);
  return matcher_.compute_mask(allowed.first(words));
}

Status GrammarConstraint::accept(model::TokenId token) {
  return matcher_.accept_token(grammar_id(token));
}

void GrammarConstraint::take_back(std::size_t tokens) {
  static_cast<void>(matcher_.rollback(tokens));  // there are as many as were accepted
}

bool GrammarConstraint::ended() const {
  return matcher_.must_end();
}

Status GrammarConstraint::follow(std::size_t limit, std::vector<model::TokenId>& tokens) {
  PEREGRINE_ASSIGN(const std::string forced, matcher_.forced_bytes());
  if (forced.empty()) return {};
  PEREGRINE_ASSIGN(std::vector<model::TokenId> encoded, encode(forced));
  grammar::Matcher ahead = matcher_;
  PEREGRINE_TRY(ahead.accept_bytes(forced));
  const bool open_end = !ahead.must_end();
  std::string_view rest = forced;
  for (const model::TokenId token : encoded) {
    // Where the text goes on freely, a longer token may be the better one: that is the model's to say.
    if (tokens.size() == limit || (open_end && may_grow(rest))) break;
    const std::size_t bytes = vocabulary_->bytes(grammar_id(token)).size();
    PEREGRINE_TRY(matcher_.accept_token(grammar_id(token)));
    tokens.push_back(token);
    rest.remove_prefix(bytes);
  }
  return {};
}

// Tokens whose bytes are the forced ones from their beginning, as many as the tokenizer finds.
Result<std::vector<model::TokenId>> GrammarConstraint::encode(std::string_view forced) const {
  std::vector<model::TokenId> tokens;
  while (!forced.empty()) {
    if (forced.front() == kControlMark) {
      const model::TokenId token = marked_token(forced);
      if (token == text::kNoToken) break;
      tokens.push_back(token);
      forced.remove_prefix(vocabulary_->bytes(grammar_id(token)).size());
      continue;
    }
    const std::size_t length = std::min(forced.find(kControlMark), forced.size());
    PEREGRINE_ASSIGN(const auto encoded, tokenizer_->encode(forced.substr(0, length),
                                                            {.add_special = false, .parse_special = false}));
    for (const model::TokenId token : encoded) {
      // A tokenizer may add a space before the first word, and a character may be cut at the end.
      const std::string_view bytes = vocabulary_->bytes(grammar_id(token));
      if (bytes.empty() || !forced.starts_with(bytes)) return tokens;
      tokens.push_back(token);
      forced.remove_prefix(bytes.size());
    }
  }
  return tokens;
}

// The control token whose mark `raw` begins with; kNoToken if there is none.
model::TokenId GrammarConstraint::marked_token(std::string_view raw) const {
  const text::Vocabulary& vocabulary = tokenizer_->vocabulary();
  for (std::size_t length = std::min(raw.size(), kMaxMarkBytes); length > 1; --length) {
    const text::TokenId token = vocabulary.find(raw.substr(1, length - 1));
    if (token == text::kNoToken || !is_control(vocabulary, token)) continue;
    return vocabulary_->bytes(grammar_id(token)).empty() ? text::kNoToken : token;
  }
  return text::kNoToken;
}

// Whether some token begins with `tail` and is longer.
bool GrammarConstraint::may_grow(std::string_view tail) const {
  const std::vector<grammar::TrieNode>& nodes = vocabulary_->trie().nodes;
  std::uint32_t node = 0;
  for (const char byte : tail) {
    std::uint32_t child = node + 1;
    while (child < nodes[node].subtree_end && nodes[child].byte != static_cast<std::uint8_t>(byte)) {
      child = nodes[child].subtree_end;
    }
    if (child >= nodes[node].subtree_end) return false;
    node = child;
  }
  return nodes[node].subtree_end > node + 1;
}

}  // namespace peregrine::service
