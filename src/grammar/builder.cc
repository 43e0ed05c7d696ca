#include "grammar/builder.h"

#include <algorithm>
#include <utility>

#include "grammar/limits.h"
#include "grammar/regex/code_points.h"
#include "grammar/regex/pattern.h"
#include "grammar/schema/schema_compiler.h"

namespace peregrine::grammar {
namespace {

Status check_literal(std::string_view text) {
  if (text.size() <= kMaxLiteralBytes) return {};
  return fail(ErrorCode::kResourceExhausted,
              "literal is longer than " + std::to_string(kMaxLiteralBytes) + " bytes");
}

Expr any_text(ExprPool& pool) {
  CodePointSet every;
  every.add(0, kMaxCodePoint);
  every.normalize();
  return pool.repeat(one_of_set(pool, every, TextForm::kUtf8), 0, kUnbounded);
}

}  // namespace

Result<NodeId> GrammarBuilder::literal(std::string_view text) {
  PEREGRINE_TRY(check_literal(text));
  return program_.terminal(program_.pool.literal(text));
}

Result<NodeId> GrammarBuilder::one_of(std::span<const std::string> texts) {
  if (texts.empty()) return fail(ErrorCode::kInvalidArgument, "a choice needs at least one text");
  if (texts.size() > kMaxChoices) {
    return fail(ErrorCode::kResourceExhausted,
                "a choice has more than " + std::to_string(kMaxChoices) + " texts");
  }
  for (const std::string& text : texts) PEREGRINE_TRY(check_literal(text));
  return program_.terminal(program_.pool.one_of(texts));
}

Result<NodeId> GrammarBuilder::regex(std::string_view pattern) {
  PEREGRINE_ASSIGN(const Expr e,
                   compile_pattern(program_.pool, pattern, PatternScope::kWhole, TextForm::kUtf8));
  return program_.terminal(e);
}

Result<Expr> GrammarBuilder::containing(std::string_view marker) {
  if (marker.empty()) return fail(ErrorCode::kInvalidArgument, "a marker must not be empty");
  PEREGRINE_TRY(check_literal(marker));
  ExprPool& pool = program_.pool;
  return pool.concat({any_text(pool), pool.literal(marker), any_text(pool)});
}

Result<NodeId> GrammarBuilder::text_until(std::string_view marker) {
  PEREGRINE_ASSIGN(const Expr contains, containing(marker));
  ExprPool& pool = program_.pool;
  // Ends with the marker, and does not contain it when its last byte is taken away.
  const Expr any_byte = pool.bytes(ByteSet::all());
  const Expr text = any_text(pool);
  const Expr too_late = pool.concat(contains, pool.repeat(any_byte, 1, kUnbounded));
  return program_.terminal(pool.both({pool.concat(text, pool.literal(marker)), pool.complement(too_late)}));
}

Result<NodeId> GrammarBuilder::text_without(std::span<const std::string> markers,
                                            std::span<const std::string> beginnings) {
  ExprPool& pool = program_.pool;
  std::vector<Expr> parts = {any_text(pool)};
  for (const std::string& marker : markers) {
    PEREGRINE_ASSIGN(const Expr contains, containing(marker));
    parts.push_back(pool.complement(contains));
  }
  for (const std::string& beginning : beginnings) {
    PEREGRINE_TRY(check_literal(beginning));
    const Expr space = pool.either({pool.byte(' '), pool.byte('\t'), pool.byte('\n'), pool.byte('\r')});
    parts.push_back(pool.complement(
        pool.concat({pool.repeat(space, 0, kUnbounded), pool.literal(beginning), any_text(pool)})));
  }
  return program_.terminal(pool.both(parts));
}

Result<NodeId> GrammarBuilder::json_schema(const boost::json::value& schema, const JsonOptions& options) {
  return compile_schema(program_, schema, options);
}

Result<NodeId> GrammarBuilder::json_object(const JsonOptions& options) {
  static const boost::json::value kAnyObject = {{"type", "object"}};
  return compile_schema(program_, kAnyObject, options);
}

Result<NodeId> GrammarBuilder::repeat(NodeId body, std::uint32_t min, std::uint32_t max) {
  if (min > max) return fail(ErrorCode::kInvalidArgument, "repeat counts are out of order");
  if (min > kMaxRepeat || (max != kUnbounded && max > kMaxRepeat)) {
    return fail(ErrorCode::kResourceExhausted, "more than " + std::to_string(kMaxRepeat) + " repeats");
  }
  return program_.repeat(body, min, max);
}

GrammarBuilder::Rule GrammarBuilder::declare_rule() {
  // Until it is defined a rule accepts nothing.
  const Rule rule{static_cast<std::uint32_t>(program_.rules.size())};
  program_.rules.push_back(program_.terminal(kNothing));
  return rule;
}

GrammarResult GrammarBuilder::build(NodeId root) && {
  program_.root = root;
  return Grammar::create(std::move(program_));
}

}  // namespace peregrine::grammar
