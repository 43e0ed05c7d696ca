// Decides whether drafts pay, and how long they are, from what the last ones cost and brought.
//
// A draft costs: its rows are computed with the step whether they are accepted or not. It pays while tokens
// per second with drafts are above those without. When they are not, none is tried for a while, twice as long
// each time. What it decides changes speed only, never a token.
#pragma once

#include <cstdint>

namespace peregrine::engine {

inline constexpr std::uint32_t kMaxDraft = 15;  // tokens: a step has at most sixteen rows

class DraftGate {
 public:
  // Tokens that the next draft may have; 0: none should be made.
  std::uint32_t length() const { return pause_ > 0 ? 0 : length_; }

  // A step without a draft: one token.
  void plain_step(double seconds);
  // A step with a draft of `drafted` tokens, which gave `tokens` (at least one, at most drafted + 1).
  void draft_step(std::uint32_t drafted, std::uint32_t tokens, double seconds);

 private:
  std::uint32_t length_ = 4;
  std::uint32_t pause_ = 0;       // plain steps until the next try
  std::uint32_t next_pause_ = 8;  // how long the next pause will be
  // Means that forget: newer steps weigh more.
  double plain_seconds_ = 0;  // of a step; 0: none yet
  double draft_seconds_ = 0;  // of a step with a draft
  double draft_tokens_ = 0;   // that it gave
};

}  // namespace peregrine::engine
