#include "speech/decode/measures.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

namespace peregrine::speech {

float compression_ratio(std::string_view text) {
  if (text.empty()) return 0;
  uLongf size = ::compressBound(static_cast<uLong>(text.size()));
  std::vector<Bytef> compressed(size);
  // Cannot fail: the buffer is as large as zlib asks for.
  static_cast<void>(::compress(compressed.data(), &size, reinterpret_cast<const Bytef*>(text.data()),
                               static_cast<uLong>(text.size())));
  return static_cast<float>(text.size()) / static_cast<float>(size);
}

TokenLoop loop_at_end(std::span<const TokenId> text_tokens) {
  const std::size_t n = text_tokens.size();
  for (std::size_t period = 1; period <= kMaxLoopPeriod; ++period) {
    const std::size_t least = std::max(kMinLoopTurns * period, kMinLoopTokens);
    if (least > n) continue;
    std::size_t first = n - period;  // of the run that repeats itself
    while (first > 0 && text_tokens[first - 1] == text_tokens[first - 1 + period]) --first;
    if (n - first >= least) return {first, period};
  }
  return {};
}

}  // namespace peregrine::speech
