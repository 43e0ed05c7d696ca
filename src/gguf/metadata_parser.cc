#include "gguf/metadata_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/utf8.h"
#include "gguf/printable.h"

namespace peregrine::gguf {
namespace {

using Entry = Metadata::Entry;

// A pair takes at least a key's length, one byte of key, a type and one byte of value.
constexpr std::uint64_t kMinPairBytes = 8 + 1 + 4 + 1;
constexpr std::uint64_t kStringLengthBytes = 8;

tl::unexpected<Error> corrupt(const Entry& entry, std::string message) {
  return fail(ErrorCode::kCorrupt, std::move(message), printable_name(entry.key));
}

tl::unexpected<Error> truncated(const Entry& entry, std::string_view part) {
  return corrupt(entry, fmt::format("the file ends inside {}", part));
}

// `number` may be outside the enumeration.
Status check_type(const Entry& entry, std::uint32_t number, std::string_view what) {
  if (is_value_type(number)) return {};
  return corrupt(entry, fmt::format("{} type {} is not one of GGUF's", what, number));
}

Status check_booleans(const Entry& entry) {
  const auto bad =
      std::ranges::find_if(entry.bytes, [](std::byte b) { return b != std::byte{0} && b != std::byte{1}; });
  if (bad == entry.bytes.end()) return {};
  return corrupt(entry, fmt::format("a boolean is {}, neither 0 nor 1", std::to_integer<int>(*bad)));
}

}  // namespace

Result<Metadata> MetadataParser::parse(std::uint64_t count) {
  if (count > reader_.remaining() / kMinPairBytes) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("{} keys are announced, more than the file has room for", count), "header");
  }
  if (count > kMaxKeys) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("{} keys, the limit is {}", count, kMaxKeys),
                "header");
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    Entry entry;
    PEREGRINE_ASSIGN(entry.key, parse_key(i, count));
    std::uint32_t type = 0;
    if (!reader_.read(type)) return truncated(entry, "the value's type");
    PEREGRINE_TRY(check_type(entry, type, "value"));
    entry.type = entry.element_type = ValueType{type};
    PEREGRINE_TRY(parse_value(entry));
    metadata_.entries_.push_back(entry);
  }
  PEREGRINE_TRY(index_keys());
  return std::move(metadata_);
}

Result<std::string_view> MetadataParser::parse_key(std::uint64_t index, std::uint64_t count) {
  const auto at = [&] { return fmt::format("key {} of {}", index + 1, count); };
  std::uint64_t length = 0;
  if (!reader_.read(length)) return fail(ErrorCode::kCorrupt, "the file ends inside a key's length", at());
  if (length == 0) return fail(ErrorCode::kCorrupt, "the key is empty", at());
  if (length > kMaxKeyBytes) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("the key is {} bytes long, the format allows {}", length, kMaxKeyBytes), at());
  }
  std::span<const std::byte> bytes;
  if (!reader_.take(length, bytes)) return fail(ErrorCode::kCorrupt, "the file ends inside the key", at());
  const std::string_view key = as_text(bytes);
  if (!base::utf8_valid(key)) return fail(ErrorCode::kCorrupt, "the key is not valid UTF-8", at());
  return key;
}

Status MetadataParser::parse_value(Entry& entry) {
  if (entry.type == ValueType::kArray) return parse_array(entry);
  std::uint64_t size = scalar_bytes(entry.type);
  if (entry.type == ValueType::kString && !reader_.read(size)) return truncated(entry, "the string's length");
  if (!reader_.take(size, entry.bytes)) {
    return truncated(entry, fmt::format("the value: {} bytes, {} are left", size, reader_.remaining()));
  }
  if (entry.type == ValueType::kBool) return check_booleans(entry);
  return {};
}

Status MetadataParser::parse_array(Entry& entry) {
  std::uint32_t type = 0;
  if (!reader_.read(type) || !reader_.read(entry.count))
    return truncated(entry, "the array's type and length");
  PEREGRINE_TRY(check_type(entry, type, "array element"));
  entry.element_type = ValueType{type};
  if (entry.element_type == ValueType::kArray) {
    return fail(ErrorCode::kUnsupported, "an array of arrays, which no known model uses",
                printable_name(entry.key));
  }
  const bool strings = entry.element_type == ValueType::kString;
  const std::uint64_t min_bytes = strings ? kStringLengthBytes : scalar_bytes(entry.element_type);
  if (entry.count > reader_.remaining() / min_bytes) {
    return corrupt(entry, fmt::format("an array of {} {} elements is announced, {} bytes are left",
                                      entry.count, value_type_name(entry.element_type), reader_.remaining()));
  }
  if (strings) return parse_string_elements(entry);
  if (!reader_.take(entry.count * min_bytes, entry.bytes)) return truncated(entry, "the array");
  if (entry.element_type == ValueType::kBool) return check_booleans(entry);
  return {};
}

Status MetadataParser::parse_string_elements(Entry& entry) {
  ByteReader ahead = reader_;  // the size of the whole is known only at its end
  const std::uint64_t start = reader_.position();
  entry.first_string = metadata_.strings_.size();
  for (std::uint64_t i = 0; i < entry.count; ++i) {
    std::uint64_t length = 0;
    std::span<const std::byte> text;
    if (!ahead.read(length) || !ahead.take(length, text)) {
      return truncated(entry, fmt::format("string {} of {}", i + 1, entry.count));
    }
    metadata_.strings_.push_back(as_text(text));
  }
  if (!reader_.take(ahead.position() - start, entry.bytes)) return truncated(entry, "the array");
  return {};
}

// Sorting instead of hashing: no choice of keys makes it slow.
Status MetadataParser::index_keys() {
  const auto& entries = metadata_.entries_;
  auto& by_key = metadata_.by_key_;
  by_key.resize(entries.size());
  std::iota(by_key.begin(), by_key.end(), 0U);
  const auto key = [&](std::uint32_t index) { return entries[index].key; };
  std::ranges::sort(by_key, {}, key);
  const auto twice = std::ranges::adjacent_find(by_key, {}, key);
  if (twice != by_key.end()) return corrupt(entries[*twice], "the key appears twice");
  return {};
}

}  // namespace peregrine::gguf
