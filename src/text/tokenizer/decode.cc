#include "text/tokenizer/decode.h"

#include <utility>

#include "base/utf8.h"
#include "text/tokenizer/clean_up.h"

namespace peregrine::text {
namespace {

// What one token adds. The reference takes the prefix space from the first token only, and a special token
// there counts: after bos the space stays.
std::string_view rendered(const Vocabulary& vocabulary, TokenId token, bool render_special, bool first) {
  if (!render_special && vocabulary.is_special(token)) return {};
  std::string_view bytes = vocabulary.bytes(token);
  if (first && vocabulary.adds_space_prefix() && bytes.starts_with(' ')) bytes.remove_prefix(1);
  return bytes;
}

}  // namespace

std::string decode_bytes(const Vocabulary& vocabulary, std::span<const TokenId> tokens,
                         DecodeOptions options) {
  std::string out;
  bool first = options.at_text_start;
  for (const TokenId token : tokens) {
    out.append(rendered(vocabulary, token, options.render_special, first));
    first = false;
  }
  return out;
}

std::string decode(const Vocabulary& vocabulary, std::span<const TokenId> tokens, DecodeOptions options) {
  std::string text = base::utf8_sanitize(decode_bytes(vocabulary, tokens, options));
  return options.clean_up_spaces ? clean_up_spaces(text) : text;
}

std::string StreamingDetokenizer::push(TokenId token) {
  unfinished_.append(
      rendered(*vocabulary_, token, options_.render_special, std::exchange(at_text_start_, false)));
  const std::size_t complete = base::utf8_complete_prefix(unfinished_);
  std::string out = base::utf8_sanitize(std::string_view(unfinished_).substr(0, complete));
  unfinished_.erase(0, complete);
  return out;
}

std::string StreamingDetokenizer::flush() {
  return base::utf8_sanitize(std::exchange(unfinished_, {}));
}

}  // namespace peregrine::text
