#include "grammar/schema/schema_compiler.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "grammar/limits.h"
#include "grammar/regex/code_points.h"
#include "grammar/regex/numbers.h"
#include "grammar/schema/document.h"
#include "grammar/schema/expand.h"

namespace peregrine::grammar {
namespace {

namespace json = boost::json;

// The punctuation of JSON, with the white space that may stand beside it.
struct Punctuation {
  Expr open_object, close_object, open_array, close_array, comma, colon;
};

Punctuation punctuation(ExprPool& pool, Whitespace whitespace) {
  Expr space = kEpsilon;
  if (whitespace == Whitespace::kFlexible) {
    const Expr indent = pool.bytes(ByteSet::range(' ', ' ') | ByteSet::range('\t', '\t'));
    space = pool.either(
        {kEpsilon, pool.byte(' '), pool.concat(pool.byte('\n'), pool.repeat(indent, 0, kMaxIndent))});
  }
  const auto before = [&](char c) { return pool.concat(pool.byte(static_cast<unsigned char>(c)), space); };
  const auto after = [&](char c) { return pool.concat(space, pool.byte(static_cast<unsigned char>(c))); };
  return {before('{'), after('}'), before('['), after(']'), before(','), before(':')};
}

class Compiler {
 public:
  Compiler(Program& program, const json::value& schema, const JsonOptions& options)
      : program_(program),
        pool_(program.pool),
        document_(schema),
        expander_(pool_, document_),
        signs_(punctuation(pool_, options.whitespace)),
        closed_objects_(options.closed_objects) {}

  Result<NodeId> compile() {
    PEREGRINE_ASSIGN(const NodeId root, place({document_.root()}));
    while (!pending_.empty()) {
      const auto [rule, schemas] = std::move(pending_.front());
      pending_.pop_front();
      PEREGRINE_ASSIGN(program_.rules[rule], body(schemas));
      if (pool_.exhausted() || program_.nodes.size() > kMaxNodes || program_.rules.size() > kMaxRules) {
        return document_.error(ErrorCode::kResourceExhausted, "the schema is too large",
                               schemas.empty() ? 0 : schemas.front().place);
      }
    }
    return root;
  }

 private:
  // The node of a value that satisfies all of `schemas`: a rule, known by what applies.
  Result<NodeId> place(Conjunction schemas) {
    if (forbidden(schemas)) return nothing();
    std::erase_if(schemas, [](const SchemaRef& schema) {
      return schema.value->is_bool() || (schema.value->is_object() && schema.value->get_object().empty());
    });
    std::vector<const json::value*> key;
    for (const SchemaRef& schema : schemas) key.push_back(schema.value);
    std::sort(key.begin(), key.end());
    key.erase(std::unique(key.begin(), key.end()), key.end());
    const auto [it, fresh] = places_.try_emplace(std::move(key), 0);
    if (fresh) {
      const auto rule = static_cast<std::uint32_t>(program_.rules.size());
      program_.rules.push_back(nothing());
      it->second = program_.rule(rule);
      pending_.emplace_back(rule, std::move(schemas));
    }
    return it->second;
  }

  NodeId nothing() { return program_.terminal(kNothing); }

  Result<NodeId> body(const Conjunction& schemas) {
    PEREGRINE_ASSIGN(const std::vector<Shape> shapes, expander_.expand(schemas));
    std::vector<Expr> scalars;
    std::vector<NodeId> ways;
    for (const Shape& shape : shapes) {
      if (shape.constants) {
        PEREGRINE_TRY(constants(shape, scalars));
        continue;
      }
      if ((shape.types & kNullType) != 0) scalars.push_back(pool_.literal("null"));
      if ((shape.types & kBooleanType) != 0) {
        scalars.push_back(pool_.either({pool_.literal("true"), pool_.literal("false")}));
      }
      if ((shape.types & kIntegerType) != 0) scalars.push_back(number(shape));
      if ((shape.types & kStringType) != 0) {
        const Expr quote = pool_.byte('"');
        scalars.push_back(pool_.concat({quote, expander_.string_content(shape), quote}));
      }
      if ((shape.types & kArrayType) != 0) {
        PEREGRINE_ASSIGN(const NodeId node, array(shape));
        ways.push_back(node);
      }
      if ((shape.types & kObjectType) != 0) {
        PEREGRINE_ASSIGN(const NodeId node, object(shape));
        ways.push_back(node);
      }
    }
    if (!scalars.empty()) ways.push_back(program_.terminal(pool_.either(scalars)));
    return program_.choice(ways);
  }

