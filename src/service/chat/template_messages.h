// Conversations as chat templates want them: what the API allows is rewritten until a template takes it.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <span>
#include <vector>

#include "service/chat/conversation.h"
#include "text/tokenizer/vocabulary.h"

namespace peregrine::service {

// The variable that a template reads a conversation from, with tools and switches beside it.
enum class ArgumentsAs { kObject, kText };  // of earlier calls: templates differ in which they expect

boost::json::object template_context(const text::Vocabulary& vocabulary,
                                     std::span<const ChatMessage> messages, ArgumentsAs arguments);

boost::json::array template_tools(std::span<const Tool> tools);

// Adds `text` to the end of the first system message, or makes one.
void add_to_system(std::vector<ChatMessage>& messages, const std::string& text);

// Neighbours of one role become one message; calls and results stay apart.
std::vector<ChatMessage> join_neighbours(std::span<const ChatMessage> messages);
// System messages move to the head of the first user's message that follows, or become the user's themselves.
std::vector<ChatMessage> fold_system(std::span<const ChatMessage> messages);
// For templates that know no tools: calls and results as text of the assistant and the user.
std::vector<ChatMessage> write_out_calls(std::span<const ChatMessage> messages);
// A turn with several calls becomes several, each followed by its result.
std::vector<ChatMessage> split_calls(std::span<const ChatMessage> messages);

}  // namespace peregrine::service
