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

void append_finish(std::string& out, service::ChatFinishReason reason) {
  out += R"(,"delta":{},"logprobs":null,"finish_reason":)";
  append_json_string(out, wire_name(reason));
  out += "}]";
}

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
  out += R"(,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}])";
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

void ChunkRenderer::closing(std::string& out, const service::ChoiceFinished& finished) const {
  begin(out, finished.choice);
  append_finish(out, finished.reason);
  out += '}';
  out += kEventEnd;
}

void ChunkRenderer::last_closing(std::string& out, const service::ChoiceFinished& finished,
                                 const service::ChatDone& done, bool repeat_usage) const {
  begin(out, finished.choice);
  append_finish(out, finished.reason);
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
    json.key("message").begin_object().key("role").string("assistant");
    json.key("content").string(choices[i].text).end_object();
    json.key("logprobs");
    if (with_logprobs) {
      write_logprobs(json, choices[i].logprobs);
    } else {
      json.null();
    }
    json.key("finish_reason").string(wire_name(choices[i].reason)).end_object();
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
