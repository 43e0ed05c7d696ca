#include "app/synthetic/vocabulary.h"

#include <string>
#include <string_view>
#include <vector>

#include "service/library/builtin_template.h"
#include "text/tokenizer/byte_level.h"
#include "text/tokenizer/spec.h"

namespace peregrine::app::synthetic {
namespace {

constexpr std::uint32_t kBytes = 256;
constexpr std::uint32_t kEndOfText = 256;
constexpr std::uint32_t kEndOfTurn = 258;

}  // namespace

// " ba", " be", ..., syllables after syllables.
std::string made_up_word(std::uint32_t number) {
  constexpr std::string_view kConsonants = "bdfghjklmnprstvz";
  constexpr std::string_view kVowels = "aeiou";
  std::string word = " ";
  do {
    const std::uint32_t syllable = number % (kConsonants.size() * kVowels.size());
    word += kConsonants[syllable / kVowels.size()];
    word += kVowels[syllable % kVowels.size()];
    number /= kConsonants.size() * kVowels.size();
  } while (number-- > 0);
  return word;
}

void add_vocabulary(gguf::Writer& writer, std::uint32_t size, bool chat) {
  namespace keys = text::keys;
  const auto kind = [](text::TokenKind of) { return static_cast<std::int32_t>(of); };
  std::vector<std::string> tokens;
  std::vector<std::int32_t> kinds(size, kind(text::TokenKind::kNormal));
  tokens.reserve(size);
  for (std::uint32_t byte = 0; byte < kBytes; ++byte) {
    const char as_char = static_cast<char>(byte);
    text::append_byte_level(tokens.emplace_back(), std::string_view(&as_char, 1));
  }
  for (const char* special : {"<|endoftext|>", "<|im_start|>", "<|im_end|>"}) {
    kinds[tokens.size()] = kind(text::TokenKind::kControl);
    tokens.emplace_back(special);
  }
  while (tokens.size() < size) {
    const auto number = static_cast<std::uint32_t>(tokens.size()) - kMinVocabulary;
    text::append_byte_level(tokens.emplace_back(), made_up_word(number));
  }
  writer.add_string(keys::kModel, "gpt2");
  writer.add_string(keys::kPre, "qwen2");
  writer.add_strings(keys::kTokens, tokens);
  writer.add_array<std::int32_t>(keys::kTokenTypes, kinds);
  writer.add_strings(keys::kMerges, std::vector<std::string>{});
  writer.add_u32(keys::kEos, kEndOfTurn);
  writer.add_u32("tokenizer.ggml.padding_token_id", kEndOfText);
  writer.add_bool(keys::kAddBos, false);
  if (chat) writer.add_string("tokenizer.chat_template", service::kChatMlTemplate);
}

}  // namespace peregrine::app::synthetic
