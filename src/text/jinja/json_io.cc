#include "text/jinja/json_io.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "text/jinja/number.h"
#include "text/jinja/operators.h"

namespace peregrine::jinja {
namespace {

class JsonReader {
 public:
  JsonReader(Heap& heap, const std::vector<std::string>& trusted_paths)
      : heap_(heap), trusted_paths_(trusted_paths) {}

  Result<Dict*> read(const boost::json::object& context) {
    Matches matches;
    for (const std::string& path : trusted_paths_) matches.push_back(path);
    return read_object(context, matches, false, 1);
  }

 private:
  // What is left of each trusted path that has matched so far.
  using Matches = std::vector<std::string_view>;

  // The paths that go on below `step`; sets `trusted` when one ends there.
  static Matches descend(const Matches& matches, std::string_view step, bool& trusted) {
    Matches below;
    for (const std::string_view path : matches) {
      const std::size_t dot = path.find('.');
      const std::string_view head = path.substr(0, dot);
      if (head != "*" && head != step) continue;
      if (dot == std::string_view::npos) {
        trusted = true;
      } else {
        below.push_back(path.substr(dot + 1));
      }
    }
    return below;
  }

  Result<Value> read_value(const boost::json::value& json, const Matches& matches, bool trusted,
                           std::size_t depth) {
    PEREGRINE_TRY(heap_.step());
    switch (json.kind()) {
      case boost::json::kind::null:
        return Value();
      case boost::json::kind::bool_:
        return Value(json.get_bool());
      case boost::json::kind::int64:
        return Value(std::int64_t{json.get_int64()});
      case boost::json::kind::uint64:
        return read_unsigned(json.get_uint64());
      case boost::json::kind::double_:
        return Value(json.get_double());
      case boost::json::kind::string: {
        PEREGRINE_ASSIGN(Text text, make_text(heap_, json.get_string(), trusted));
        return Value(std::move(text));
      }
      case boost::json::kind::array:
        return read_array(json.get_array(), matches, trusted, depth);
      case boost::json::kind::object: {
        PEREGRINE_ASSIGN(Dict * dict, read_object(json.get_object(), matches, trusted, depth));
        return Value(dict);
      }
    }
    return Value();
  }

  static Result<Value> read_unsigned(std::uint64_t number) {
    if (number <= static_cast<std::uint64_t>(INT64_MAX)) return Value(static_cast<std::int64_t>(number));
    return Value(static_cast<double>(number));
  }

  Result<Value> read_array(const boost::json::array& array, const Matches& matches, bool trusted,
                           std::size_t depth) {
    PEREGRINE_TRY(check_depth(depth));
    bool items_trusted = trusted;
    const Matches below = descend(matches, "*", items_trusted);
    PEREGRINE_ASSIGN(Sequence * list, make_sequence(heap_, Sequence::Kind::kList));
    for (const boost::json::value& item : array) {
      PEREGRINE_ASSIGN(Value value, read_value(item, below, items_trusted, depth + 1));
      PEREGRINE_TRY(list->append(heap_, std::move(value)));
    }
    return Value(list);
  }

  Result<Dict*> read_object(const boost::json::object& object, const Matches& matches, bool trusted,
                            std::size_t depth) {
    PEREGRINE_TRY(check_depth(depth));
    PEREGRINE_ASSIGN(Dict * dict, make_dict(heap_));
    for (const auto& member : object) {
      bool member_trusted = trusted;
      const Matches below = descend(matches, member.key(), member_trusted);
      PEREGRINE_ASSIGN(Text key, make_text(heap_, member.key(), trusted));
      PEREGRINE_ASSIGN(Value value, read_value(member.value(), below, member_trusted, depth + 1));
      PEREGRINE_TRY(dict->set(heap_, Value(std::move(key)), std::move(value)));
    }
    return dict;
  }

  Status check_depth(std::size_t depth) const {
    if (depth > heap_.limits().max_nesting) return limit_exceeded("max_nesting", heap_.limits().max_nesting);
    return {};
  }

  Heap& heap_;
  const std::vector<std::string>& trusted_paths_;
};

class JsonWriter {
 public:
  JsonWriter(Heap& heap, const JsonStyle& style) : heap_(heap), style_(style), out_(heap) {}

  Result<Text> write(const Value& value) {
    PEREGRINE_TRY(append(value, 0));
    return out_.finish();
  }

 private:
  Status append(const Value& value, std::size_t depth);
  Status append_array(const Sequence& sequence, std::size_t depth);
  Status append_object(const Dict& dict, std::size_t depth);
  Status append_key(const Value& key);
  Status append_string(const Text& text);
  void append_character(char32_t c, std::string_view bytes, bool trusted);
  void append_number(const Value& number);
  void append_line_break(std::size_t depth);
  Result<std::vector<std::size_t>> member_order(const Dict& dict) const;

