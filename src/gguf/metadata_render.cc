// Metadata::render: values for people.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <variant>

#include "gguf/byte_reader.h"
#include "gguf/metadata.h"
#include "gguf/number.h"
#include "gguf/printable.h"

namespace peregrine::gguf {
namespace {

constexpr std::size_t kMaxElementChars = 40;

std::string render_scalar(ValueType type, const std::byte* from) {
  if (type == ValueType::kBool) return *from == std::byte{0} ? "false" : "true";
  const std::optional<Number> number = load_number(type, from);
  return number ? std::visit([](auto value) { return fmt::format("{}", value); }, *number) : std::string();
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
            ? printable(strings(entry)[i], PrintStyle::kQuoted, kMaxElementChars)
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
