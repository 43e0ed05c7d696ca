// Anything that a model may write, read by each format: nothing may depend on how it is split, be told of
// twice or outside its place, or call a complete call what has no JSON object for arguments.
//
// The first byte chooses the format, the second the request, the third how to split; then ASCII is itself,
// and other bytes stand for control tokens, for words of the formats, and for bytes that are no UTF-8.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "service/chat/formats/generic.h"
#include "service/chat/formats/guard.h"
#include "service/chat/formats/harmony.h"
#include "service/chat/formats/hermes.h"
#include "service/chat/formats/json_scanner.h"
#include "service/chat/formats/kimi_k2.h"
#include "service/chat/formats/llama3.h"
#include "service/chat/formats/llama4.h"
#include "service/chat/formats/testing/hearing.h"
#include "service/chat/formats/think.h"

namespace {

using namespace peregrine::service;
namespace hearing = peregrine::service::testing;

constexpr unsigned char kFirstWord = 0xC0;
constexpr auto kControls = std::to_array<std::string_view>({"<|start|>",
                                                            "<|channel|>",
                                                            "<|constrain|>",
                                                            "<|message|>",
                                                            "<|end|>",
                                                            "<|call|>",
                                                            "<|return|>",
                                                            "<|tool_calls_section_begin|>",
                                                            "<|tool_calls_section_end|>",
                                                            "<|tool_call_begin|>",
                                                            "<|tool_call_argument_begin|>",
                                                            "<|tool_call_end|>",
                                                            "<think>",
                                                            "</think>",
                                                            "<|other|>",
                                                            "[X]",
                                                            "",
                                                            "<tool_call>",
                                                            "</tool_call>",
                                                            "<|python_tag|>",
                                                            "<|python_start|>",
                                                            "<|python_end|>"});
constexpr auto kWords = std::to_array<std::string_view>({"analysis",
                                                         "commentary",
                                                         "final",
                                                         "assistant",
                                                         " to=functions.get",
                                                         " <|",
                                                         "functions.get:0",
                                                         "json",
                                                         "{\"a\":",
                                                         "{}",
                                                         "<think>",
                                                         "</think>",
                                                         "safe",
                                                         "\n\n",
                                                         "\xC3\xA9",
                                                         "\xF0\x9F\x98\x80",
                                                         "<tool_call>\n",
                                                         "\n</tool_call>",
                                                         "{\"name\": \"get\", \"parameters\": ",
                                                         "{\"name\": \"get\", \"arguments\": ",
                                                         "{\"a\": \"\\u00e9\", \"b\": [1, -2.5e3, null]}",
                                                         "<function=get>",
                                                         "</function>",
                                                         "[get(a='x', b=[1, (True,)])]",
                                                         "\xE4",
                                                         "\x80",
                                                         "\xFF"});

void require(bool condition) {
  if (!condition) std::abort();
}

std::string piece_of(unsigned char byte) {
  if (byte < 0x80) return {static_cast<char>(byte)};
  if (byte < kFirstWord) return control_mark(kControls[(byte - 0x80U) % kControls.size()]);
  return std::string(kWords[static_cast<std::size_t>(byte - kFirstWord) % kWords.size()]);
}

const ChatFormat& format_of(unsigned choice) {
  static const std::vector<std::shared_ptr<const ChatFormat>> kFormats = {
      make_harmony_format(),
      make_kimi_k2_format(),
      make_guard_format(),
      make_hermes_format(false),
      make_hermes_format(true),
      make_llama3_format(),
      make_llama4_format(),
      make_generic_format(),
      with_thinking(make_hermes_format(false), false),
      with_thinking(make_kimi_k2_format(), false),
      with_thinking(make_harmony_format(), true),
  };
  return *kFormats[choice % kFormats.size()];
}

bool is_object(std::string_view text) {
  JsonScanner scanner;
  return text.starts_with('{') && std::ranges::all_of(text, [&](char c) { return scanner.push(c); }) &&
         scanner.done();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const unsigned choice = data[1];
  ToolUse use;
  use.choice = (choice & 1U) != 0 ? ToolChoice::kNone : ToolChoice::kAuto;
  use.any_name = (choice & 2U) != 0;
  use.tools.push_back({.name = "get", .description = {}, .parameters = {}});
  const AnswerFormat answer;
  const FormatRequest request{.tool_use = use,
                              .answer = answer,
                              .prompt_opens_reasoning = (choice & 4U) != 0,
                              .prompt_opens_answer = (choice & 8U) != 0};
  std::string raw;
  for (std::size_t i = 3; i < size; ++i) raw += piece_of(data[i]);

  const ChatFormat& format = format_of(data[0]);
  const hearing::Heard whole = hearing::read_whole(format, request, raw);
  require(whole.problem.empty());
  for (const hearing::HeardCall& call : whole.calls) require(!call.complete || is_object(call.arguments));
  const auto pieces = hearing::atoms(raw);
  std::mt19937 random(data[2]);
  require(hearing::read_cut(format, request, pieces, [](std::size_t) { return true; }) == whole);
  require(hearing::read_cut(format, request, pieces, [&](std::size_t) { return random() % 3 == 0; }) ==
          whole);
  return 0;
}
