#include "engine/spec/draft_gate.h"

#include <algorithm>

namespace peregrine::engine {
namespace {

constexpr double kPlainMemory = 0.9;
constexpr double kDraftMemory = 0.7;
constexpr std::uint32_t kFirstPause = 8;
constexpr std::uint32_t kLongestPause = 256;

double blended(double mean, double value, double memory) {
  return mean == 0 ? value : memory * mean + (1 - memory) * value;
}

}  // namespace

void DraftGate::plain_step(double seconds) {
  plain_seconds_ = blended(plain_seconds_, seconds, kPlainMemory);
  if (pause_ > 0) --pause_;
}

void DraftGate::draft_step(std::uint32_t drafted, std::uint32_t tokens, double seconds) {
  draft_seconds_ = blended(draft_seconds_, seconds, kDraftMemory);
  draft_tokens_ = blended(draft_tokens_, tokens, kDraftMemory);
  if (tokens == drafted + 1) {
    length_ = std::min(2 * length_ + 1, kMaxDraft);
  } else if (2 * (tokens - 1) < drafted) {
    length_ = std::max(length_ / 2, 2U);
  }
  // Without a plain step to compare with, a draft has to bring something.
  const bool pays = plain_seconds_ == 0 ? tokens > 1 : draft_tokens_ * plain_seconds_ > draft_seconds_;
  if (pays) {
    next_pause_ = kFirstPause;
    return;
  }
  pause_ = next_pause_;
  next_pause_ = std::min(2 * next_pause_, kLongestPause);
  // The next try starts afresh.
  draft_seconds_ = draft_tokens_ = 0;
}

}  // namespace peregrine::engine
