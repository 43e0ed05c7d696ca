#include "app/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace peregrine::app {
namespace {

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = columns_[i].title.size();
    for (const auto& row : rows_) width = std::max(width, row[i].size());
    widths.push_back(width);
  }
  const auto line = [&](auto cell_of) {
    std::string out;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& cell = cell_of(i);
      if (columns_[i].align == Align::kRight) {
        out += fmt::format("{:>{}}", cell, widths[i]);
      } else {
        out += fmt::format("{:<{}}", cell, widths[i]);
      }
      out += "  ";
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out + "\n";
  };
  std::string out = line([&](std::size_t i) -> const std::string& { return columns_[i].title; });
  for (const auto& row : rows_) out += line([&](std::size_t i) -> const std::string& { return row[i]; });
  return out;
}

std::string Table::csv() const {
  const auto line = [&](auto cell_of) {
    std::string out;
    for (std::size_t i = 0; i < columns_.size(); ++i) out += (i == 0 ? "" : ",") + quoted(cell_of(i));
    return out + "\r\n";
  };
  std::string out = line([&](std::size_t i) { return columns_[i].title; });
  for (const auto& row : rows_) out += line([&](std::size_t i) { return row[i]; });
  return out;
}

}  // namespace peregrine::app
