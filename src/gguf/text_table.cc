#include "gguf/text_table.h"

#include <algorithm>
#include <cstddef>

#include "gguf/printable.h"

namespace peregrine::gguf {

std::string TextTable::render() const {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t width = columns(columns_[c].title);
    for (const auto& row : rows_) width = std::max(width, columns(row[c]));
    widths.push_back(width);
  }
  std::string out;
  const auto add_cell = [&](std::size_t c, const std::string& cell) {
    const std::string padding(widths[c] - columns(cell), ' ');
    out += "  ";
    out += columns_[c].right ? padding + cell : cell + padding;
  };
  const auto end_line = [&] {
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
  };
  for (std::size_t c = 0; c < columns_.size(); ++c) add_cell(c, columns_[c].title);
  end_line();
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < columns_.size(); ++c) add_cell(c, row[c]);
    end_line();
  }
  return out;
}

}  // namespace peregrine::gguf
