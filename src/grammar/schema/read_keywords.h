// The limits that one schema object states itself, without its subschemas' combinations.
#pragma once

#include <vector>

#include "base/result.h"
#include "grammar/schema/document.h"
#include "grammar/schema/shape.h"

namespace peregrine::grammar {

// Narrows every shape by the keywords of `schema`, which is an object. Refuses unknown keywords.
Status read_keywords(ExprPool& pool, Document& document, const SchemaRef& schema, std::vector<Shape>& shapes);

}  // namespace peregrine::grammar
