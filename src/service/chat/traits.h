// What a model's chat template and tokens tell about talking with it. Made once per model; nobody names it.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "service/chat/conversation.h"
#include "service/chat/formats/format.h"
#include "text/tokenizer/vocabulary.h"

namespace peregrine::service {

enum class ReasoningKind {
  kNone,
  kThink,     // a block between <think> and </think>
  kChannels,  // harmony's analysis channel
};

struct ChatTraits {
  std::shared_ptr<const ChatFormat> format;      // reads reasoning apart from the answer
  std::shared_ptr<const ChatFormat> raw_format;  // leaves a think block in the answer; else the same
  ReasoningKind reasoning = ReasoningKind::kNone;
  bool takes_tools = false;   // the template writes tools and calls itself
  bool takes_effort = false;  // the template asks for a level of effort
  bool guards = false;        // a classifier: tools and formats make no sense
};

ChatTraits chat_traits(std::string_view template_source, const text::Vocabulary& vocabulary);

// What a request may ask of such a model. Errors: kInvalidArgument, `where` the field.
Status check_reasoning(const ChatRequest& request, const ChatTraits& traits);
Status check_guard(const ChatRequest& request, const ChatTraits& traits);

// How reasoning is shown, defaults included. The request has been checked.
ReasoningFormat shown_reasoning(const ChatRequest& request, const ChatTraits& traits);

}  // namespace peregrine::service
