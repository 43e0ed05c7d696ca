#include "gguf/shards.h"

#include <fmt/format.h>

#include <charconv>

#include "gguf/own_keys.h"

namespace peregrine::gguf {
namespace {

constexpr std::string_view kSuffix = "-00000-of-00000.gguf";
constexpr std::size_t kDigits = 5;
constexpr std::size_t kNumberAt = 1;
constexpr std::size_t kCountAt = 10;

std::optional<std::uint32_t> parse_digits(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<ShardName> parse_shard_name(std::string_view filename) {
  if (filename.size() < kSuffix.size()) return std::nullopt;
  const std::string_view prefix = filename.substr(0, filename.size() - kSuffix.size());
  const std::string_view suffix = filename.substr(prefix.size());
  const auto number = parse_digits(suffix.substr(kNumberAt, kDigits));
  const auto count = parse_digits(suffix.substr(kCountAt, kDigits));
  if (!number || !count || *number == 0 || *number > *count) return std::nullopt;
  if (filename != shard_filename(prefix, *number, *count)) return std::nullopt;
  return ShardName{std::string(prefix), *number, *count};
}

std::string shard_filename(std::string_view prefix, std::uint32_t number, std::uint32_t count) {
  return fmt::format("{}-{:05}-of-{:05}.gguf", prefix, number, count);
}

Result<Split> read_split(const Metadata& metadata) {
  Split split;
  PEREGRINE_ASSIGN(const std::uint32_t count, of_format(metadata.u32_or(kKeySplitCount, 1)));
  PEREGRINE_ASSIGN(const std::uint32_t index, of_format(metadata.u32_or(kKeySplitNo, 0)));
  if (metadata.contains(kKeySplitTensors)) {
    PEREGRINE_ASSIGN(split.tensors, of_format(metadata.u64(kKeySplitTensors)));
  }
  if (count <= 1) return split;
  if (count > kMaxShards) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("{} shards, the limit is {}", count, kMaxShards),
                std::string(kKeySplitCount));
  }
  if (index >= count) {
    return fail(ErrorCode::kCorrupt, fmt::format("shard {} (from 0) of {} cannot be", index, count),
                std::string(kKeySplitNo));
  }
  split.index = index;
  split.count = count;
  return split;
}

}  // namespace peregrine::gguf
