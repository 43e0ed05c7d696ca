// Schemas to shapes: the keywords that combine schemas are multiplied out.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "grammar/regex/expr_pool.h"
#include "grammar/schema/document.h"
#include "grammar/schema/shape.h"

namespace peregrine::grammar {

class Expander {
 public:
  Expander(ExprPool& pool, Document& document) : pool_(pool), document_(document) {}

  // The shapes whose union is what satisfies all of `schemas`; none if nothing does.
  Result<std::vector<Shape>> expand(const Conjunction& schemas);

  // Whether a value of the document (a constant) satisfies them.
  Result<bool> satisfies(const boost::json::value& value, const Conjunction& schemas);
  // Whether it satisfies a shape; `with_constants` false leaves enum and const out.
  Result<bool> satisfies(const boost::json::value& value, const Shape& shape, bool with_constants);

  // Subschemas for the value of one property, or of one item. A literal `false` among them forbids it.
  Conjunction property_schemas(const Shape& shape, std::string_view name);
  static Conjunction item_schemas(const Shape& shape, std::size_t index);

  // What a property name must be, as the canonical inside of its string; kAnything without propertyNames.
  Result<Expr> name_limits(const Shape& shape);
  // A string of this shape, as the inside of its quotes.
  Expr string_content(const Shape& shape);

 private:
  Status conjoin(const SchemaRef& schema, std::vector<Shape>& shapes, std::size_t depth);
  Status alternatives(const SchemaRef& schema, const boost::json::value& list, bool exclusive,
                      std::uint32_t place, std::vector<Shape>& shapes, std::size_t depth);
  Status check_exclusive(const std::vector<std::vector<Shape>>& branches, std::uint32_t place);
  Result<bool> disjoint(const Shape& a, const Shape& b, int depth);
  Result<bool> disjoint_objects(const Shape& a, const Shape& b, int depth);
  Result<bool> disjoint_values(const Conjunction& a, const Conjunction& b, int depth);
  Result<bool> object_satisfies(const boost::json::object& object, const Shape& shape);

  ExprPool& pool_;
  Document& document_;
  std::size_t steps_ = 0;
};

// Whether a conjunction has a literal `false`.
bool forbidden(const Conjunction& schemas);
// JSON equality as JSON Schema has it: 1 and 1.0 are equal.
bool equal_values(const boost::json::value& a, const boost::json::value& b);
// A JSON number's value; nothing if it is none or too long.
std::optional<Decimal> decimal_of(const boost::json::value& value);

}  // namespace peregrine::grammar
