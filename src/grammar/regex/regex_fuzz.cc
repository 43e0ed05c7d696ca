// Compiles any bytes as a pattern. What it accepts is reached without dead ends, and the same pattern
// searched for accepts whatever the whole pattern accepts.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "grammar/regex/pattern.h"

namespace {

using namespace peregrine::grammar;

constexpr std::size_t kMostSteps = 64;

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\0'), input.size());
  const std::string_view pattern = input.substr(0, end);
  ExprPool pool;
  const auto whole = compile_pattern(pool, pattern, PatternScope::kWhole, TextForm::kUtf8);
  const auto search = compile_pattern(pool, pattern, PatternScope::kSearch, TextForm::kUtf8);
  require(whole.has_value() == search.has_value());
  if (!whole || !pool.alive(*whole)) return 0;
  Expr state = *whole;
  std::string text;
  for (std::size_t step = 0; step < kMostSteps && !pool.exhausted(); ++step) {
    const ByteSet live = pool.live(state);
    require(pool.nullable(state) || !live.empty());
    if (live.empty()) break;
    unsigned byte = end + step < size ? data[end + step] : 0;
    while (!live.contains(byte)) byte = (byte + 1) % 256;
    text += static_cast<char>(byte);
    state = pool.step(state, byte);
    require(state != kNothing || pool.exhausted());
  }
  if (pool.exhausted() || !pool.nullable(state)) return 0;
  require(peregrine::base::utf8_valid(text));
  const bool found = pool.matches(*search, text);
  require(found || pool.exhausted());
  return 0;
}
