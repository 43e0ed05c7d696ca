#include "gguf/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "gguf/byte_reader.h"
#include "gguf/printable.h"
#include "gguf/text_table.h"

namespace peregrine::gguf {
namespace {

// Models with several templates store them under this key with ".NAME" behind.
constexpr std::string_view kKeyChatTemplate = "tokenizer.chat_template";

// 1234567 as "1,234,567".
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string human(std::uint64_t number, double step, const std::array<std::string_view, 5>& units) {
  auto value = static_cast<double>(number);
  std::size_t unit = 0;
  while (value >= step && unit + 1 < units.size()) {
    value /= step;
    ++unit;
  }
  return unit == 0 ? fmt::format("{}{}", number, units[0]) : fmt::format("{:.2f}{}", value, units[unit]);
}

std::string human_bytes(std::uint64_t bytes) {
  return human(bytes, 1024.0, {" bytes", " KiB", " MiB", " GiB", " TiB"});
}

std::string human_count(std::uint64_t count) {
  return human(count, 1000.0, {"", " K", " M", " B", " T"});
}

std::string type_text(const Metadata::Entry& entry) {
  if (entry.type != ValueType::kArray) return std::string(value_type_name(entry.type));
  return fmt::format("{}[{}]", value_type_name(entry.element_type), entry.count);
}

bool is_chat_template(const Metadata::Entry& entry) {
  if (entry.type != ValueType::kString || !entry.key.starts_with(kKeyChatTemplate)) return false;
  return entry.key.size() == kKeyChatTemplate.size() || entry.key[kKeyChatTemplate.size()] == '.';
}

std::string metadata_table(const Metadata& metadata, const SummaryOptions& options) {
  TextTable table({{"key"}, {"type"}, {"value"}});
  for (const Metadata::Entry& entry : metadata.entries()) {
    table.add({printable(entry.key, PrintStyle::kLine, options.max_name_chars), type_text(entry),
               metadata.render(entry, options.max_value_chars)});
  }
  return table.render();
}

std::string tensor_table(const File& file, const SummaryOptions& options) {
  TextTable table({{"name"}, {"type"}, {"shape"}, {"bytes", true}});
  for (const TensorInfo& tensor : file.tensors()) {
    table.add({printable(tensor.name, PrintStyle::kLine, options.max_name_chars),
               std::string(tensor::traits(tensor.type).name),
               fmt::format("{}", fmt::join(tensor.shape, " x ")), grouped(tensor.data.size())});
  }
  return table.render();
}

std::string type_table(const Totals& all) {
  TextTable table({{"type"}, {"tensors", true}, {"parameters", true}, {"bytes", true}, {"share", true}});
  for (const TypeTotal& type : all.by_type) {
    const double share = 100.0 * static_cast<double>(type.bytes) / static_cast<double>(all.bytes);
    table.add({std::string(tensor::traits(type.type).name), grouped(type.tensors), grouped(type.parameters),
               grouped(type.bytes), fmt::format("{:.1f}%", share)});
  }
  return table.render();
}

}  // namespace

Totals totals(const File& file) {
  std::map<tensor::DType, TypeTotal> by_type;
  Totals all;
  for (const TensorInfo& tensor : file.tensors()) {
    TypeTotal& total = by_type[tensor.type];
    total.type = tensor.type;
    ++total.tensors;
    total.parameters += tensor.shape.elements();
    total.bytes += tensor.data.size();
    all.parameters += tensor.shape.elements();
    all.bytes += tensor.data.size();
  }
  for (const auto& [type, total] : by_type) all.by_type.push_back(total);
  std::ranges::sort(all.by_type, [](const TypeTotal& a, const TypeTotal& b) {
    return a.bytes != b.bytes ? a.bytes > b.bytes : a.type < b.type;
  });
  return all;
}

std::string render_text(const File& file, const SummaryOptions& options) {
  const Metadata& metadata = file.metadata();
  const Totals all = totals(file);
  std::string out = fmt::format(
      "GGUF version {}, {} in {}, alignment {}\n", file.version(), human_bytes(file.file_bytes()),
      file.shards() == 1 ? "one file" : fmt::format("{} shards", file.shards()), file.alignment());
  out += fmt::format("\nMetadata: {} keys\n{}", metadata.entries().size(), metadata_table(metadata, options));
  out += fmt::format("\nTensors: {}, shapes with the innermost dimension first\n{}", file.tensors().size(),
                     tensor_table(file, options));
  out += fmt::format("\nTypes\n{}", type_table(all));
  out += fmt::format("\nTotal: {} tensors, {} parameters ({}), {} bytes ({})\n",
                     grouped(file.tensors().size()), grouped(all.parameters), human_count(all.parameters),
                     grouped(all.bytes), human_bytes(all.bytes));
  for (const Metadata::Entry& entry : metadata.entries()) {
    if (!is_chat_template(entry)) continue;
    out += fmt::format("\nChat template ({})\n{}\n", printable_name(entry.key),
                       printable(as_text(entry.bytes), PrintStyle::kBlock));
  }
  return out;
}

}  // namespace peregrine::gguf
