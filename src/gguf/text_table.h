// Rows of text in aligned columns.
#pragma once

#include <string>
#include <vector>

namespace peregrine::gguf {

class TextTable {
 public:
  struct Column {
    std::string title;
    bool right = false;  // numbers stand at the right
  };

  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as there are columns, each valid UTF-8 without line breaks.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  // A line of titles, then the rows, each indented by two spaces, with no space at the ends of lines.
  std::string render() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace peregrine::gguf
