// Reads the block of reasoning before an answer, and hands what follows to the answer's own parser.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "service/chat/formats/format.h"
#include "service/chat/formats/raw_text.h"

namespace peregrine::service {

inline constexpr std::string_view kThinkOpen = "<think>";
inline constexpr std::string_view kThinkClose = "</think>";

class ThinkParser final : public OutputParser {
 public:
  // `opened`: the raw text begins within the block.
  ThinkParser(std::unique_ptr<OutputParser> inner, bool opened, bool markers_are_control)
      : inner_(std::move(inner)), opened_(opened), control_(markers_are_control) {}

  void push(std::string_view raw, OutputSink& sink) override;
  void finish(OutputSink& sink) override;
  bool in_reasoning() const override;

 private:
  enum class Place { kStart, kBlock, kBehind, kInner };

  // Take a stretch of text or a control token that `raw` begins with, or a part of it; how many bytes.
  std::size_t take_text(std::string_view text, OutputSink& sink);
  std::size_t take_control(std::string_view piece, std::size_t length, OutputSink& sink);
  std::size_t start(std::string_view text, OutputSink& sink);
  std::size_t block(std::string_view text, OutputSink& sink);
  std::size_t behind(std::string_view text);

  void no_block(OutputSink& sink);
  void reason(std::string_view text, OutputSink& sink);
  void give_inner(std::string_view raw, OutputSink& sink);

  const std::unique_ptr<OutputParser> inner_;
  const bool opened_;
  const bool control_;
  Place place_ = Place::kStart;
  std::string held_;  // kStart: all so far; kBlock: what may be the beginning of the closing marker
  BlankTrimmer trimmer_;
  std::size_t offset_ = 0;       // of the next raw text
  std::size_t inner_begin_ = 0;  // where the inner parser's text begins
};

}  // namespace peregrine::service
