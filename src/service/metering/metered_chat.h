// A chat that tells its meter what it used, when it ends, breaks or is given up.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "service/chat/chat.h"
#include "service/metering/metering.h"

namespace peregrine::service {

class MeteredChat final : public ChatStream {
 public:
  // `meter` has admitted the chat.
  MeteredChat(std::unique_ptr<ChatStream> chat, std::shared_ptr<Meter> meter);
  MeteredChat(const MeteredChat&) = delete;
  MeteredChat& operator=(const MeteredChat&) = delete;
  // Given up: what was generated until now counts.
  ~MeteredChat() override;

  std::optional<ChatEvent> poll() override;
  void on_ready(std::function<void()> callback) override { chat_->on_ready(std::move(callback)); }
  std::uint64_t seed() const override { return chat_->seed(); }
  const std::string& fingerprint() const override { return chat_->fingerprint(); }
  std::uint32_t completion_tokens() const override { return chat_->completion_tokens(); }

 private:
  Used used_so_far() const;

  std::unique_ptr<ChatStream> chat_;
  std::shared_ptr<Meter> meter_;
};

}  // namespace peregrine::service
