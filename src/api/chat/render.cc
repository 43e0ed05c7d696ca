#include "api/chat/render.h"

#include "api/json/writer.h"

namespace peregrine::api {
namespace {

using service::TokenLogprob;
using service::Usage;

constexpr std::string_view kEventEnd = "\n\n";
// What the wire uses for a token that could not have been drawn.
constexpr float kLowestLogprob = -9999.0F;

// The same 64 bits that a client may give as a signed seed.
std::int64_t wire_seed(std::uint64_t seed) {
  return static_cast<std::int64_t>(seed);
}

void write_usage(JsonWriter& json, const Usage& usage) {
  json.begin_object();
  json.key("prompt_tokens").integer(usage.prompt_tokens);
  json.key("completion_tokens").integer(usage.completion_tokens);
  json.key("total_tokens").integer(std::int64_t{usage.prompt_tokens} + usage.completion_tokens);
  json.key("queue_time").number(usage.queue_seconds);
  json.key("prompt_time").number(usage.prompt_seconds);
  json.key("completion_time").number(usage.completion_seconds);
  json.key("total_time").number(usage.prompt_seconds + usage.completion_seconds);
  if (usage.cached_tokens > 0) {
    json.key("prompt_tokens_details").begin_object();
    json.key("cached_tokens").integer(usage.cached_tokens).end_object();
  }
  if (usage.reasoning_tokens > 0) {
    json.key("completion_tokens_details").begin_object();
    json.key("reasoning_tokens").integer(usage.reasoning_tokens).end_object();
  }
  json.end_object();
}

void write_alternative(JsonWriter& json, const TokenLogprob::Alternative& token) {
  json.key("token").string(token.token);
  json.key("logprob").number(token.logprob >= kLowestLogprob ? token.logprob : kLowestLogprob);
  json.key("bytes");
  if (token.bytes.empty()) {
    json.null();
    return;
  }
  json.begin_array();
  for (const char byte : token.bytes) json.integer(static_cast<unsigned char>(byte));
  json.end_array();
}

void write_logprobs(JsonWriter& json, const std::vector<TokenLogprob>& tokens) {
  json.begin_object().key("content").begin_array();
  for (const TokenLogprob& token : tokens) {
    json.begin_object();
    write_alternative(json, token.chosen);
    json.key("top_logprobs").begin_array();
    for (const TokenLogprob::Alternative& alternative : token.top) {
      json.begin_object();
      write_alternative(json, alternative);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

void write_debug(JsonWriter& json, const service::DebugDump& debug) {
  const auto ids = [&json](std::string_view key, const std::vector<std::int32_t>& tokens) {
    json.key(key).begin_array();
    for (const std::int32_t id : tokens) json.integer(id);
    json.end_array();
  };
  const auto texts = [&json](std::string_view key, const std::vector<std::string>& tokens) {
    json.key(key).begin_array();
    for (const std::string& text : tokens) json.string(text);
    json.end_array();
  };
  json.key("debug").begin_object();
  ids("input_token_ids", debug.input_token_ids);
  texts("input_tokens", debug.input_tokens);
  ids("output_token_ids", debug.output_token_ids);
  texts("output_tokens", debug.output_tokens);
  json.end_object();
}

std::string_view finish_name(service::ChatFinishReason reason, const AnswerHead& head) {
  const bool old = head.old_functions && reason == service::ChatFinishReason::kToolCalls;
  return old ? "function_call" : wire_name(reason);
}

void write_function(JsonWriter& json, const service::ToolCall& call) {
  json.begin_object().key("name").string(call.name);
  json.key("arguments").string(call.arguments).end_object();
}

void write_calls(JsonWriter& json, const std::vector<service::ToolCall>& calls) {
  json.begin_array();
  for (const service::ToolCall& call : calls) {
    json.begin_object().key("id").string(call.id).key("type").string("function");
    json.key("function");
    write_function(json, call);
    json.end_object();
  }
  json.end_array();
}

void write_citation(JsonWriter& json, const service::Citation& citation) {
  const bool document = citation.source == service::Citation::Source::kDocument;
  const std::string_view type = document ? "document_citation" : "function_citation";
  json.begin_object().key("type").string(type).key(type).begin_object();
  json.key("start_index").integer(citation.start).key("end_index").integer(citation.end);
  json.key(document ? "document_id" : "tool_call_id").string(citation.id);
  json.end_object().end_object();
}

void write_message(JsonWriter& json, const CollectedChoice& choice, const AnswerHead& head) {
  json.begin_object().key("role").string("assistant").key("content");
  if (choice.text.empty() && !choice.calls.empty()) {
    json.null();
  } else {
    json.string(choice.text);
  }
  if (choice.reasoning) json.key("reasoning").string(*choice.reasoning);
  if (!choice.calls.empty() && head.old_functions) {
    json.key("function_call");
    write_function(json, choice.calls.front());
  } else if (!choice.calls.empty()) {
    json.key("tool_calls");
    write_calls(json, choice.calls);
  }
  if (!choice.citations.empty()) {
    json.key("annotations").begin_array();
    for (const service::Citation& citation : choice.citations) write_citation(json, citation);
    json.end_array();
  }
  json.end_object();
}

constexpr std::string_view kDeltaEnd = R"(},"logprobs":null,"finish_reason":null}]})";

}  // namespace

ChunkRenderer::ChunkRenderer(const AnswerHead& head) : head_(head) {
  std::string object;
  JsonWriter json(object);
  json.begin_object();
  json.key("id").string(head.id);
  json.key("object").string("chat.completion.chunk");
  json.key("created").integer(head.created);
  json.key("model").string(head.model);
  json.key("system_fingerprint").string(head.fingerprint);
  json.key("choices").begin_array();
  prefix_ = "data: " + object;
}

void ChunkRenderer::begin(std::string& out, std::uint32_t choice) const {
  out += prefix_;
  JsonWriter(out).begin_object().key("index").integer(choice);
}

void ChunkRenderer::opening(std::string& out, std::uint32_t choice, bool first) const {
  begin(out, choice);
  out += head_.only_calls ? R"(,"delta":{"role":"assistant","content":null})"
                          : R"(,"delta":{"role":"assistant","content":""})";
  out += R"(,"logprobs":null,"finish_reason":null}])";
  if (first) {
    JsonWriter json(out);
    json.key("x_groq").begin_object();
    json.key("id").string(head_.request_id).key("seed").integer(wire_seed(head_.seed)).end_object();
  }
  out += '}';
  out += kEventEnd;
}

void ChunkRenderer::content(std::string& out, const service::TextDelta& delta) const {
  begin(out, delta.choice);
  out += R"(,"delta":{"content":)";
  append_json_string(out, delta.text);
  out += R"(},"logprobs":)";
  if (delta.logprobs.empty()) {
    out += "null";
  } else {
    JsonWriter json(out);
    write_logprobs(json, delta.logprobs);
  }
  out += R"(,"finish_reason":null}]})";
  out += kEventEnd;
}

void ChunkRenderer::reasoning(std::string& out, const service::ReasoningDelta& delta) const {
  begin(out, delta.choice);
  out += R"(,"delta":{"reasoning":)";
  append_json_string(out, delta.text);
  if (delta.analysis) out += R"(,"channel":"analysis")";
  out += kDeltaEnd;
  out += kEventEnd;
}

void ChunkRenderer::call(std::string& out, const service::ToolCallDelta& delta) const {
  begin(out, delta.choice);
  out += R"(,"delta":)";
  JsonWriter json(out);
  json.begin_object().key(head_.old_functions ? "function_call" : "tool_calls");
  if (!head_.old_functions) {
    json.begin_array().begin_object().key("index").integer(delta.index);
    if (!delta.id.empty()) json.key("id").string(delta.id).key("type").string("function");
    json.key("function");
  }
  json.begin_object();
  if (!delta.id.empty()) json.key("name").string(delta.name);
  json.key("arguments").string(delta.arguments).end_object();
  if (!head_.old_functions) json.end_object().end_array();
  out += kDeltaEnd;
  out += kEventEnd;
}

void ChunkRenderer::citation(std::string& out, const service::CitationFound& found) const {
  begin(out, found.choice);
  out += R"(,"delta":)";
  JsonWriter json(out);
  json.begin_object().key("annotations").begin_array();
  write_citation(json, found.citation);
  json.end_array();
  out += kDeltaEnd;
  out += kEventEnd;
}

void ChunkRenderer::finish(std::string& out, service::ChatFinishReason reason) const {
  out += R"(,"delta":{},"logprobs":null,"finish_reason":)";
  append_json_string(out, finish_name(reason, head_));
  out += "}]";
}

void ChunkRenderer::closing(std::string& out, const service::ChoiceFinished& finished) const {
  begin(out, finished.choice);
  finish(out, finished.reason);
  out += '}';
  out += kEventEnd;
}

void ChunkRenderer::last_closing(std::string& out, const service::ChoiceFinished& finished,
                                 const service::ChatDone& done, bool repeat_usage) const {
  begin(out, finished.choice);
  finish(out, finished.reason);
  JsonWriter json(out);
  json.key("x_groq").begin_object();
  json.key("id").string(head_.request_id);
  json.key("usage");
  write_usage(json, done.usage);
  json.key("seed").integer(wire_seed(head_.seed));
  if (done.debug) write_debug(json, *done.debug);
  json.end_object();
  if (repeat_usage) {
    json.key("usage");
    write_usage(json, done.usage);
  }
  json.end_object();
  out += kEventEnd;
}

void ChunkRenderer::usage(std::string& out, const Usage& usage) const {
  out += prefix_;
  JsonWriter json(out);
  json.end_array().key("usage");
  write_usage(json, usage);
  json.key("service_tier").string(wire_name(head_.tier)).end_object();
  out += kEventEnd;
}

void ChunkRenderer::done(std::string& out) {
  out += "data: [DONE]\n\n";
}

std::string render_completion(const AnswerHead& head, const std::vector<CollectedChoice>& choices,
                              const service::ChatDone& done, bool with_logprobs) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("id").string(head.id);
  json.key("object").string("chat.completion");
  json.key("created").integer(head.created);
  json.key("model").string(head.model);
  json.key("choices").begin_array();
  for (std::size_t i = 0; i < choices.size(); ++i) {
    json.begin_object().key("index").integer(static_cast<std::int64_t>(i));
    json.key("message");
    write_message(json, choices[i], head);
    json.key("logprobs");
    if (with_logprobs) {
      write_logprobs(json, choices[i].logprobs);
    } else {
      json.null();
    }
    json.key("finish_reason").string(finish_name(choices[i].reason, head)).end_object();
  }
  json.end_array();
  json.key("usage");
  write_usage(json, done.usage);
  json.key("usage_breakdown").null();
  json.key("system_fingerprint").string(head.fingerprint);
  json.key("x_groq").begin_object();
  json.key("id").string(head.request_id).key("seed").integer(wire_seed(head.seed));
  if (done.debug) write_debug(json, *done.debug);
  json.end_object();
  json.key("service_tier").string(wire_name(head.tier));
  json.end_object();
  return out;
}

}  // namespace peregrine::api
