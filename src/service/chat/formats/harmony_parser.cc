#include "service/chat/formats/harmony_parser.h"

namespace peregrine::service {

using Section = HarmonyHeader::Section;

HarmonyParser::HarmonyParser(const FormatRequest& request)
    : callable_(request.tool_use), place_(request.prompt_opens_answer ? Place::kContent : Place::kHeader) {}

void HarmonyParser::push(std::string_view raw, OutputSink& sink) {
  for_each_part(
      raw, [&](std::string_view text, std::size_t at) { take_text(text, offset_ + at, sink); },
      [&](std::string_view piece) { take_control(piece, sink); });
  offset_ += raw.size();
}

void HarmonyParser::take_text(std::string_view text, std::size_t raw, OutputSink& sink) {
  switch (place_) {
    case Place::kHeader:
      if (!header_.add(text, raw)) header_is_content(sink);
      break;
    case Place::kContent:
      sink.content(text, raw);
      break;
    case Place::kReasoning:
      if (between_thoughts_) sink.reasoning("\n");
      between_thoughts_ = false;
      reasoned_ = true;
      sink.reasoning(text);
      break;
    case Place::kCall:
      call_.push(text, raw, sink);
      break;
  }
}

void HarmonyParser::take_control(std::string_view piece, OutputSink& sink) {
  if (piece == harmony::kStart || piece == harmony::kEnd || piece == harmony::kCall ||
      piece == harmony::kReturn) {
    close_message(sink);
    header_.begin(Section::kRole, true);
  } else if (piece == harmony::kChannel) {
    enter_channel(sink);
  } else if (place_ != Place::kHeader) {
    return;  // within a message other tokens mean nothing
  } else if (piece == harmony::kMessage) {
    open_message(sink);
  } else if (piece != harmony::kConstrain || !header_.enter(Section::kType)) {
    header_is_content(sink);
  }
}

void HarmonyParser::enter_channel(OutputSink& sink) {
  if (place_ == Place::kHeader && header_.enter(Section::kChannel)) return;
  close_message(sink);
  header_.begin(Section::kChannel, false);
}

void HarmonyParser::open_message(OutputSink& sink) {
  const auto header = header_.read();
  if (!header) {
    header_is_content(sink);
    return;
  }
  const std::string_view name = called(*header);
  if (!name.empty()) {
    place_ = Place::kCall;
    call_.begin({}, name, sink);
  } else if (header->channel == harmony::kAnalysis && header->recipient.empty()) {
    place_ = Place::kReasoning;
    between_thoughts_ = reasoned_;
  } else {
    place_ = Place::kContent;
  }
}

std::string_view HarmonyParser::called(const HarmonyHeader::Reading& header) const {
  if (header.channel != harmony::kCommentary && header.channel != harmony::kAnalysis) return {};
  if (!header.recipient.starts_with(harmony::kFunctions)) return {};
  const std::string_view name = header.recipient.substr(harmony::kFunctions.size());
  return callable_.contains(name) ? name : std::string_view();
}

void HarmonyParser::close_message(OutputSink& sink) {
  if (place_ == Place::kCall) call_.end(false, sink);
  if (place_ == Place::kHeader && !header_.blank()) header_.release(sink);
  place_ = Place::kHeader;
}

void HarmonyParser::header_is_content(OutputSink& sink) {
  header_.release(sink);
  place_ = Place::kContent;
}

void HarmonyParser::finish(OutputSink& sink) {
  if (place_ == Place::kCall) call_.end(true, sink);
  if (place_ == Place::kHeader && !header_.unfinished()) header_.release(sink);
}

}  // namespace peregrine::service