  // enum and const; strings that only differ as texts share a prefix tree.
  Status constants(const Shape& shape, std::vector<Expr>& out) {
    std::vector<std::string> texts;
    for (const json::value* value : *shape.constants) {
      PEREGRINE_ASSIGN(const bool fits, expander_.satisfies(*value, shape, false));
      if (!fits) continue;
      if (value->is_structured()) {
        PEREGRINE_ASSIGN(const Expr e, constant(*value));
        out.push_back(e);
      } else {
        PEREGRINE_ASSIGN(const std::string text, scalar_text(*value));
        texts.push_back(text);
      }
    }
    out.push_back(pool_.one_of(texts));
    return {};
  }

  static Result<std::string> scalar_text(const json::value& value) {
    if (value.is_null()) return "null";
    if (const bool* b = value.if_bool()) return *b ? "true" : "false";
    if (const auto* text = value.if_string()) {
      if (text->size() > kMaxLiteralBytes) {
        return fail(ErrorCode::kResourceExhausted,
                    "a constant is longer than " + std::to_string(kMaxLiteralBytes) + " bytes");
      }
      return json_quote(*text);
    }
    const auto decimal = decimal_of(value);
    if (!decimal) return fail(ErrorCode::kResourceExhausted, "a constant number is too long");
    return decimal->text();
  }

  // The document's depth is limited, so the recursion is. Members keep their order.
  Result<Expr> constant(const json::value& value) {
    if (!value.is_structured()) {
      PEREGRINE_ASSIGN(const std::string text, scalar_text(value));
      return pool_.literal(text);
    }
    const auto* object = value.if_object();
    std::vector<Expr> parts = {object != nullptr ? signs_.open_object : signs_.open_array};
    const auto add = [&](const json::value& part) -> Status {
      PEREGRINE_ASSIGN(const Expr e, constant(part));
      parts.push_back(e);
      return {};
    };
    if (object != nullptr) {
      for (const auto& [key, member] : *object) {
        if (parts.size() > 1) parts.push_back(signs_.comma);
        parts.push_back(pool_.literal(json_quote(key)));
        parts.push_back(signs_.colon);
        PEREGRINE_TRY(add(member));
      }
    } else {
      for (const json::value& item : value.get_array()) {
        if (parts.size() > 1) parts.push_back(signs_.comma);
        PEREGRINE_TRY(add(item));
      }
    }
    Expr e = object != nullptr ? signs_.close_object : signs_.close_array;
    for (std::size_t i = parts.size(); i-- > 0;) e = pool_.concat(parts[i], e);
    return e;
  }

  Expr number(const Shape& shape) {
    const bool fractions = (shape.types & kFractionType) != 0 && shape.multiples.empty();
    const bool bounded = shape.numbers.min || shape.numbers.max;
    if (fractions) return bounded ? number_in(pool_, shape.numbers) : json_number(pool_);
    std::vector<Expr> parts = {integer_in(pool_, shape.numbers)};
    for (const std::uint32_t modulus : shape.multiples) {
      parts.push_back(pool_.concat(pool_.optional(pool_.byte('-')), pool_.multiple(modulus)));
    }
    return pool_.both(parts);
  }

