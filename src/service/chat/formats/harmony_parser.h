// Reads a harmony answer: a state machine over its messages, told apart by control tokens.
//
// <|start|> and <|channel|> begin a message wherever they stand. Text where no message is, or whose header
// cannot be read, is content; control tokens themselves never are.
#pragma once

#include <cstddef>
#include <string_view>

#include "service/chat/formats/call_reader.h"
#include "service/chat/formats/callable_names.h"
#include "service/chat/formats/format.h"
#include "service/chat/formats/harmony_header.h"

namespace peregrine::service {

class HarmonyParser final : public OutputParser {
 public:
  explicit HarmonyParser(const FormatRequest& request);

  void push(std::string_view raw, OutputSink& sink) override;
  void finish(OutputSink& sink) override;
  bool in_reasoning() const override { return place_ == Place::kReasoning; }

 private:
  enum class Place { kHeader, kContent, kReasoning, kCall };

  void take_text(std::string_view text, std::size_t raw, OutputSink& sink);
  void take_control(std::string_view piece, OutputSink& sink);
  void enter_channel(OutputSink& sink);
  void open_message(OutputSink& sink);
  void close_message(OutputSink& sink);
  void header_is_content(OutputSink& sink);
  std::string_view called(const HarmonyHeader::Reading& header) const;

  const CallableNames callable_;
  Place place_;
  HarmonyHeader header_;
  CallReader call_;
  std::size_t offset_ = 0;         // of the next raw text
  bool reasoned_ = false;          // some message was reasoning
  bool between_thoughts_ = false;  // and the next one has not begun
};

}  // namespace peregrine::service
