#include "text/jinja/builtin.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>

#include "text/jinja/operators.h"

namespace peregrine::jinja {
namespace {

using Registry = std::map<std::string_view, const Builtin*>;

Registry make_registry(std::initializer_list<std::span<const Builtin>> tables) {
  Registry registry;
  for (const auto table : tables) {
    for (const Builtin& builtin : table) registry.emplace(builtin.name, &builtin);
  }
  return registry;
}

const Builtin* find_in(const Registry& registry, std::string_view name) {
  const auto found = registry.find(name);
  return found == registry.end() ? nullptr : found->second;
}

}  // namespace

bool BoundArguments::flag(std::size_t index, bool fallback) const {
  return has(index) ? is_true(*get(index)) : fallback;
}

Result<std::int64_t> BoundArguments::integer(std::size_t index, std::int64_t fallback) const {
  if (!has(index)) return fallback;
  if (const Undefined* undefined = get(index)->undefined()) return undefined_error(*undefined);
  const std::optional<std::int64_t> number = get(index)->as_int();
  if (!number) return type_error(fmt::format("an integer is required, not {}", type_name(*get(index))));
  return *number;
}

Result<Text> BoundArguments::text(std::size_t index, const Text& fallback) const {
  if (!has(index)) return fallback;
  if (const Undefined* undefined = get(index)->undefined()) return undefined_error(*undefined);
  const Text* text = get(index)->text();
  if (!text) return type_error(fmt::format("a string is required, not {}", type_name(*get(index))));
  return *text;
}

Result<BoundArguments> Builtin::bind(const Arguments& arguments) const {
  BoundArguments bound;
  bound.all_ = &arguments;
  if (variadic) return bound;
  const auto end = std::find(parameters.begin(), parameters.end(), std::string_view());
  const auto count = static_cast<std::size_t>(end - parameters.begin());
  if (arguments.positional.size() > count) {
    return type_error(
        fmt::format("{} takes at most {} argument(s), not {}", name, count, arguments.positional.size()));
  }
  for (std::size_t i = 0; i < arguments.positional.size(); ++i) bound.bound_[i] = &arguments.positional[i];
  for (const auto& [key, value] : arguments.named) {
    const auto found = std::find(parameters.begin(), end, key.view());
    if (found == end) return type_error(fmt::format("{} takes no argument '{}'", name, shown(key.view())));
    const Value*& slot = bound.bound_[static_cast<std::size_t>(found - parameters.begin())];
    if (slot != nullptr) return type_error(fmt::format("{} got more than one '{}'", name, shown(key.view())));
    slot = &value;
  }
  for (std::size_t i = 0; i < required; ++i) {
    if (!bound.has(i)) return type_error(fmt::format("{} misses its argument '{}'", name, parameters[i]));
  }
  return bound;
}

Result<Value> Builtin::operator()(Interpreter& interpreter, const Value& self,
                                  const Arguments& arguments) const {
  PEREGRINE_ASSIGN(const BoundArguments bound, bind(arguments));
  return function(interpreter, self, bound);
}

Status merge_dict(Heap& heap, Dict& out, const Dict& from) {
  if (&out == &from) return {};
  PEREGRINE_TRY(heap.step(from.entries().size()));
  for (const Dict::Entry& entry : from.entries()) PEREGRINE_TRY(out.set(heap, entry.key, entry.value));
  return {};
}

Status fill_dict(Heap& heap, Dict& out, const Arguments& arguments) {
  if (arguments.positional.size() > 1) return type_error("a dict is made from at most one value");
  if (!arguments.positional.empty()) {
    const Value& source = arguments.positional.front();
    if (source.dict()) {
      PEREGRINE_TRY(merge_dict(heap, out, *source.dict()));
    } else {
      PEREGRINE_ASSIGN(const Sequence* pairs, iterate(heap, source));
      for (const Value& pair : pairs->items()) {
        PEREGRINE_TRY(heap.step());
        PEREGRINE_ASSIGN(const Sequence* parts, iterate(heap, pair));
        if (parts->items().size() != 2) return type_error("a dict is made from pairs");
        PEREGRINE_TRY(out.set(heap, parts->items()[0], parts->items()[1]));
      }
    }
  }
  for (const auto& [name, value] : arguments.named) PEREGRINE_TRY(out.set(heap, Value(name), value));
  return {};
}

const Builtin* find_filter(std::string_view name) {
  static const Registry registry =
      make_registry({text_filters(), sequence_filters(), selection_filters(), value_filters()});
  return find_in(registry, name);
}

const Builtin* find_test(std::string_view name) {
  static const Registry registry = make_registry({tests()});
  return find_in(registry, name);
}

const Builtin* find_global(std::string_view name) {
  static const Registry registry = make_registry({globals()});
  return find_in(registry, name);
}

const Builtin* find_method(const Value& self, std::string_view name) {
  static const Registry of_text = make_registry({text_methods(), text_query_methods()});
  static const Registry of_list = make_registry({list_methods()});
  static const Registry of_tuple = make_registry({tuple_methods()});
  static const Registry of_dict = make_registry({dict_methods()});
  if (self.text()) return find_in(of_text, name);
  if (self.dict()) return find_in(of_dict, name);
  if (const Sequence* sequence = self.sequence()) {
    if (sequence->kind() == Sequence::Kind::kList) return find_in(of_list, name);
    if (sequence->indexable()) return find_in(of_tuple, name);
  }
  return nullptr;
}

}  // namespace peregrine::jinja
