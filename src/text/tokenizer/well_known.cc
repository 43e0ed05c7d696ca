#include "text/tokenizer/well_known.h"

#include <array>

namespace peregrine::text {
namespace {

constexpr WellKnownToken kControlTokens[] = {
    // Ends of a turn or a message, by family.
    {"<|eot_id|>", true},          // Llama 3
    {"<|eom_id|>", true},          // Llama 3, awaiting a tool
    {"<|end_of_text|>", true},     // Llama 3, Granite
    {"<|im_end|>", true},          // ChatML: Qwen and others
    {"<|endoftext|>", true},       // GPT-2, Qwen
    {"<|end|>", true},             // Phi-3; not in Harmony, see Vocabulary
    {"<|return|>", true},          // Harmony (gpt-oss)
    {"<|call|>", true},            // Harmony, awaiting a tool
    {"<|calls|>", true},           // Solar
    {"<|flush|>", true},           // Solar
    {"<end_of_turn>", true},       // Gemma 2 and 3
    {"<eos>", true},               // Gemma
    {"<turn|>", true},             // Gemma 4
    {"<|tool_response>", true},    // Gemma 4
    {"</s>", true},                // Llama 2, Mistral
    {"<EOT>", true},               // DeepSeek Coder, CodeLlama
    {"_<EOT>", true},              // CodeLlama as SentencePiece writes it
    {"[EOT]", true},               // Kimi
    {"[EOS]", true},               // Kimi
    {"<end_of_utterance>", true},  // SmolVLM
    // Infilling: the roles are structure, and padding or the next file's beginning end what was asked for.
    {"<|fim_prefix|>", false},
    {"<|fim_suffix|>", false},
    {"<|fim_middle|>", false},
    {"<|fim_pad|>", true},
    {"<|fim_repo|>", true},
    {"<|repo_name|>", true},
    {"<|file_sep|>", true},
    {"<fim_prefix>", false},  // StarCoder, Granite
    {"<fim_suffix>", false},
    {"<fim_middle>", false},
    {"<fim-prefix>", false},  // SantaCoder
    {"<fim-suffix>", false},
    {"<fim-middle>", false},
};

constexpr std::string_view kEndOfTurn[] = {
    "<|eot_id|>",         "<|im_end|>",      "<|end|>", "<end_of_turn>", "<turn|>",
    "<|endoftext|>",      "<|end_of_text|>", "<EOT>",   "_<EOT>",        "[EOT]",
    "<end_of_utterance>",
};

}  // namespace

std::span<const WellKnownToken> well_known_control_tokens() {
  return kControlTokens;
}

std::span<const std::string_view> well_known_end_of_turn() {
  return kEndOfTurn;
}

CustomaryTokens customary_tokens(TokenizerKind kind) {
  switch (kind) {
    case TokenizerKind::kSentencePiece:
      return {"<s>", "</s>", "<unk>", ""};
    case TokenizerKind::kWordPiece:
      return {"[CLS]", "", "[UNK]", "[SEP]"};
    case TokenizerKind::kByteLevelBpe:
      break;
  }
  return {};
}

}  // namespace peregrine::text
