#include "text/tokenizer/well_known.h"

#include <array>

namespace peregrine::text {
namespace {

constexpr WellKnownToken kControlTokens[] = {
    // Ends of a turn or a message, by family.
    {"<|eot_id|>", true},             // Llama 3
    {"<|eom_id|>", true},             // Llama 3, awaiting a tool
    {"<|eot|>", true},                // Llama 4
    {"<|eom|>", true},                // Llama 4, awaiting a tool
    {"<|end_of_text|>", true},        // Llama 3, Granite
    {"<|im_end|>", true},             // ChatML: Qwen and others
    {"<|endoftext|>", true},          // GPT-2, Qwen
    {"<|end|>", true},                // Phi-3; not in Harmony, see Vocabulary
    {"<|return|>", true},             // Harmony (gpt-oss)
    {"<|call|>", true},               // Harmony, awaiting a tool
    {"<|calls|>", true},              // Solar
    {"<|flush|>", true},              // Solar
    {"<end_of_turn>", true},          // Gemma 2 and 3
    {"<eos>", true},                  // Gemma
    {"<turn|>", true},                // Gemma 4
    {"<|tool_response>", true},       // Gemma 4
    {"</s>", true, "<eos>"},          // Llama 2, Mistral; Gemma's is HTML's
    {"<｜end▁of▁sentence｜>", true},  // DeepSeek
    {"<|EOT|>", true},                // DeepSeek Coder
    {"<EOT>", true},                  // CodeLlama
    {"_<EOT>", true},                 // CodeLlama as SentencePiece writes it
    {"[EOT]", true},                  // Kimi
    {"[EOS]", true},                  // Kimi
    {"<end_of_utterance>", true},     // SmolVLM
    // Beginnings and inner structure of turns.
    {"<|start_header_id|>", false},  // Llama 3
    {"<|end_header_id|>", false},
    {"<|header_start|>", false},  // Llama 4
    {"<|header_end|>", false},
    {"<|im_start|>", false},   // ChatML
    {"<|im_system|>", false},  // Kimi
    {"<|im_user|>", false},
    {"<|im_assistant|>", false},
    {"<|im_middle|>", false},
    {"<|start|>", false},  // Harmony
    {"<|channel|>", false},
    {"<|constrain|>", false},
    {"<|message|>", false},
    {"<start_of_turn>", false},  // Gemma 2 and 3
    {"<|turn>", false},          // Gemma 4
    {"<｜User｜>", false},       // DeepSeek
    {"<｜Assistant｜>", false},
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
    {"<｜fim▁begin｜>", false},  // DeepSeek
    {"<｜fim▁hole｜>", false},
    {"<｜fim▁end｜>", false},
    {"<fim-prefix>", false},  // SantaCoder
    {"<fim-suffix>", false},
    {"<fim-middle>", false},
};

constexpr std::string_view kEndOfTurn[] = {
    "<|eot_id|>",
    "<|eot|>",
    "<|im_end|>",
    "<|end|>",
    "<end_of_turn>",
    "<turn|>",
    "<|endoftext|>",
    "<|end_of_text|>",
    "<|EOT|>",
    "<EOT>",
    "_<EOT>",
    "[EOT]",
    "<｜end▁of▁sentence｜>",
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
    case TokenizerKind::kRankedSentencePiece:
      break;
  }
  return {};
}

}  // namespace peregrine::text