  Heap& heap_;
  const JsonStyle& style_;
  TextBuilder out_;
};

Status JsonWriter::append(const Value& value, std::size_t depth) {
  if (depth > heap_.limits().max_nesting) return limit_exceeded("max_nesting", heap_.limits().max_nesting);
  PEREGRINE_TRY(heap_.step());
  PEREGRINE_TRY(out_.status());
  if (const Text* text = value.text()) return append_string(*text);
  if (value.is_none() || value.is_number()) {
    append_number(value);
    return {};
  }
  if (const Dict* dict = value.dict()) return append_object(*dict, depth);
  const Sequence* sequence = value.sequence();
  if (sequence && (sequence->kind() == Sequence::Kind::kList || sequence->is_tuple())) {
    return append_array(*sequence, depth);
  }
  return type_error(fmt::format("Object of type {} is not JSON serializable", type_name(value)));
}

void JsonWriter::append_number(const Value& number) {
  if (number.is_none()) {
    out_.append("null", true);
  } else if (const bool* flag = number.boolean()) {
    out_.append(*flag ? "true" : "false", true);
  } else if (const double* real = number.real()) {
    if (std::isnan(*real)) {
      out_.append("NaN", true);
    } else if (std::isinf(*real)) {
      out_.append(*real < 0 ? "-Infinity" : "Infinity", true);
    } else {
      out_.append(format_float(*real), true);
    }
  } else {
    out_.append(fmt::format("{}", *number.integer()), true);
  }
}

void JsonWriter::append_line_break(std::size_t depth) {
  if (!style_.indent) return;
  out_.append("\n", true);
  for (std::size_t i = 0; i < depth; ++i) out_.append(*style_.indent);
}

Status JsonWriter::append_array(const Sequence& sequence, std::size_t depth) {
  out_.append("[", true);
  bool first = true;
  for (const Value& item : sequence.items()) {
    if (!first) out_.append(style_.item_separator);
    first = false;
    append_line_break(depth + 1);
    PEREGRINE_TRY(append(item, depth + 1));
  }
  if (!first) append_line_break(depth);
  out_.append("]", true);
  return {};
}

Result<std::vector<std::size_t>> JsonWriter::member_order(const Dict& dict) const {
  std::vector<Value> keys;
  keys.reserve(dict.entries().size());
  for (const Dict::Entry& entry : dict.entries()) keys.push_back(entry.key);
  return sorted_order(heap_, keys, false);
}

Status JsonWriter::append_object(const Dict& dict, std::size_t depth) {
  std::vector<std::size_t> members;
  if (style_.sort_keys) {
    PEREGRINE_ASSIGN(members, member_order(dict));
  }
  out_.append("{", true);
  for (std::size_t i = 0; i < dict.entries().size(); ++i) {
    const Dict::Entry& entry = dict.entries()[style_.sort_keys ? members[i] : i];
    if (i > 0) out_.append(style_.item_separator);
    append_line_break(depth + 1);
    PEREGRINE_TRY(append_key(entry.key));
    out_.append(style_.key_separator);
    PEREGRINE_TRY(append(entry.value, depth + 1));
  }
  if (!dict.entries().empty()) append_line_break(depth);
  out_.append("}", true);
  return {};
}

Status JsonWriter::append_key(const Value& key) {
  if (const Text* text = key.text()) return append_string(*text);
  out_.append("\"", true);
  append_number(key);
  out_.append("\"", true);
  return {};
}

void JsonWriter::append_character(char32_t c, std::string_view bytes, bool trusted) {
  constexpr char32_t kFirstPrintable = 0x20;
  constexpr char32_t kSupplementary = 0x10000;
  switch (c) {
    case U'"':
      out_.append("\\\"", trusted);
      return;
    case U'\\':
      out_.append("\\\\", trusted);
      return;
    case U'\n':
      out_.append("\\n", trusted);
      return;
    case U'\r':
      out_.append("\\r", trusted);
      return;
    case U'\t':
      out_.append("\\t", trusted);
      return;
    case U'\f':
      out_.append("\\f", trusted);
      return;
    case U'\b':
      out_.append("\\b", trusted);
      return;
    default:
      break;
  }
  const auto code = static_cast<std::uint32_t>(c);
  if (c >= kFirstPrintable && (c < 0x7F || !style_.ascii)) {
    out_.append(bytes, trusted);
  } else if (c < kSupplementary) {
    out_.append(fmt::format("\\u{:04x}", code), trusted);
  } else {
    const std::uint32_t offset = code - kSupplementary;
    out_.append(fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (offset >> 10), 0xDC00 + (offset & 0x3FF)),
                trusted);
  }
}

Status JsonWriter::append_string(const Text& text) {
  PEREGRINE_TRY(heap_.walk(text.length()));
  out_.append("\"", true);
  for (CodePoints points(text); points.next();)
    append_character(points.value(), points.bytes(), points.trusted());
  out_.append("\"", true);
  return {};
}

}  // namespace

Result<Dict*> from_json(Heap& heap, const boost::json::object& context,
                        const std::vector<std::string>& trusted_paths) {
  return JsonReader(heap, trusted_paths).read(context);
}

Result<Text> to_json(Heap& heap, const Value& value, const JsonStyle& style) {
  return JsonWriter(heap, style).write(value);
}

}  // namespace peregrine::jinja
