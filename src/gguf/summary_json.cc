// render_json: the summary for scripts.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <optional>
#include <variant>

#include "base/utf8.h"
#include "gguf/byte_reader.h"
#include "gguf/number.h"
#include "gguf/summary.h"

namespace peregrine::gguf {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kMaxArrayElements = 16;

// Boost's strings end at 2 GiB with an exception; no string that anybody wants comes near this.
constexpr std::size_t kMaxStringBytes = 1 << 20;

json::value from_text(std::string_view text) {
  if (text.size() <= kMaxStringBytes) return json::string(base::utf8_sanitize(text));
  const std::string_view start = text.substr(0, kMaxStringBytes);
  return json::string(base::utf8_sanitize(start.substr(0, base::utf8_complete_prefix(start))) + "\u2026");
}

// A float becomes the double of its shortest decimal form, so that 1e-5F reads as 1e-5.
template <std::floating_point T>
json::value from_float(T value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  const std::string digits = fmt::format("{}", value);
  double shortest = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), shortest);
  return shortest;
}

json::value from_scalar(ValueType type, const std::byte* from) {
  if (type == ValueType::kBool) return *from != std::byte{0};
  const std::optional<Number> number = load_number(type, from);
  if (!number) return nullptr;
  return std::visit(
      [](auto value) -> json::value {
        if constexpr (std::floating_point<decltype(value)>) {
          return from_float(value);
        } else {
          return value;
        }
      },
      *number);
}

json::object from_entry(const Metadata& metadata, const Metadata::Entry& entry) {
  json::object out;
  out["key"] = from_text(entry.key);
  out["type"] = json::string(value_type_name(entry.type));
  if (entry.type == ValueType::kString) {
    out["value"] = from_text(as_text(entry.bytes));
  } else if (entry.type == ValueType::kArray) {
    out["element_type"] = json::string(value_type_name(entry.element_type));
    out["count"] = entry.count;
    json::array first;
    const std::size_t stride = scalar_bytes(entry.element_type);
    for (std::uint64_t i = 0; i < std::min(entry.count, kMaxArrayElements); ++i) {
      first.push_back(entry.element_type == ValueType::kString
                          ? from_text(metadata.strings(entry)[i])
                          : from_scalar(entry.element_type, entry.bytes.data() + i * stride));
    }
    out["first"] = std::move(first);
  } else {
    out["value"] = from_scalar(entry.type, entry.bytes.data());
  }
  return out;
}

json::object from_tensor(const TensorInfo& tensor) {
  json::array shape;
  for (const std::uint64_t dim : tensor.shape) shape.push_back(dim);
  return {{"name", from_text(tensor.name)},
          {"type", json::string(tensor::traits(tensor.type).name)},
          {"shape", std::move(shape)},
          {"parameters", tensor.shape.elements()},
          {"bytes", tensor.data.size()}};
}

}  // namespace

std::string render_json(const File& file) {
  json::array metadata;
  for (const Metadata::Entry& entry : file.metadata().entries()) {
    metadata.push_back(from_entry(file.metadata(), entry));
  }
  json::array tensors;
  for (const TensorInfo& tensor : file.tensors()) tensors.push_back(from_tensor(tensor));

  const Totals all = totals(file);
  json::array types;
  for (const TypeTotal& total : all.by_type) {
    types.push_back({{"type", json::string(tensor::traits(total.type).name)},
                     {"tensors", total.tensors},
                     {"parameters", total.parameters},
                     {"bytes", total.bytes},
                     {"share", static_cast<double>(total.bytes) / static_cast<double>(all.bytes)}});
  }
  const json::object document = {
      {"format",
       {{"version", file.version()},
        {"alignment", file.alignment()},
        {"shards", file.shards()},
        {"bytes", file.file_bytes()}}},
      {"metadata", std::move(metadata)},
      {"tensors", std::move(tensors)},
      {"types", std::move(types)},
      {"total", {{"tensors", file.tensors().size()}, {"parameters", all.parameters}, {"bytes", all.bytes}}}};
  return json::serialize(document);
}

}  // namespace peregrine::gguf
