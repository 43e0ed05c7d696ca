// The chat template of a model that carries none: ChatML, which most chat models understand best of what they
// were not trained on.
#pragma once

#include <string_view>

namespace peregrine::service {

inline constexpr std::string_view kChatMlTemplate =
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor "
    "%}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

}  // namespace peregrine::service
