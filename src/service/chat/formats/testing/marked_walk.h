// Generations by chance under a format's grammar, whose vocabulary has control tokens.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/matcher.h"
#include "grammar/testing/schema_files.h"
#include "grammar/testing/validator.h"
#include "grammar/testing/vocabularies.h"
#include "grammar/testing/walk.h"
#include "service/chat/formats/format.h"
#include "service/chat/formats/testing/hearing.h"

namespace peregrine::service::testing {

// Characters, pieces of JSON, control tokens, and last the token that ends.
inline std::shared_ptr<const grammar::Vocabulary> marked_vocabulary(
    const std::vector<std::string_view>& controls, const std::vector<std::string>& words) {
  std::vector<std::string> pieces = {"\t",   "\n",   "\xC3", "\xA9",  "\xE4\xB8\x96", "\xF0\x9F\x98\x80",
                                     "{\"",  "\":",  "\": ", "\",\"", "\"}",          "\"]",
                                     "}}",   "},",   "[{",   "[]",    "{}",           ": ",
                                     "null", "true", "12",   "0.5",   "\\n",          "\\\"",
                                     "the",  " the", "name", "id",    "<|call|>",     "<|end|>"};
  for (char byte = ' '; byte <= '~'; ++byte) pieces.emplace_back(1, byte);
  pieces.insert(pieces.end(), words.begin(), words.end());
  for (const std::string_view control : controls) pieces.push_back(control_mark(control));
  pieces.emplace_back("</s>");
  return grammar::testing::make_vocabulary(pieces, {static_cast<grammar::TokenId>(pieces.size() - 1)});
}

// As grammar's random_walk(), but the longer the text, the more control tokens and markers are preferred.
inline grammar::testing::Walk marked_walk(grammar::Matcher matcher, const grammar::Vocabulary& vocabulary,
                                          unsigned seed, std::size_t most_tokens) {
  std::mt19937 random(seed);
  std::vector<std::uint64_t> mask(vocabulary.mask_words());
  grammar::testing::Walk walk;
  for (std::size_t step = 0; step < most_tokens; ++step) {
    if (const auto status = matcher.compute_mask(mask); !status) {
      walk.problem = status.error().text();
      return walk;
    }
    std::vector<grammar::TokenId> allowed = grammar::testing::allowed_tokens(mask);
    if (allowed.empty()) {
      walk.problem = "no token is allowed";
      return walk;
    }
    if (random() % 100 < std::min<std::size_t>(90, 10 + step * 2)) {
      std::vector<grammar::TokenId> best;
      int best_rank = 1;
      for (const grammar::TokenId id : allowed) {
        const std::string_view bytes = vocabulary.bytes(id);
        const bool closes_block = bytes == "</think>" && walk.text.find(bytes) == std::string::npos;
        const bool marker = bytes.starts_with(kControlMark) || closes_block;
        const bool closes = bytes.ends_with('}') || bytes.ends_with(']') || bytes == "\"";
        const int rank = vocabulary.is_end(id) ? 4 : marker ? 3 : closes ? 2 : bytes == "," ? 1 : 0;
        if (rank > best_rank) best.clear();
        if (rank >= best_rank) best.push_back(id);
        best_rank = std::max(best_rank, rank);
      }
      if (!best.empty()) allowed = best;
    }
    const grammar::TokenId id = allowed[random() % allowed.size()];
    if (const auto status = matcher.accept_token(id); !status) {
      walk.problem = "a token of the mask was refused: " + status.error().text();
      return walk;
    }
    walk.finished = vocabulary.is_end(id);
    if (walk.finished) return walk;
    walk.text += vocabulary.bytes(id);
  }
  return walk;
}

inline std::shared_ptr<const grammar::Grammar> compile(const ChatFormat& format,
                                                       const FormatRequest& request) {
  grammar::GrammarBuilder builder;
  const auto node = format.constraint(builder, request);
  EXPECT_TRUE(node) << node.error().text();
  if (!node || !*node) return nullptr;
  const auto made = std::move(builder).build(**node);
  EXPECT_TRUE(made) << made.error().text();
  return made ? *made : nullptr;
}

// Whether the grammar takes the whole of `raw`.
inline bool accepts(const std::shared_ptr<const grammar::Grammar>& grammar,
                    const std::shared_ptr<const grammar::Vocabulary>& vocabulary, std::string_view raw) {
  auto matcher = grammar::Matcher::create(grammar, vocabulary);
  return matcher && matcher->accept_bytes(raw) && matcher->is_complete();
}

// What one walk under the request's grammar reads as; nothing if it was cut off. `text` is the walk.
inline std::optional<Heard> hear_walk(const ChatFormat& format, const FormatRequest& request,
                                      const std::shared_ptr<const grammar::Grammar>& grammar,
                                      const std::shared_ptr<const grammar::Vocabulary>& vocabulary,
                                      unsigned seed, std::string& text) {
  constexpr std::size_t kMostTokens = 500;
  const auto walk =
      marked_walk(grammar::Matcher::create(grammar, vocabulary).value(), *vocabulary, seed, kMostTokens);
  text = walk.text;
  EXPECT_EQ(walk.problem, "") << text;
  if (!walk.finished) return std::nullopt;
  Heard heard = read_whole(format, request, text);
  EXPECT_EQ(heard.problem, "") << text;
  return heard;
}

// Some tools to a request, with schemas of every kind.
inline std::vector<ToolUse> random_tool_uses(std::size_t tools_each) {
  std::vector<ToolUse> uses;
  ToolUse use;
  for (const auto& [name, schema] : grammar::testing::read_schemas(PEREGRINE_SOURCE_DIR)) {
    const auto* object = schema.if_object();
    const auto* type = object != nullptr ? object->if_contains("type") : nullptr;
    if (type == nullptr || *type != "object") continue;
    if (!name.starts_with("tool_calls/") && !name.starts_with("recursive/") && !name.starts_with("unions/")) {
      continue;
    }
    use.tools.push_back(
        {.name = "tool_" + std::to_string(use.tools.size()), .description = {}, .parameters = *object});
    if (use.tools.size() < tools_each) continue;
    use.tools.push_back({.name = "tool", .description = {}, .parameters = {}});
    use.function = "tool_" + std::to_string(uses.size() % tools_each);
    uses.push_back(use);
    use.tools.clear();
  }
  return uses;
}

// Empty if the call is one that the request allows.
inline std::string complaint(const ToolUse& use, std::string_view name, const std::string& arguments) {
  for (const Tool& tool : use.tools) {
    if (tool.name != name) continue;
    if (!tool.parameters) return arguments == "{}" ? "" : "arguments where there are none: " + arguments;
    boost::json::parse_options options;
    options.max_depth = 4096;
    boost::system::error_code error;
    const auto value = boost::json::parse(arguments, error, {}, options);
    // Exponents that no double has are JSON, but not for this parser.
    if (error == boost::json::error::exponent_overflow) return "";
    if (error) return "no JSON: " + arguments;
    return grammar::testing::Validator(*tool.parameters).complaint(value);
  }
  return "no such tool";
}

}  // namespace peregrine::service::testing
