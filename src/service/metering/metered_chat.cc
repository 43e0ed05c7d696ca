#include "service/metering/metered_chat.h"

#include <utility>
#include <variant>

namespace peregrine::service {

MeteredChat::MeteredChat(std::unique_ptr<ChatStream> chat, std::shared_ptr<Meter> meter)
    : chat_(std::move(chat)), meter_(std::move(meter)) {}

MeteredChat::~MeteredChat() {
  meter_->finish(used_so_far(), Meter::End::kServed);
}

// How much of the prompt was cached is told at the end only.
Used MeteredChat::used_so_far() const {
  const std::optional<Demand>& admitted = meter_->admitted();
  return {.prompt_tokens = admitted ? admitted->prompt_tokens : 0,
          .cached_tokens = 0,
          .completion_tokens = chat_->completion_tokens(),
          .audio_seconds = 0};
}

std::optional<ChatEvent> MeteredChat::poll() {
  std::optional<ChatEvent> event = chat_->poll();
  if (!event) return event;
  meter_->note_progress(chat_->completion_tokens());
  if (const auto* done = std::get_if<ChatDone>(&*event)) {
    const Used used{.prompt_tokens = done->usage.prompt_tokens,
                    .cached_tokens = done->usage.cached_tokens,
                    .completion_tokens = done->usage.completion_tokens,
                    .audio_seconds = 0};
    meter_->finish(used, Meter::End::kServed);
  } else if (std::holds_alternative<ChatFailed>(*event)) {
    meter_->finish(used_so_far(), Meter::End::kFailed);
  }
  return event;
}

}  // namespace peregrine::service
