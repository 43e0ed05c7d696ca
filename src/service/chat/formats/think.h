// Formats of models that think first: <think>...</think>, then what another format reads.
//
// The block may be missing, or opened by the prompt; never closed, all that follows is reasoning. Blanks
// before it, at its borders and behind it are neither reasoning nor content. Only the first block is one:
// later ones are the other format's text.
#pragma once

#include <memory>

#include "service/chat/formats/format.h"

namespace peregrine::service {

// `markers_are_control`: <think> and </think> are control tokens, else they are spelled in plain text. The
// constraint is that of `inner`, behind a block if the model was told to think; none where that has none.
std::shared_ptr<const ChatFormat> with_thinking(std::shared_ptr<const ChatFormat> inner,
                                                bool markers_are_control);

}  // namespace peregrine::service
