#include "service/chat/answer_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>

#include "grammar/builder.h"
#include "service/chat/constraint.h"
#include "service/chat/formats/call_grammar.h"

namespace peregrine::service {
namespace {

Status check_tools(const ToolUse& use) {
  std::vector<std::string_view> names;
  names.reserve(use.tools.size());
  for (const Tool& tool : use.tools) names.push_back(tool.name);
  std::ranges::sort(names);
  if (const auto twice = std::ranges::adjacent_find(names); twice != names.end()) {
    return fail(ErrorCode::kInvalidArgument, fmt::format("the tool '{}' is declared twice", *twice), "tools");
  }
  if (calls_required(use) && use.tools.empty() && !use.any_name) {
    return fail(ErrorCode::kInvalidArgument, "a tool choice that demands a call needs `tools`",
                "tool_choice");
  }
  if (use.choice == ToolChoice::kFunction && !std::ranges::binary_search(names, use.function)) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("tool choice names '{}', which is not in request.tools", use.function),
                "tool_choice");
  }
  return {};
}

// All that the constraint depends on, and nothing else.
std::string grammar_key(const AnswerPlan& plan) {
  std::string key =
      fmt::format("{} {} {} {} {} {} {} ", plan.format->name(), static_cast<int>(plan.tool_use.choice),
                  plan.tool_use.parallel, plan.tool_use.any_name, plan.opened_reasoning,
                  plan.begun.has_value(), plan.reasons);
  const auto add = [&key](std::string_view part) { key += fmt::format("{}:{} ", part.size(), part); };
  add(plan.tool_use.function);
  for (const Tool& tool : plan.tool_use.tools) {
    add(tool.name);
    add(tool.parameters ? boost::json::serialize(*tool.parameters) : "");
  }
  key += fmt::format("| {} {} ", static_cast<int>(plan.answer.kind), plan.answer.strict);
  if (plan.answer.kind == AnswerKind::kJsonSchema) add(boost::json::serialize(plan.answer.schema));
  add(plan.answer.pattern);
  for (const std::string& choice : plan.answer.choices) add(choice);
  return key;
}

}  // namespace

FormatRequest AnswerPlan::format_request() const {
  return {.tool_use = tool_use,
          .answer = answer,
          .prompt_opens_reasoning = opened_reasoning,
          .prompt_opens_answer = begun.has_value(),
          .reasoning = reasons};
}

Result<AnswerPlan> plan_answer(const ChatRequest& request, const ChatTraits& traits) {
  PEREGRINE_TRY(check_reasoning(request, traits));
  PEREGRINE_TRY(check_guard(request, traits));
  PEREGRINE_TRY(check_tools(request.tool_use));
  AnswerPlan plan;
  plan.tool_use = request.tool_use;
  if (plan.tool_use.tools.empty() && !plan.tool_use.any_name) plan.tool_use.choice = ToolChoice::kNone;
  plan.answer = request.answer;
  plan.sources = citation_sources(request);
  plan.stop = request.stop;
  plan.shown = shown_reasoning(request, traits);
  plan.reasons =
      traits.reasoning != ReasoningKind::kNone && request.reasoning_effort != ReasoningEffort::kNone;
  plan.analyses = traits.reasoning == ReasoningKind::kChannels;
  const bool raw = plan.shown == ReasoningFormat::kRaw;
  plan.format = raw ? traits.raw_format : traits.format;
  if (raw) plan.counting_format = traits.format;
  return plan;
}

Result<std::shared_ptr<const engine::Constraint>> make_constraint(const AnswerPlan& plan,
                                                                  const TextSide& text) {
  std::string key = grammar_key(plan);
  std::shared_ptr<const grammar::Grammar> grammar = text.grammars->find(key);
  if (!grammar) {
    grammar::GrammarBuilder builder;
    PEREGRINE_ASSIGN(const auto root, plan.format->constraint(builder, plan.format_request()));
    if (!root) return nullptr;
    auto built = std::move(builder).build(*root);
    if (!built) {
      built.error().where = plan.tool_use.choice == ToolChoice::kNone ? "response_format" : "tools";
      return tl::unexpected<Error>(std::move(built.error()));
    }
    grammar = std::move(*built);
    text.grammars->add(std::move(key), grammar);
  }
  PEREGRINE_ASSIGN(auto constraint,
                   GrammarConstraint::create(std::move(grammar), text.grammar_vocabulary(), *text.tokenizer));
  if (!plan.begun) return constraint;
  // A beginning that the format allows is gone on with; after any other one, the format begins.
  if (auto continued = constraint->after(*plan.begun)) return continued;
  return constraint;
}

}  // namespace peregrine::service
