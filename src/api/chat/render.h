// Answers of POST /openai/v1/chat/completions, as text.
//
// Keys stand in the order in which Groq's service writes them. A stream is a series of server-sent events:
// one opening chunk per choice, text chunks, one closing chunk per choice (the last with the usage), perhaps
// a chunk with the usage alone, then [DONE].
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/chat/wire.h"
#include "service/chat/chat.h"

namespace peregrine::api {

// Appends whole events to a string. What all chunks share is written once, at construction.
class ChunkRenderer {
 public:
  explicit ChunkRenderer(const AnswerHead& head);

  // `first`: of the stream; it carries the request's id and the seed.
  void opening(std::string& out, std::uint32_t choice, bool first) const;
  void content(std::string& out, const service::TextDelta& delta) const;
  void reasoning(std::string& out, const service::ReasoningDelta& delta) const;
  void call(std::string& out, const service::ToolCallDelta& delta) const;
  void citation(std::string& out, const service::CitationFound& found) const;
  // A choice ended while others go on.
  void closing(std::string& out, const service::ChoiceFinished& finished) const;
  // The last choice ended. `repeat_usage`: also at the top level, as stream_options.include_usage asks.
  void last_closing(std::string& out, const service::ChoiceFinished& finished, const service::ChatDone& done,
                    bool repeat_usage) const;
  void usage(std::string& out, const service::Usage& usage) const;
  static void done(std::string& out);

 private:
  void begin(std::string& out, std::uint32_t choice) const;
  void finish(std::string& out, service::ChatFinishReason reason) const;

  AnswerHead head_;
  std::string prefix_;  // "data: {...,"choices":["
};

// One choice of an answer that is not streamed, as it grows.
struct CollectedChoice {
  std::string text;
  std::optional<std::string> reasoning = {};
  std::vector<service::ToolCall> calls = {};
  std::vector<service::Citation> citations = {};
  std::vector<service::TokenLogprob> logprobs = {};
  service::ChatFinishReason reason = service::ChatFinishReason::kStop;
};

// The whole chat.completion object. `with_logprobs`: the request asked for them.
std::string render_completion(const AnswerHead& head, const std::vector<CollectedChoice>& choices,
                              const service::ChatDone& done, bool with_logprobs);

}  // namespace peregrine::api
