// Metadata::render: values for people.
#include <fmt/format.h>

#include <string>

#include "gguf/byte_reader.h"
#include "gguf/metadata.h"
#include "gguf/printable.h"

namespace peregrine::gguf {
namespace {

constexpr std::size_t kMaxElementChars = 40;

std::string render_scalar(ValueType type, const std::byte* from) {
  switch (type) {
    case ValueType::kU8:
      return fmt::format("{}", load<std::uint8_t>(from));
    case ValueType::kI8:
      return fmt::format("{}", load<std::int8_t>(from));
    case ValueType::kU16:
      return fmt::format("{}", load<std::uint16_t>(from));
    case ValueType::kI16:
      return fmt::format("{}", load<std::int16_t>(from));
    case ValueType::kU32:
      return fmt::format("{}", load<std::uint32_t>(from));
    case ValueType::kI32:
      return fmt::format("{}", load<std::int32_t>(from));
    case ValueType::kU64:
      return fmt::format("{}", load<std::uint64_t>(from));
    case ValueType::kI64:
      return fmt::format("{}", load<std::int64_t>(from));
    case ValueType::kF32:
      return fmt::format("{}", load<float>(from));
    case ValueType::kF64:
      return fmt::format("{}", load<double>(from));
    case ValueType::kBool:
      return *from == std::byte{0} ? "false" : "true";
    case ValueType::kString:
    case ValueType::kArray:
      break;
  }
  return {};
}

}  // namespace

std::string Metadata::render(const Entry& entry, std::size_t max_chars) const {
  if (entry.type == ValueType::kString) {
    return printable(as_text(entry.bytes), PrintStyle::kQuoted, max_chars);
  }
  if (entry.type != ValueType::kArray) {
    return printable(render_scalar(entry.type, entry.bytes.data()), PrintStyle::kLine, max_chars);
  }
  const std::string tail = fmt::format("] ({})", entry.count);
  const std::string cut_tail = fmt::format("\u2026{}", tail);
  std::string out = "[";
  std::size_t chars = 1;
  for (std::uint64_t i = 0; i < entry.count; ++i) {
    const std::string separator = i > 0 ? ", " : "";
    const std::string element =
        entry.element_type == ValueType::kString
            ? printable(string_element(entry, i), PrintStyle::kQuoted, kMaxElementChars)
            : render_scalar(entry.element_type, entry.bytes.data() + i * scalar_bytes(entry.element_type));
    const std::size_t width = separator.size() + columns(element);
    const bool last = i + 1 == entry.count;
    // What has to fit behind this element: the end, or else room to break off before the next one.
    const std::size_t behind = last ? tail.size() : 2 + columns(cut_tail);
    if (chars + width + behind > max_chars) {
      out += separator;
      out += cut_tail;
      return columns(out) <= max_chars ? out : printable(out, PrintStyle::kLine, max_chars);
    }
    out += separator;
    out += element;
    chars += width;
  }
  out += tail;
  return columns(out) <= max_chars ? out : printable(out, PrintStyle::kLine, max_chars);
}

}  // namespace peregrine::gguf
