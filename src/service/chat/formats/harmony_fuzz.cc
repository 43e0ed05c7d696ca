// Reads any sequence of characters and control tokens as harmony, kimi-k2, a guard's verdict and each of the
// think layers: nothing may depend on how it is split, nor be told of twice or outside its place.
//
// The first byte chooses format and request, the second how to split; then ASCII is itself, and other bytes
// stand for control tokens and words of the formats.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "service/chat/formats/guard.h"
#include "service/chat/formats/harmony.h"
#include "service/chat/formats/kimi_k2.h"
#include "service/chat/formats/testing/hearing.h"
#include "service/chat/formats/think.h"

namespace {

using namespace peregrine::service;
namespace hearing = peregrine::service::testing;

constexpr auto kControls = std::to_array<std::string_view>(
    {"<|start|>", "<|channel|>", "<|constrain|>", "<|message|>", "<|end|>", "<|call|>", "<|return|>",
     "<|tool_calls_section_begin|>", "<|tool_calls_section_end|>", "<|tool_call_begin|>",
     "<|tool_call_argument_begin|>", "<|tool_call_end|>", "<think>", "</think>", "<|other|>", "[X]", ""});
constexpr auto kWords = std::to_array<std::string_view>(
    {"analysis", "commentary", "final", "assistant", " to=functions.get", " <|", "functions.get:0", "json",
     "{\"a\":", "{}", "<think>", "</think>", "safe", "\n\n", "\xC3\xA9", "\xF0\x9F\x98\x80"});

void require(bool condition) {
  if (!condition) std::abort();
}

std::string piece_of(unsigned char byte) {
  if (byte < 0x80) return {static_cast<char>(byte)};
  const std::size_t index = byte - 0x80U;
  if (index < 64) return control_mark(kControls[index % kControls.size()]);
  return std::string(kWords[index % kWords.size()]);
}

std::shared_ptr<const ChatFormat> format_of(unsigned choice) {
  switch (choice % 5) {
    case 0:
      return make_harmony_format();
    case 1:
      return make_kimi_k2_format();
    case 2:
      return make_guard_format();
    case 3:
      return with_thinking(make_kimi_k2_format(), false);
    default:
      return with_thinking(make_harmony_format(), true);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const unsigned choice = data[0];
  ToolUse use;
  use.choice = (choice & 8U) != 0 ? ToolChoice::kNone : ToolChoice::kAuto;
  use.any_name = (choice & 16U) != 0;
  use.tools.push_back({.name = "get", .description = {}, .parameters = {}});
  const AnswerFormat answer;
  const FormatRequest request{.tool_use = use,
                              .answer = answer,
                              .prompt_opens_reasoning = (choice & 32U) != 0,
                              .prompt_opens_answer = (choice & 64U) != 0};
  std::string raw;
  for (std::size_t i = 2; i < size; ++i) raw += piece_of(data[i]);

  const auto format = format_of(choice & 7U);
  const hearing::Heard whole = hearing::read_whole(*format, request, raw);
  require(whole.problem.empty());
  const auto pieces = hearing::atoms(raw);
  std::mt19937 random(data[1]);
  require(hearing::read_cut(*format, request, pieces, [](std::size_t) { return true; }) == whole);
  require(hearing::read_cut(*format, request, pieces, [&](std::size_t) { return random() % 3 == 0; }) ==
          whole);
  return 0;
}
