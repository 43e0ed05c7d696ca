// JSON Schema to grammar nodes.
//
// A place of a schema is compiled in two steps: expand.h turns the keywords that combine schemas ($ref,
// allOf, anyOf, oneOf) into a list of shapes, each a plain conjunction of limits; emit.h writes a shape down
// as terminals and nodes. Places are rules, found again by the set of subschemas that apply there, so
// recursion ends and shared definitions are compiled once.
#pragma once

#include <boost/json/value.hpp>

#include "base/result.h"
#include "grammar/grammar.h"
#include "grammar/program.h"

namespace peregrine::grammar {

// Adds the schema's rules to `program` and returns the node for a value of it. `schema` need not outlive the
// call. Errors: kUnsupported, kInvalidArgument, kResourceExhausted; `where` is the JSON pointer of the
// keyword.
Result<NodeId> compile_schema(Program& program, const boost::json::value& schema, const JsonOptions& options);

}  // namespace peregrine::grammar
