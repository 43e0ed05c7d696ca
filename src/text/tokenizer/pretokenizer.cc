#include "text/tokenizer/pretokenizer.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

#include <array>
#include <string>
#include <utility>

#include "base/utf8.h"

namespace peregrine::text {
namespace {

std::string pcre2_message(int code) {
  std::array<PCRE2_UCHAR8, 160> buffer{};
  pcre2_get_error_message_8(code, buffer.data(), buffer.size());
  return reinterpret_cast<const char*>(buffer.data());
}

struct FreeMatchData {
  void operator()(pcre2_match_data_8* data) const { pcre2_match_data_free_8(data); }
};

// Longest prefix that is UTF-8, or, if that is empty, the longest that holds no valid character.
std::pair<std::size_t, bool> leading_run(std::string_view text) {
  std::size_t size = 0;
  const bool valid = base::utf8_decode(text).valid;
  while (size < text.size()) {
    const base::Utf8Decoded decoded = base::utf8_decode(text.substr(size));
    if (decoded.valid != valid) break;
    size += decoded.length;
  }
  return {size, valid};
}

}  // namespace

void PreTokenizer::FreeCode::operator()(pcre2_real_code_8* code) const {
  pcre2_code_free_8(code);
}
void PreTokenizer::FreeContext::operator()(pcre2_real_match_context_8* context) const {
  pcre2_match_context_free_8(context);
}

Result<PreTokenizer> PreTokenizer::compile(std::span<const std::string_view> patterns,
                                           std::uint32_t max_match_steps) {
  PreTokenizer result;
  result.context_.reset(pcre2_match_context_create_8(nullptr));
  if (!result.context_) return fail(ErrorCode::kResourceExhausted, "no memory for a match context");
  pcre2_set_match_limit_8(result.context_.get(), max_match_steps);
  for (const std::string_view pattern : patterns) {
    int error = 0;
    std::size_t offset = 0;
    auto* code = pcre2_compile_8(reinterpret_cast<PCRE2_SPTR8>(pattern.data()), pattern.size(),
                                 PCRE2_UTF | PCRE2_UCP, &error, &offset, nullptr);
    if (code == nullptr) {
      return fail(ErrorCode::kInternal, fmt::format("pattern, byte {}: {}", offset, pcre2_message(error)));
    }
    result.codes_.emplace_back(code);
    // Where the system forbids generated code this fails, and matching interprets the pattern instead.
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE);
  }
  return result;
}

Status PreTokenizer::split(std::string_view text, Sink sink) const {
  while (!text.empty()) {
    const auto [size, valid] = leading_run(text);
    if (valid) {
      PEREGRINE_TRY(split_level(text.substr(0, size), 0, sink));
    } else {
      sink(text.substr(0, size));
    }
    text.remove_prefix(size);
  }
  return {};
}

Status PreTokenizer::split_level(std::string_view text, std::size_t level, Sink sink) const {
  if (level == codes_.size()) {
    sink(text);
    return {};
  }
  const pcre2_code_8* code = codes_[level].get();
  const std::unique_ptr<pcre2_match_data_8, FreeMatchData> data(pcre2_match_data_create_8(1, nullptr));
  if (!data) return fail(ErrorCode::kResourceExhausted, "no memory for a match");
  const auto* subject = reinterpret_cast<PCRE2_SPTR8>(text.data());
  const auto match = [&](std::size_t from, std::uint32_t options) {
    return pcre2_match_8(code, subject, text.size(), from, PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY | options,
                         data.get(), context_.get());
  };
  std::size_t done = 0;  // everything before it has gone to the next level
  while (done < text.size()) {
    int outcome = match(done, 0);
    if (outcome == PCRE2_ERROR_JIT_STACKLIMIT) outcome = match(done, PCRE2_NO_JIT);
    if (outcome == PCRE2_ERROR_NOMATCH) break;
    if (outcome < 0) {
      return fail(ErrorCode::kResourceExhausted,
                  "the text is too intricate to tokenise: " + pcre2_message(outcome));
    }
    const std::size_t* bounds = pcre2_get_ovector_pointer_8(data.get());
    if (bounds[0] > done) PEREGRINE_TRY(split_level(text.substr(done, bounds[0] - done), level + 1, sink));
    PEREGRINE_TRY(split_level(text.substr(bounds[0], bounds[1] - bounds[0]), level + 1, sink));
    done = bounds[1];
  }
  if (done < text.size()) PEREGRINE_TRY(split_level(text.substr(done), level + 1, sink));
  return {};
}

}  // namespace peregrine::text
