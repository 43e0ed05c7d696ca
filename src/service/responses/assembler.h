// From a chat's events to the output of a response: items, each opened, filled and closed, one at a time.
//
// Pure: no clock, no wire. Every step names what happened to which item; the items themselves hold what they
// are by then, so that a stream and a whole answer are made of the same. Items stand in the order in which
// the model wrote them: thoughts, text, calls.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "service/chat/chat.h"
#include "service/responses/items.h"

namespace peregrine::service {

// The assistant's text, one part.
struct OutputMessage {
  std::string id;
  std::string text = {};
  std::vector<Citation> citations = {};
  ItemStatus status = ItemStatus::kInProgress;
};

using OutputItem = std::variant<ReasoningItem, FunctionCallItem, OutputMessage>;

struct OutputStep {
  enum class Kind {
    kItemAdded,
    kPartAdded,  // of a message or a thought; both have one part, a call has none
    kTextDelta,
    kCitationAdded,
    kTextDone,
    kReasoningDelta,
    kReasoningDone,
    kArgumentsDelta,
    kArgumentsDone,
    kPartDone,
    kItemDone,
  };
  Kind kind = Kind::kItemAdded;
  std::uint32_t item = 0;
  std::uint32_t citation = 0;  // of kCitationAdded
  std::string delta = {};      // of the three deltas
};

enum class ResponseStatus { kInProgress, kCompleted, kIncomplete, kFailed, kCancelled };

// Makes the id of an item of a kind: "msg", "rs", "fc", "call".
using IdSource = std::function<std::string(std::string_view prefix)>;

class OutputAssembler {
 public:
  explicit OutputAssembler(IdSource make_id) : make_id_(std::move(make_id)) {}

  // The steps that the event leads to, in order; possibly none. After over(), none.
  std::vector<OutputStep> add(ChatEvent event);
  // The generation is given up: what is open stays incomplete. Nothing follows.
  std::vector<OutputStep> cancel();

  const std::vector<OutputItem>& items() const { return items_; }
  ResponseStatus status() const { return status_; }
  bool over() const { return status_ != ResponseStatus::kInProgress; }
  const Usage& usage() const { return usage_; }
  // Of kFailed.
  const std::optional<ChatFailed>& failure() const { return failure_; }

 private:
  using Steps = std::vector<OutputStep>;

  void on(TextDelta& event, Steps& steps);
  void on(ReasoningDelta& event, Steps& steps);
  void on(ToolCallDelta& event, Steps& steps);
  void on(ToolCallEnd& event, Steps& steps);
  void on(CitationFound& event, Steps& steps);
  void on(ChoiceFinished& event, Steps& steps);
  void on(ChatDone& event, Steps& steps);
  void on(ChatFailed& event, Steps& steps);

  template <class T>
  T* open_as();
  template <class T>
  T& open(T item, Steps& steps);
  void close(ItemStatus status, Steps& steps);
  void step(OutputStep::Kind kind, Steps& steps, std::string delta = {});

  IdSource make_id_;
  std::vector<OutputItem> items_;
  bool open_ = false;             // the last item takes more
  std::uint32_t call_index_ = 0;  // of the open call, as the chat counts
  bool cut_ = false;              // the budget ended before the answer did
  bool finished_ = false;
  ResponseStatus status_ = ResponseStatus::kInProgress;
  Usage usage_;
  std::optional<ChatFailed> failure_;
};

}  // namespace peregrine::service
