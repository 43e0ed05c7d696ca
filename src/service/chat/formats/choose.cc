#include "service/chat/formats/choose.h"

#include "service/chat/formats/generic.h"
#include "service/chat/formats/guard.h"
#include "service/chat/formats/harmony.h"
#include "service/chat/formats/hermes.h"
#include "service/chat/formats/kimi_k2.h"
#include "service/chat/formats/llama3.h"
#include "service/chat/formats/llama4.h"

namespace peregrine::service {
namespace {

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_control(const text::Vocabulary& vocabulary, std::string_view piece) {
  return vocabulary.kind(vocabulary.find(piece)) == text::TokenKind::kControl;
}

bool is_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Whether the template speaks of the variable `tools`: as a word inside a tag, not in the text around it.
bool mentions_tools(std::string_view source) {
  constexpr std::string_view kTools = "tools";
  for (std::size_t open = source.find('{'); open != std::string_view::npos;
       open = source.find('{', open + 1)) {
    const char kind = open + 1 < source.size() ? source[open + 1] : '\0';
    if (kind != '%' && kind != '{') continue;
    const std::size_t end = std::min(source.find(kind == '%' ? "%}" : "}}", open), source.size());
    const std::string_view tag = source.substr(open, end - open);
    for (std::size_t at = tag.find(kTools); at != std::string_view::npos; at = tag.find(kTools, at + 1)) {
      const std::size_t behind = at + kTools.size();
      if (!is_identifier(tag[at - 1]) && (behind >= tag.size() || !is_identifier(tag[behind]))) return true;
    }
    open = end - 1;
  }
  return false;
}

// A family that lives on control tokens needs them in the vocabulary: nothing else could write its text.
FormatFamily family_of(std::string_view source, const text::Vocabulary& vocabulary) {
  if (has(source, "<|channel|>") && has(source, "<|start|>") && is_control(vocabulary, "<|channel|>")) {
    return FormatFamily::kHarmony;
  }
  if (has(source, "<|tool_calls_section_begin|>") && is_control(vocabulary, "<|tool_calls_section_begin|>")) {
    return FormatFamily::kKimiK2;
  }
  if (has(source, "UNSAFE CONTENT CATEGORIES")) return FormatFamily::kGuard;
  if (has(source, "<|header_start|>")) return FormatFamily::kLlama4;
  if (has(source, "<|start_header_id|>") && mentions_tools(source) &&
      (has(source, "ipython") || has(source, "parameters"))) {
    return FormatFamily::kLlama3;
  }
  // GLM opens its calls alike and goes on in XML.
  if (has(source, "<tool_call>") && !has(source, "<arg_key>")) return FormatFamily::kHermes;
  return FormatFamily::kGeneric;
}

}  // namespace

FormatTraits format_traits(std::string_view template_source, const text::Vocabulary& vocabulary) {
  return {.family = family_of(template_source, vocabulary),
          .control_markers = is_control(vocabulary, "<tool_call>"),
          .thinks = has(template_source, "</think>"),
          .control_think = is_control(vocabulary, "</think>")};
}

std::shared_ptr<const ChatFormat> choose_format(std::string_view template_source,
                                                const text::Vocabulary& vocabulary) {
  const FormatTraits traits = format_traits(template_source, vocabulary);
  switch (traits.family) {
    case FormatFamily::kLlama4:
      return make_llama4_format();
    case FormatFamily::kLlama3:
      return make_llama3_format();
    case FormatFamily::kHermes:
      return make_hermes_format(traits.control_markers);
    case FormatFamily::kHarmony:
      return make_harmony_format();
    case FormatFamily::kKimiK2:
      return make_kimi_k2_format();
    case FormatFamily::kGuard:
      return make_guard_format();
    case FormatFamily::kGeneric:
      break;
  }
  return make_generic_format();
}

bool template_takes_tools(std::string_view template_source, const text::Vocabulary& vocabulary) {
  return family_of(template_source, vocabulary) != FormatFamily::kGeneric && mentions_tools(template_source);
}

}  // namespace peregrine::service
