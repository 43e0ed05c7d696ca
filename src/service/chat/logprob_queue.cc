#include "service/chat/logprob_queue.h"

#include <algorithm>
#include <utility>

namespace peregrine::service {

void LogprobQueue::add(std::size_t begin, std::size_t end, TokenLogprob logprob) {
  waiting_.push_back({begin, end, std::nullopt, std::move(logprob)});
}

void LogprobQueue::place(std::size_t raw, std::size_t length) {
  const std::size_t raw_end = raw + length;
  while (!waiting_.empty()) {
    Waiting& token = waiting_.front();
    const bool empty = token.begin == token.end;
    if (token.end < raw || (token.end == raw && !empty)) {
      settle();
      continue;
    }
    const bool later = empty ? token.begin > raw_end : token.begin >= raw_end;
    if (later) break;
    token.content_end = content_ + std::min(token.end, raw_end) - raw;
    if (token.end > raw_end) break;
    settle();
  }
  content_ += length;
  content_raw_end_ = raw_end;
}

// The first that waits: all is known about it.
void LogprobQueue::settle() {
  Waiting& token = waiting_.front();
  if (token.content_end) placed_.push_back({*token.content_end, std::move(token.logprob)});
  waiting_.pop_front();
}

void LogprobQueue::finish() {
  for (; !waiting_.empty(); settle()) {
    Waiting& token = waiting_.front();
    if (token.begin == token.end && token.end == content_raw_end_) token.content_end = content_;
  }
}

std::vector<TokenLogprob> LogprobQueue::release(std::size_t emitted, bool ending) {
  std::vector<TokenLogprob> due;
  while (!placed_.empty() && (placed_.front().content_end <= emitted || (ending && described_ < emitted))) {
    described_ = placed_.front().content_end;
    due.push_back(std::move(placed_.front().logprob));
    placed_.pop_front();
  }
  return due;
}

}  // namespace peregrine::service
