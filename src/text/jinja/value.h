// The values a template computes with: Python's, as far as templates can tell.
//
// A Value is small and copied freely; containers and callables are pointers into the render's Heap, so copies
// of a Value share them, as in Python. Integers are 64 bits wide and never wrap: overflow is an error.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "text/jinja/heap.h"
#include "text/jinja/text.h"

namespace peregrine::jinja {

class Sequence;
class Dict;
class Object;

struct None {};

// The value of a name or an element that does not exist: prints as nothing, is false, iterates over nothing,
// and is an error to compute with.
struct Undefined {
  const char* holder =
      nullptr;  // what lacked the element; null for a plain variable, "" when `name` says it all
  Text name;

  std::string message() const;
};

class Value {
 public:
  Value() = default;  // None
  template <class T>
    requires std::same_as<T, bool> || std::same_as<T, std::int64_t> || std::same_as<T, double> ||
             std::same_as<T, Text> || std::same_as<T, Undefined> || std::same_as<T, Sequence*> ||
             std::same_as<T, Dict*> || std::same_as<T, Object*>
  Value(T value) : storage_(std::move(value)) {}

  bool is_undefined() const { return std::holds_alternative<Undefined>(storage_); }
  bool is_none() const { return std::holds_alternative<None>(storage_); }

  // The value as one of its types, or null.
  const Undefined* undefined() const { return std::get_if<Undefined>(&storage_); }
  const bool* boolean() const { return std::get_if<bool>(&storage_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&storage_); }
  const double* real() const { return std::get_if<double>(&storage_); }
  const Text* text() const { return std::get_if<Text>(&storage_); }
  Sequence* sequence() const { return pointer<Sequence>(); }
  Dict* dict() const { return pointer<Dict>(); }
  Object* object() const { return pointer<Object>(); }

  // A bool or an integer as Python's int, which both are.
  std::optional<std::int64_t> as_int() const;
  // A bool, an integer or a float.
  bool is_number() const { return boolean() || integer() || real(); }

 private:
  template <class T>
  T* pointer() const {
    T* const* held = std::get_if<T*>(&storage_);
    return held ? *held : nullptr;
  }

  std::variant<None, Undefined, bool, std::int64_t, double, Text, Sequence*, Dict*, Object*> storage_;
};

// Anything with items in a row.
class Sequence final : public HeapObject {
 public:
  enum class Kind {
    kList,
    kTuple,
    kGroup,  // a tuple of groupby: (grouper, list), by these names too
    kRange,
    kDictKeys,
    kDictValues,
    kDictItems,
    kIterator,  // what lazy filters give: iterated once, then empty
  };

  explicit Sequence(Kind kind) : kind_(kind) {}

  Kind kind() const { return kind_; }
  const std::vector<Value>& items() const { return items_; }
  std::vector<Value>& mutable_items() { return items_; }
  bool is_iterator() const { return kind_ == Kind::kIterator; }
  bool is_tuple() const { return kind_ == Kind::kTuple || kind_ == Kind::kGroup; }
  // Whether it answers to seq[i] as well as to iteration.
  bool indexable() const { return kind_ == Kind::kList || kind_ == Kind::kRange || is_tuple(); }

  // Errors: kResourceExhausted for max_items or max_memory_bytes.
  Status append(Heap& heap, Value value);
  Status insert(Heap& heap, std::size_t index, Value value);

 private:
  Status make_room(Heap& heap);

  Kind kind_;
  std::vector<Value> items_;
};

// An insertion-ordered mapping from hashable values. Lookups are by comparison, never by hash, so that no
// choice of keys makes them slow.
class Dict final : public HeapObject {
 public:
  struct Entry {
    Value key;
    Value value;
  };

  const std::vector<Entry>& entries() const { return entries_; }

  // The value stored under `key`, or null; null too for what cannot be a key. Charges reading a long key.
  Result<const Value*> find(Heap& heap, const Value& key) const;
  const Value* find(std::string_view key) const;
  // Errors: kInvalidArgument for an unhashable key, kResourceExhausted for max_items or max_memory_bytes.
  Status set(Heap& heap, Value key, Value value);
  // Removes and returns the value under `key`, if there is one. Charges the work of closing the gap.
  Result<std::optional<Value>> take(Heap& heap, const Value& key);
  void clear();

 private:
  struct KeyLess {
    using is_transparent = void;
    bool operator()(const Value& a, const Value& b) const;
    bool operator()(const Value& a, std::string_view b) const;
    bool operator()(std::string_view a, const Value& b) const;
  };
  using Index = std::map<Value, std::size_t, KeyLess>;
  static constexpr std::size_t kIndexFrom = 16;  // smaller dicts are searched from end to end

  Result<const Entry*> find_entry(Heap& heap, const Value& key) const;
  void index_entries();

  std::vector<Entry> entries_;
  Index index_;  // empty while there are fewer than kIndexFrom entries
};

// Whether `value` may be a dict key: None, a number or a string. (Python's tuples of those are refused.)
bool is_hashable(const Value& value);

// Python's name of the value's type, as error messages show it.
std::string_view type_name(const Value& value);

// A name as an error message repeats it: cut short when it is long.
std::string_view shown(std::string_view name);

// The error of an operation on values that do not support it.
tl::unexpected<Error> type_error(std::string message);
tl::unexpected<Error> undefined_error(const Undefined& undefined);

Result<Sequence*> make_sequence(Heap& heap, Sequence::Kind kind);
Result<Dict*> make_dict(Heap& heap);
// A tuple of two, as dict items are.
Result<Value> make_pair(Heap& heap, Value first, Value second);

}  // namespace peregrine::jinja
