#include "grammar/matcher.h"

#include <algorithm>
#include <utility>

#include "grammar/limits.h"

namespace peregrine::grammar {

Result<Matcher> Matcher::create(std::shared_ptr<const Grammar> grammar,
                                const std::shared_ptr<const Vocabulary>& vocabulary) {
  Matcher matcher;
  matcher.automaton_ = grammar->automaton(vocabulary);
  matcher.grammar_ = std::move(grammar);
  const auto lock = matcher.automaton_->lock();
  matcher.state_ = matcher.automaton_->start();
  PEREGRINE_TRY(matcher.exhausted());
  return matcher;
}

// Called with the automaton locked.
Status Matcher::exhausted() const {
  if (!automaton_->exhausted()) return {};
  return fail(ErrorCode::kResourceExhausted, "the constraint has grown over its limits");
}

Status Matcher::accept_token(TokenId id) {
  const Vocabulary& vocabulary = *automaton_->vocabulary();
  if (!vocabulary.is_end(id)) {
    const std::string_view bytes = vocabulary.bytes(id);
    if (bytes.empty()) return fail(ErrorCode::kInvalidArgument, "the token is not part of any text");
    return accept_bytes(bytes);
  }
  if (finished_ || !is_complete()) return fail(ErrorCode::kInvalidArgument, "the text must not end here");
  history_.push_back(state_);
  finished_ = true;
  return {};
}

Status Matcher::accept_bytes(std::string_view bytes) {
  if (finished_) return fail(ErrorCode::kInvalidArgument, "the text has ended");
  const auto lock = automaton_->lock();
  StateId state = state_;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    state = automaton_->step(state, static_cast<std::uint8_t>(bytes[i]));
    PEREGRINE_TRY(exhausted());
    if (state == kDeadState) {
      return fail(ErrorCode::kInvalidArgument, "byte " + std::to_string(i) + " is not allowed here");
    }
  }
  history_.push_back(state_);
  state_ = state;
  return {};
}

Status Matcher::compute_mask(std::span<std::uint64_t> out) {
  if (finished_) {
    std::fill(out.begin(), out.end(), 0);
    return {};
  }
  const auto lock = automaton_->lock();
  automaton_->mask(state_, out);
  return exhausted();
}

bool Matcher::is_complete() const {
  const auto lock = automaton_->lock();
  return automaton_->accepts(state_);
}

bool Matcher::must_end() const {
  const auto lock = automaton_->lock();
  return automaton_->accepts(state_) && automaton_->live(state_).empty();
}

Result<std::string> Matcher::forced_bytes() {
  std::string forced;
  if (finished_) return forced;
  const auto lock = automaton_->lock();
  StateId state = state_;
  while (forced.size() < kMaxForcedBytes && !automaton_->accepts(state)) {
    const ByteSet live = automaton_->live(state);
    if (live.count() != 1) break;
    forced += static_cast<char>(live.first());
    state = automaton_->step(state, static_cast<std::uint8_t>(live.first()));
    PEREGRINE_TRY(exhausted());
  }
  return forced;
}

Status Matcher::rollback(std::size_t steps) {
  if (steps > history_.size()) return fail(ErrorCode::kInvalidArgument, "there are not so many steps");
  if (steps == 0) return {};
  state_ = history_[history_.size() - steps];
  history_.resize(history_.size() - steps);
  finished_ = false;
  return {};
}

}  // namespace peregrine::grammar
