#include "text/jinja/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <compare>

#include "base/utf8.h"
#include "text/jinja/number.h"
#include "text/jinja/object.h"

namespace peregrine::jinja {
namespace {

constexpr std::size_t kMaxQuotedName = 80;  // bytes of a name that an error message repeats

// What a vector or a map spends on one more element, growth included.
constexpr std::size_t kItemBytes = 2 * sizeof(Value);
constexpr std::size_t kEntryBytes = 2 * sizeof(Dict::Entry);
constexpr std::size_t kIndexBytes = sizeof(Value) + 64;

int rank(const Value& value) {
  if (value.is_none()) return 0;
  return value.is_number() ? 1 : 2;
}

// A total order over hashable values in which Python's equal keys (1, 1.0, True) are equal.
std::strong_ordering compare_keys(const Value& a, const Value& b) {
  if (rank(a) != rank(b)) return rank(a) <=> rank(b);
  if (a.is_number()) return compare_numbers_totally(a, b);
  if (a.text()) return a.text()->view() <=> b.text()->view();
  return std::strong_ordering::equal;
}

std::strong_ordering compare_key(const Value& a, std::string_view b) {
  return a.text() ? a.text()->view() <=> b : rank(a) <=> 2;
}

}  // namespace

std::string Undefined::message() const {
  if (holder == nullptr) return fmt::format("'{}' is undefined", shown(name.view()));
  if (*holder == '\0') return std::string(name.view());
  return fmt::format("{} has no element '{}'", holder, shown(name.view()));
}

std::optional<std::int64_t> Value::as_int() const {
  if (const bool* flag = boolean()) return *flag ? 1 : 0;
  if (const std::int64_t* number = integer()) return *number;
  return std::nullopt;
}

Status Sequence::make_room(Heap& heap) {
  if (items_.size() >= heap.limits().max_items) return limit_exceeded("max_items", heap.limits().max_items);
  return heap.charge(kItemBytes);
}

Status Sequence::append(Heap& heap, Value value) {
  PEREGRINE_TRY(make_room(heap));
  items_.push_back(std::move(value));
  return {};
}

Status Sequence::insert(Heap& heap, std::size_t index, Value value) {
  PEREGRINE_TRY(make_room(heap));
  PEREGRINE_TRY(heap.step(items_.size() - index));
  items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(index), std::move(value));
  return {};
}

bool Dict::KeyLess::operator()(const Value& a, const Value& b) const {
  return compare_keys(a, b) < 0;
}
bool Dict::KeyLess::operator()(const Value& a, std::string_view b) const {
  return compare_key(a, b) < 0;
}
bool Dict::KeyLess::operator()(std::string_view a, const Value& b) const {
  return compare_key(b, a) > 0;
}

Result<const Dict::Entry*> Dict::find_entry(Heap& heap, const Value& key) const {
  if (!is_hashable(key)) return nullptr;
  if (key.text()) PEREGRINE_TRY(heap.touch(key.text()->size()));
  if (!index_.empty()) {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : &entries_[found->second];
  }
  for (const Entry& entry : entries_) {
    if (compare_keys(entry.key, key) == 0) return &entry;
  }
  return nullptr;
}

Result<const Value*> Dict::find(Heap& heap, const Value& key) const {
  PEREGRINE_ASSIGN(const Entry* entry, find_entry(heap, key));
  return entry ? &entry->value : nullptr;
}

const Value* Dict::find(std::string_view key) const {
  if (!index_.empty()) {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : &entries_[found->second].value;
  }
  for (const Entry& entry : entries_) {
    if (entry.key.text() && entry.key.text()->view() == key) return &entry.value;
  }
  return nullptr;
}

Status Dict::set(Heap& heap, Value key, Value value) {
  if (!is_hashable(key)) return type_error(fmt::format("unhashable type: '{}'", type_name(key)));
  PEREGRINE_ASSIGN(const Entry* entry, find_entry(heap, key));
  if (entry) {
    entries_[static_cast<std::size_t>(entry - entries_.data())].value = std::move(value);
    return {};
  }
  if (entries_.size() >= heap.limits().max_items) return limit_exceeded("max_items", heap.limits().max_items);
  PEREGRINE_TRY(heap.charge(kEntryBytes + kIndexBytes));
  entries_.push_back({std::move(key), std::move(value)});
  if (!index_.empty()) {
    index_.emplace(entries_.back().key, entries_.size() - 1);
  } else if (entries_.size() >= kIndexFrom) {
    index_entries();
  }
  return {};
}

void Dict::index_entries() {
  index_.clear();
  for (std::size_t i = 0; i < entries_.size(); ++i) index_.emplace(entries_[i].key, i);
}

Result<std::optional<Value>> Dict::take(Heap& heap, const Value& key) {
  PEREGRINE_ASSIGN(const Entry* entry, find_entry(heap, key));
  if (entry == nullptr) return std::optional<Value>();
  PEREGRINE_TRY(heap.step(entries_.size()));
  const std::size_t position = static_cast<std::size_t>(entry - entries_.data());
  if (!index_.empty()) {
    index_.erase(key);
    for (auto& indexed : index_) {
      if (indexed.second > position) --indexed.second;
    }
  }
  std::optional<Value> value = std::move(entries_[position].value);
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(position));
  return value;
}

void Dict::clear() {
  entries_.clear();
  index_.clear();
}

bool is_hashable(const Value& value) {
  return value.is_none() || value.is_number() || value.text();
}

std::string_view shown(std::string_view name) {
  if (name.size() <= kMaxQuotedName) return name;
  return name.substr(0, base::utf8_complete_prefix(name.substr(0, kMaxQuotedName)));
}

std::string_view type_name(const Value& value) {
  if (value.is_none()) return "NoneType";
  if (value.is_undefined()) return "Undefined";
  if (value.boolean()) return "bool";
  if (value.integer()) return "int";
  if (value.real()) return "float";
  if (value.text()) return "str";
  if (value.dict()) return "dict";
  if (const Object* object = value.object()) return object->type();
  switch (value.sequence()->kind()) {
    case Sequence::Kind::kList:
      return "list";
    case Sequence::Kind::kTuple:
    case Sequence::Kind::kGroup:
      return "tuple";
    case Sequence::Kind::kRange:
      return "range";
    case Sequence::Kind::kDictKeys:
      return "dict_keys";
    case Sequence::Kind::kDictValues:
      return "dict_values";
    case Sequence::Kind::kDictItems:
      return "dict_items";
    case Sequence::Kind::kIterator:
      return "generator";
  }
  return "object";
}

tl::unexpected<Error> type_error(std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message));
}

tl::unexpected<Error> undefined_error(const Undefined& undefined) {
  return fail(ErrorCode::kInvalidArgument, undefined.message());
}

Result<Sequence*> make_sequence(Heap& heap, Sequence::Kind kind) {
  return heap.make<Sequence>(kind);
}

Result<Dict*> make_dict(Heap& heap) {
  return heap.make<Dict>();
}

Result<Value> make_pair(Heap& heap, Value first, Value second) {
  PEREGRINE_ASSIGN(Sequence * pair, make_sequence(heap, Sequence::Kind::kTuple));
  PEREGRINE_TRY(pair->append(heap, std::move(first)));
  PEREGRINE_TRY(pair->append(heap, std::move(second)));
  return Value(pair);
}

}  // namespace peregrine::jinja
