#include "grammar/grammar.h"

#include <boost/json/parse.hpp>
#include <utility>

#include "grammar/builder.h"
#include "grammar/limits.h"

namespace peregrine::grammar {
namespace {

// `make` puts the root together.
template <class F>
GrammarResult built(F make) {
  GrammarBuilder builder;
  PEREGRINE_ASSIGN(const NodeId root, make(builder));
  return std::move(builder).build(root);
}

}  // namespace

GrammarResult Grammar::create(Program program) {
  PEREGRINE_TRY(analyse(program));
  return std::shared_ptr<const Grammar>(new Grammar(std::move(program)));
}

std::shared_ptr<Automaton> Grammar::automaton(const std::shared_ptr<const Vocabulary>& vocabulary) const {
  const std::lock_guard lock(mutex_);
  bool fresh = automaton_ == nullptr || automaton_->vocabulary() != vocabulary;
  if (!fresh) {
    const auto held = automaton_->lock();
    fresh = automaton_->overgrown();
  }
  if (fresh) automaton_ = std::make_shared<Automaton>(program_, vocabulary);
  return automaton_;
}

GrammarResult compile_json_schema(const boost::json::value& schema, const JsonOptions& options) {
  return built([&](GrammarBuilder& builder) { return builder.json_schema(schema, options); });
}

GrammarResult compile_json_schema_text(std::string_view schema, const JsonOptions& options) {
  if (schema.size() > kMaxSchemaBytes) {
    return fail(ErrorCode::kResourceExhausted,
                "schema is longer than " + std::to_string(kMaxSchemaBytes) + " bytes");
  }
  boost::json::parse_options parse_options;
  parse_options.max_depth = kMaxSchemaDepth;
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(schema, error, {}, parse_options);
  if (error) return fail(ErrorCode::kInvalidArgument, "schema is not JSON: " + error.message());
  return compile_json_schema(value, options);
}

GrammarResult compile_json_object(const JsonOptions& options) {
  return built([&](GrammarBuilder& builder) { return builder.json_object(options); });
}

GrammarResult compile_regex(std::string_view pattern) {
  return built([&](GrammarBuilder& builder) { return builder.regex(pattern); });
}

GrammarResult compile_choice(std::span<const std::string> texts) {
  return built([&](GrammarBuilder& builder) { return builder.one_of(texts); });
}

}  // namespace peregrine::grammar
