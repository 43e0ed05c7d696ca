#include "service/chat/prompt.h"

#include <boost/json.hpp>
#include <optional>

namespace peregrine::service {
namespace {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::kSystem:
      return "system";
    case Role::kUser:
      return "user";
    case Role::kAssistant:
      return "assistant";
    case Role::kTool:
      return "tool";
  }
  return "user";
}

boost::json::object template_context(const text::Vocabulary& vocabulary,
                                     std::span<const ChatMessage> messages) {
  boost::json::array list;
  list.reserve(messages.size());
  for (const ChatMessage& message : messages) {
    boost::json::object item{{"role", role_name(message.role)}, {"content", message.content}};
    if (message.name) item["name"] = *message.name;
    list.emplace_back(std::move(item));
  }
  boost::json::object context{{"messages", std::move(list)}, {"add_generation_prompt", true}};
  if (vocabulary.bos()) context["bos_token"] = vocabulary.piece(*vocabulary.bos());
  if (vocabulary.eos()) context["eos_token"] = vocabulary.piece(*vocabulary.eos());
  return context;
}

// Neighbours of one role become one message.
std::vector<ChatMessage> join_neighbours(std::span<const ChatMessage> messages) {
  std::vector<ChatMessage> joined;
  for (const ChatMessage& message : messages) {
    if (!joined.empty() && joined.back().role == message.role) {
      joined.back().content += "\n\n" + message.content;
    } else {
      joined.push_back(message);
    }
  }
  return joined;
}

// System messages move to the head of the first user's message that follows, or become the user's themselves.
std::vector<ChatMessage> fold_system(std::span<const ChatMessage> messages) {
  std::vector<ChatMessage> folded;
  for (const ChatMessage& message : messages) {
    folded.push_back(message);
    if (message.role == Role::kSystem) folded.back().role = Role::kUser;
  }
  return join_neighbours(folded);
}

Result<std::vector<jinja::Segment>> render(const LoadedModel& model, std::span<const ChatMessage> messages) {
  const boost::json::object context = template_context(model.tokenizer->vocabulary(), messages);
  // Roles come from a fixed list, so templates may spell control tokens around them.
  return model.chat_template->render_segments(
      context, {.local_time = {}, .trusted_paths = {"bos_token", "eos_token", "messages.*.role"}});
}

// The template's own view first, then what it may accept instead; the first refusal is the one to report.
Result<std::vector<jinja::Segment>> render_somehow(const LoadedModel& model,
                                                   std::span<const ChatMessage> messages) {
  auto rendered = render(model, messages);
  if (rendered || rendered.error().code == ErrorCode::kResourceExhausted) return rendered;
  for (const auto& attempt : {join_neighbours(messages), fold_system(messages)}) {
    if (auto again = render(model, attempt)) return again;
  }
  return rendered;
}

}  // namespace

Result<std::vector<engine::TokenId>> make_prompt(const LoadedModel& model,
                                                 std::span<const ChatMessage> messages) {
  const text::Tokenizer& tokenizer = *model.tokenizer;
  std::optional<std::string> prefill;
  if (!messages.empty() && messages.back().role == Role::kAssistant) {
    prefill = messages.back().content;
    messages = messages.first(messages.size() - 1);
  }
  auto rendered = render_somehow(model, messages);
  if (!rendered) {
    rendered.error().where = "messages";
    return tl::unexpected<Error>(std::move(rendered.error()));
  }
  std::vector<text::Segment> segments;
  segments.reserve(rendered->size() + 1);
  for (const jinja::Segment& segment : *rendered) segments.push_back({segment.text, segment.trusted});
  if (prefill) segments.push_back({*prefill, false});
  auto tokens = tokenizer.encode(segments, /*add_special=*/false);
  if (!tokens) {
    tokens.error().where = "messages";
    return tokens;
  }
  // Most templates spell the beginning-of-sequence token themselves; it must not stand there twice.
  const auto bos = tokenizer.vocabulary().bos();
  if (tokenizer.adds_bos() && bos && (tokens->empty() || tokens->front() != *bos)) {
    tokens->insert(tokens->begin(), *bos);
  }
  if (tokens->empty()) return fail(ErrorCode::kInvalidArgument, "the prompt is empty", "messages");
  return tokens;
}

}  // namespace peregrine::service
