// Which format a model has, told by its chat template and its tokens.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "service/chat/formats/format.h"
#include "text/tokenizer/vocabulary.h"

namespace peregrine::service {

enum class FormatFamily : std::uint8_t { kHarmony, kKimiK2, kGuard, kLlama4, kLlama3, kHermes, kGeneric };

struct FormatTraits {
  FormatFamily family = FormatFamily::kGeneric;
  bool control_markers = false;  // of kHermes: <tool_call> is a control token
  bool thinks = false;           // there may be a <think> block before the answer
  bool control_think = false;    // <think> and </think> are control tokens
};

FormatTraits format_traits(std::string_view template_source, const text::Vocabulary& vocabulary);

std::shared_ptr<const ChatFormat> choose_format(std::string_view template_source,
                                                const text::Vocabulary& vocabulary);

// Whether the template is to be given the tools: it explains them, and asks for calls in a form that the
// chosen format reads. Otherwise generic_tool_prompt() explains them.
bool template_takes_tools(std::string_view template_source, const text::Vocabulary& vocabulary);

}  // namespace peregrine::service
