// Cuts text into the pre-tokens that byte-level BPE merges within, by the regular expressions that a model
// was trained with (pretokenizer_schemes.h). Immutable after creation; any number of threads may split at the
// same time.
//
// Invariants: the pre-tokens of a text, one after the other, are the text. Bytes that are not UTF-8 are never
// shown to an expression: each run of them is a pre-token of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "base/result.h"

struct pcre2_real_code_8;  // PCRE2's own names, so that its header stays out of ours
struct pcre2_real_match_context_8;

namespace peregrine::text {

// Steps of one match before PCRE2 gives up. The expressions of all schemes take a few steps a byte.
inline constexpr std::uint32_t kMaxMatchSteps = 100'000'000;

class PreTokenizer {
 public:
  using Sink = base::FunctionRef<void(std::string_view)>;

  // Errors: kInternal when a pattern does not compile.
  static Result<PreTokenizer> compile(std::span<const std::string_view> patterns,
                                      std::uint32_t max_match_steps = kMaxMatchSteps);

  // Calls `sink` for each pre-token in order. Errors: kResourceExhausted when an expression runs over its
  // steps.
  Status split(std::string_view text, Sink sink) const;

 private:
  struct FreeCode {
    void operator()(pcre2_real_code_8* code) const;
  };
  struct FreeContext {
    void operator()(pcre2_real_match_context_8* context) const;
  };

  Status split_level(std::string_view text, std::size_t level, Sink sink) const;

  std::vector<std::unique_ptr<pcre2_real_code_8, FreeCode>> codes_;
  std::unique_ptr<pcre2_real_match_context_8, FreeContext> context_;
};

}  // namespace peregrine::text