  Result<NodeId> array(const Shape& shape) {
    Count count = shape.items;
    std::size_t listed = 0;
    for (const ArrayLayer& layer : shape.arrays) listed = std::max(listed, layer.prefix.size());
    const Conjunction rest_schemas = Expander::item_schemas(shape, listed);
    if (forbidden(rest_schemas)) count.max = std::min(count.max, static_cast<std::uint32_t>(listed));
    const NodeId comma = program_.terminal(signs_.comma);
    NodeId tail = program_.sequence({});
    if (count.max > listed) {
      PEREGRINE_ASSIGN(const NodeId rest, place(rest_schemas));
      const auto taken = static_cast<std::uint32_t>(std::max<std::size_t>(listed, 1));
      const NodeId more =
          program_.repeat(program_.sequence({comma, rest}), count.min > taken ? count.min - taken : 0,
                          count.max == kUnbounded ? kUnbounded : count.max - taken);
      tail = more;
      if (listed == 0) {
        tail = program_.sequence({rest, more});
        if (count.min == 0) tail = program_.choice({program_.sequence({}), tail});
      }
    } else if (count.min > listed) {
      return nothing();
    }
    for (std::size_t i = listed; i-- > 0;) {
      if (i >= count.max) continue;
      PEREGRINE_ASSIGN(const NodeId item, place(Expander::item_schemas(shape, i)));
      std::vector<NodeId> parts = {item, tail};
      if (i > 0) parts.insert(parts.begin(), comma);
      tail = program_.sequence(parts);
      if (i >= count.min) tail = program_.choice({program_.sequence({}), tail});
    }
    return program_.sequence(
        {program_.terminal(signs_.open_array), tail, program_.terminal(signs_.close_array)});
  }

  Result<NodeId> object(const Shape& shape) {
    ObjectSpec spec;
    spec.min = shape.properties.min;
    spec.max = shape.properties.max;
    spec.open = signs_.open_object;
    spec.comma = signs_.comma;
    spec.colon = signs_.colon;
    spec.close = signs_.close_object;
    PEREGRINE_ASSIGN(const Expr limits, expander_.name_limits(shape));
    const std::set<std::string_view> required(shape.required.begin(), shape.required.end());
    std::set<std::string_view> seen;
    std::vector<std::string> names;
    const auto list = [&](std::string_view name) -> Status {
      if (!seen.insert(name).second) return {};
      if (name.size() > kMaxLiteralBytes) {
        return fail(ErrorCode::kResourceExhausted, "a property name is too long");
      }
      const bool allowed = pool_.matches(limits, json_escape(name));
      NodeId value = nothing();
      if (allowed) {
        PEREGRINE_ASSIGN(value, place(expander_.property_schemas(shape, name)));
      }
      const std::string quoted = json_quote(name);
      const Expr first = pool_.concat(pool_.literal(quoted), signs_.colon);
      spec.listed.push_back({first, pool_.concat(signs_.comma, first), value, required.contains(name)});
      names.push_back(quoted);
      return {};
    };
    for (const ObjectLayer& layer : shape.objects) {
      if (layer.properties == nullptr) continue;
      for (const auto& member : *layer.properties) PEREGRINE_TRY(list(member.key()));
    }
    for (const std::string_view name : shape.required) PEREGRINE_TRY(list(name));
    if (!closed(shape, spec)) PEREGRINE_TRY(free_properties(shape, limits, names, spec));
    PEREGRINE_TRY(check_least(shape, spec));
    return program_.object(std::move(spec));
  }

  // Whether JsonOptions::closed_objects keeps unlisted names out of a place, all that applies to it
  // considered.
  bool closed(const Shape& shape, const ObjectSpec& spec) const {
    if (!closed_objects_) return false;
    const bool lists = std::ranges::any_of(
        shape.objects, [](const ObjectLayer& layer) { return layer.properties != nullptr; });
    const bool speaks_of_others = std::ranges::any_of(shape.objects, [](const ObjectLayer& layer) {
      return layer.additional || layer.names || !layer.patterns.empty();
    });
    const auto possible = std::ranges::count_if(spec.listed, [&](const ListedProperty& property) {
      const GrammarNode& value = program_.nodes[property.value];
      return value.kind != GrammarNode::Kind::kTerminal || value.a != kNothing;
    });
    return lists && !speaks_of_others && static_cast<std::size_t>(possible) >= spec.min;
  }

