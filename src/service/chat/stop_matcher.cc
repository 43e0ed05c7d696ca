#include "service/chat/stop_matcher.h"

#include <algorithm>
#include <utility>

namespace peregrine::service {
namespace {

struct Match {
  std::size_t begin = std::string::npos;
  std::size_t end = std::string::npos;
};

// The match that is completed first; among those, the one that starts first.
Match first_match(const std::string& text, const std::vector<std::string>& stops) {
  Match best;
  for (const std::string& stop : stops) {
    const std::size_t begin = text.find(stop);
    if (begin == std::string::npos) continue;
    const std::size_t end = begin + stop.size();
    if (end < best.end || (end == best.end && begin < best.begin)) best = {begin, end};
  }
  return best;
}

// Length of the longest suffix of `text` that a stop sequence begins with.
std::size_t possible_start(std::string_view text, const std::vector<std::string>& stops) {
  std::size_t longest = 0;
  for (const std::string& stop : stops) {
    for (std::size_t n = std::min(text.size(), stop.size() - 1); n > longest; --n) {
      if (text.substr(text.size() - n) == std::string_view(stop).substr(0, n)) longest = n;
    }
  }
  return longest;
}

}  // namespace

StopMatcher::StopMatcher(std::vector<std::string> stops) : stops_(std::move(stops)) {
  std::erase(stops_, std::string());
}

std::string StopMatcher::push(std::string_view piece) {
  if (found_) return {};
  if (stops_.empty()) return std::string(piece);
  held_ += piece;
  const Match match = first_match(held_, stops_);
  if (match.begin != std::string::npos) {
    found_ = true;
    held_.resize(match.begin);
    return std::exchange(held_, {});
  }
  const std::size_t safe = held_.size() - possible_start(held_, stops_);
  std::string out = held_.substr(0, safe);
  held_.erase(0, safe);
  return out;
}

std::string StopMatcher::flush() {
  return std::exchange(held_, {});
}

}  // namespace peregrine::service
