// What a generation must look like, compiled: the entry to the room.
//
// A Grammar is immutable and may be shared by any number of threads and generations; a Matcher (matcher.h)
// follows one generation. See docs/design/grammar.md for the languages accepted.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "grammar/automaton.h"
#include "grammar/program.h"
#include "grammar/vocabulary.h"

namespace peregrine::grammar {

// Between the tokens of a JSON text, after `{ [ , :` and before `} ]`.
enum class Whitespace {
  kCompact,   // none: what forces most bytes
  kFlexible,  // nothing, one space, or a line break and at most kMaxIndent spaces or tabs
};
inline constexpr unsigned kMaxIndent = 32;

struct JsonOptions {
  Whitespace whitespace = Whitespace::kFlexible;
  // An object that names its properties has no others unless the schema speaks of them: then nothing unlisted
  // is written where only `properties` applies, all subschemas of the place together. `required` names count
  // as listed; `minProperties` beyond what is listed opens the object again.
  bool closed_objects = false;
};

class Grammar {
 public:
  // Errors: those of analyse().
  static Result<std::shared_ptr<const Grammar>> create(Program program);

  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;
  ~Grammar() = default;

  // The automaton that new matchers over `vocabulary` share. Lives no longer than the grammar.
  std::shared_ptr<Automaton> automaton(const std::shared_ptr<const Vocabulary>& vocabulary) const;

 private:
  explicit Grammar(Program program) : program_(std::move(program)) {}

  Program program_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<Automaton> automaton_;  // under mutex_
};

using GrammarResult = Result<std::shared_ptr<const Grammar>>;

// JSON texts that satisfy a schema (draft 2020-12, and draft-07 where it differs). Errors: kUnsupported and
// kInvalidArgument with the JSON pointer of the keyword as `where`, kResourceExhausted over a limit.
GrammarResult compile_json_schema(const boost::json::value& schema, const JsonOptions& options = {});
GrammarResult compile_json_schema_text(std::string_view schema, const JsonOptions& options = {});
// Any JSON object.
GrammarResult compile_json_object(const JsonOptions& options = {});
// Texts that match the whole of a regular expression (regex/pattern.h). The text is UTF-8.
GrammarResult compile_regex(std::string_view pattern);
// One of some literal texts.
GrammarResult compile_choice(std::span<const std::string> texts);

}  // namespace peregrine::grammar