  // Unlisted names, split by which of the patterns they match: each part has one list of schemas.
  Status free_properties(const Shape& shape, Expr limits, const std::vector<std::string>& names,
                         ObjectSpec& spec) {
    struct Named {
      const ObjectLayer* layer;
      const ObjectLayer::Pattern* pattern;
    };
    std::vector<Named> patterns;
    for (const ObjectLayer& layer : shape.objects) {
      for (const ObjectLayer::Pattern& pattern : layer.patterns) patterns.push_back({&layer, &pattern});
    }
    if (patterns.size() > kMaxPatternProperties) {
      return document_.error(
          ErrorCode::kResourceExhausted,
          "more than " + std::to_string(kMaxPatternProperties) + " \"patternProperties\" apply to one object",
          patterns.back().pattern->value.place);
    }
    const Expr quote = pool_.byte('"');
    const Expr any = pool_.repeat(canonical_character(pool_), 0, kUnbounded);
    const Expr listed = pool_.one_of(names);
    for (unsigned chosen = 0; chosen < 1U << patterns.size(); ++chosen) {
      Conjunction schemas;
      std::vector<Expr> parts = {limits};
      if (chosen == 0) parts.push_back(any);
      std::set<const ObjectLayer*> matched;
      for (std::size_t i = 0; i < patterns.size(); ++i) {
        const auto& [layer, pattern] = patterns[i];
        const bool in = (chosen >> i & 1) != 0;
        parts.push_back(in ? pattern->name : pool_.complement(pattern->name));
        if (!in) continue;
        schemas.push_back(pattern->value);
        matched.insert(layer);
      }
      for (const ObjectLayer& layer : shape.objects) {
        if (layer.additional && !matched.contains(&layer)) schemas.push_back(*layer.additional);
      }
      if (forbidden(schemas)) continue;
      const Expr name =
          pool_.both({pool_.concat({quote, pool_.both(parts), quote}), pool_.complement(listed)});
      if (!pool_.alive(name)) continue;
      PEREGRINE_ASSIGN(const NodeId value, place(schemas));
      spec.free.push_back({name, value});
    }
    return {};
  }

  // minProperties is kept by counting what is left; so many unlisted names must exist that they do not run
  // out.
  Status check_least(const Shape& shape, const ObjectSpec& spec) {
    const auto required =
        static_cast<std::size_t>(std::ranges::count_if(spec.listed, &ListedProperty::required));
    if (spec.free.empty() || spec.min <= required) return {};
    std::uint64_t names = 0;
    for (const FreeProperties& free : spec.free) names += pool_.count_texts(free.name, spec.min);
    if (names >= spec.min && spec.min <= kMaxFreeProperties) return {};
    return document_.error(ErrorCode::kUnsupported,
                           "\"minProperties\" asks for more unlisted properties than can be promised",
                           shape.least_properties_place);
  }

  Program& program_;
  ExprPool& pool_;
  Document document_;
  Expander expander_;
  Punctuation signs_;
  bool closed_objects_;
  std::map<std::vector<const json::value*>, NodeId> places_;
  std::deque<std::pair<std::uint32_t, Conjunction>> pending_;
};

}  // namespace

Result<NodeId> compile_schema(Program& program, const json::value& schema, const JsonOptions& options) {
  auto compiled = Compiler(program, schema, options).compile();
  // A client may send a schema whose nesting, multiplied out, is larger than it looks.
  if (compiled && program.pool.exhausted()) {
    return fail(ErrorCode::kResourceExhausted, "the schema is too large");
  }
  return compiled;
}

}  // namespace peregrine::grammar
