#include "service/responses/assembler.h"

#include <utility>

namespace peregrine::service {

using Kind = OutputStep::Kind;

std::vector<OutputStep> OutputAssembler::add(ChatEvent event) {
  Steps steps;
  if (!over()) std::visit([&](auto& any) { on(any, steps); }, event);
  return steps;
}

std::vector<OutputStep> OutputAssembler::cancel() {
  Steps steps;
  if (over()) return steps;
  close(ItemStatus::kIncomplete, steps);
  status_ = ResponseStatus::kCancelled;
  return steps;
}

void OutputAssembler::step(Kind kind, Steps& steps, std::string delta) {
  steps.push_back({.kind = kind,
                   .item = static_cast<std::uint32_t>(items_.size() - 1),
                   .citation = 0,
                   .delta = std::move(delta)});
}

template <class T>
T* OutputAssembler::open_as() {
  return open_ ? std::get_if<T>(&items_.back()) : nullptr;
}

template <class T>
T& OutputAssembler::open(T item, Steps& steps) {
  close(ItemStatus::kCompleted, steps);
  item.status = ItemStatus::kInProgress;
  items_.emplace_back(std::move(item));
  open_ = true;
  step(Kind::kItemAdded, steps);
  if (!std::is_same_v<T, FunctionCallItem>) step(Kind::kPartAdded, steps);
  return std::get<T>(items_.back());
}

void OutputAssembler::close(ItemStatus status, Steps& steps) {
  if (!open_) return;
  open_ = false;
  std::visit([status](auto& item) { item.status = status; }, items_.back());
  if (std::holds_alternative<FunctionCallItem>(items_.back())) {
    step(Kind::kArgumentsDone, steps);
  } else {
    const bool text = std::holds_alternative<OutputMessage>(items_.back());
    step(text ? Kind::kTextDone : Kind::kReasoningDone, steps);
    step(Kind::kPartDone, steps);
  }
  step(Kind::kItemDone, steps);
}

void OutputAssembler::on(TextDelta& event, Steps& steps) {
  if (event.text.empty()) return;
  OutputMessage* message = open_as<OutputMessage>();
  if (message == nullptr) message = &open(OutputMessage{.id = make_id_("msg")}, steps);
  message->text += event.text;
  step(Kind::kTextDelta, steps, std::move(event.text));
}

void OutputAssembler::on(ReasoningDelta& event, Steps& steps) {
  if (event.text.empty()) return;
  ReasoningItem* thought = open_as<ReasoningItem>();
  if (thought == nullptr) thought = &open(ReasoningItem{.id = make_id_("rs"), .text = {}}, steps);
  thought->text += event.text;
  step(Kind::kReasoningDelta, steps, std::move(event.text));
}

void OutputAssembler::on(ToolCallDelta& event, Steps& steps) {
  FunctionCallItem* call = open_as<FunctionCallItem>();
  if (call == nullptr || call_index_ != event.index) {
    call_index_ = event.index;
    std::string call_id = event.id.empty() ? make_id_("call") : std::move(event.id);
    call = &open(FunctionCallItem{.id = make_id_("fc"),
                                  .call_id = std::move(call_id),
                                  .name = std::move(event.name),
                                  .arguments = {}},
                 steps);
  }
  if (event.arguments.empty()) return;
  call->arguments += event.arguments;
  step(Kind::kArgumentsDelta, steps, std::move(event.arguments));
}

void OutputAssembler::on(ToolCallEnd& event, Steps& steps) {
  if (open_as<FunctionCallItem>() == nullptr || call_index_ != event.index) return;
  close(event.complete ? ItemStatus::kCompleted : ItemStatus::kIncomplete, steps);
}

// A source may turn up after its message was closed: the message still gets it, without a step of its own.
void OutputAssembler::on(CitationFound& event, Steps& steps) {
  for (std::size_t i = items_.size(); i-- > 0;) {
    auto* message = std::get_if<OutputMessage>(&items_[i]);
    if (message == nullptr) continue;
    message->citations.push_back(std::move(event.citation));
    if (!open_ || i + 1 != items_.size()) return;
    step(Kind::kCitationAdded, steps);
    steps.back().citation = static_cast<std::uint32_t>(message->citations.size() - 1);
    return;
  }
}

void OutputAssembler::on(ChoiceFinished& event, Steps& steps) {
  finished_ = true;
  cut_ = event.reason == ChatFinishReason::kLength;
  // An answer is never without an item, even if the model said nothing.
  if (items_.empty()) open(OutputMessage{.id = make_id_("msg")}, steps);
  close(cut_ ? ItemStatus::kIncomplete : ItemStatus::kCompleted, steps);
}

void OutputAssembler::on(ChatDone& event, Steps& steps) {
  usage_ = event.usage;
  if (!finished_) {
    close(ItemStatus::kIncomplete, steps);
    failure_ = ChatFailed{{ErrorCode::kInternal, "the generation ended before its answer did", {}}};
    status_ = ResponseStatus::kFailed;
    return;
  }
  status_ = cut_ ? ResponseStatus::kIncomplete : ResponseStatus::kCompleted;
}

void OutputAssembler::on(ChatFailed& event, Steps& steps) {
  close(ItemStatus::kIncomplete, steps);
  failure_ = std::move(event);
  status_ = ResponseStatus::kFailed;
}

}  // namespace peregrine::service
