// Compiles any bytes as a schema (the part after a NUL byte chooses a way through what it accepts). A
// compiled grammar must never lead into a dead end, and its masks must hold what the automaton accepts.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "grammar/matcher.h"
#include "grammar/testing/vocabularies.h"
#include "grammar/testing/walk.h"

namespace {

using namespace peregrine::grammar;

constexpr std::size_t kMostSteps = 64;

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kVocabulary = testing::small_vocabulary();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\0'), input.size());
  const std::string_view choices = input.substr(end);
  const auto grammar = compile_json_schema_text(input.substr(0, end));
  if (!grammar) {
    require(!grammar.error().message.empty() && grammar.error().code != peregrine::ErrorCode::kInternal);
    return 0;
  }
  auto matcher = Matcher::create(*grammar, kVocabulary);
  if (!matcher) return 0;
  std::vector<std::uint64_t> mask(kVocabulary->mask_words());
  for (std::size_t step = 0; step < kMostSteps; ++step) {
    if (!matcher->compute_mask(mask)) return 0;  // over a limit
    const auto allowed = testing::allowed_tokens(mask);
    require(!allowed.empty());
    const auto choice = step < choices.size() ? static_cast<unsigned char>(choices[step]) : 0U;
    const TokenId id = allowed[choice * 7 % allowed.size()];
    const auto status = matcher->accept_token(id);
    require(status || status.error().code == peregrine::ErrorCode::kResourceExhausted);
    if (!status || kVocabulary->is_end(id)) return 0;
  }
  return 0;
}
