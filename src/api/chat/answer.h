// From a chat's events to an answer, whole or streamed: which event becomes which part, and when it is over.
// No sockets here; routes.cc moves the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/chat/render.h"
#include "api/chat/wire.h"
#include "api/errors/errors.h"
#include "service/chat/chat.h"

namespace peregrine::api {

// What the client reads when a generation broke; the reason is logged, not sent, unless the client can do
// something about it.
ApiError generation_error(const service::ChatFailed& failed);
void log_failure(std::string_view request_id, const service::ChatFailed& failed);

class StreamedAnswer {
 public:
  // `choices` >= 1.
  StreamedAnswer(const AnswerHead& head, std::uint32_t choices, bool include_usage);

  // The chunks that open the stream.
  void open(std::string& out) const;
  // Appends whole server-sent events; possibly none.
  void add(std::string& out, const service::ChatEvent& event);
  // Nothing follows.
  bool over() const { return over_; }
  // Why the stream broke, once over().
  const std::optional<service::ChatFailed>& failure() const { return failure_; }

 private:
  void finish_choice(std::string& out, const service::ChoiceFinished& finished);
  void finish(std::string& out, const service::ChatDone& done);
  void fail(std::string& out, const service::ChatFailed& failed);

  ChunkRenderer renderer_;
  const std::uint32_t choices_;
  const bool include_usage_;
  std::uint32_t finished_ = 0;
  std::optional<service::ChoiceFinished> last_;  // held back: its chunk carries the usage
  bool over_ = false;
  std::optional<service::ChatFailed> failure_;
};

class CollectedAnswer {
 public:
  explicit CollectedAnswer(std::uint32_t choices) : choices_(choices) {}

  void add(service::ChatEvent event);
  bool over() const { return done_.has_value() || failure_.has_value(); }
  const std::optional<service::ChatFailed>& failure() const { return failure_; }
  // Once over() without a failure.
  std::string render(const AnswerHead& head, bool with_logprobs) const;

 private:
  void add_call(service::ToolCallDelta& delta);

  std::vector<CollectedChoice> choices_;
  std::optional<service::ChatDone> done_;
  std::optional<service::ChatFailed> failure_;
};

}  // namespace peregrine::api
