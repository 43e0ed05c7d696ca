#include "model/lora/files/adapter_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "gguf/byte_reader.h"
#include "model/lora/files/limits.h"
#include "model/lora/files/zip.h"

namespace peregrine::model {

AdapterFormat adapter_format(std::span<const std::byte> bytes) {
  const std::string_view text = gguf::as_text(bytes);
  if (text.starts_with("PK")) return AdapterFormat::kZip;
  return text.starts_with(gguf::kMagic) ? AdapterFormat::kGguf : AdapterFormat::kUnknown;
}

Result<AdapterWeights> read_adapter(std::span<const std::byte> bytes, const AdapterBase& base) {
  switch (adapter_format(bytes)) {
    case AdapterFormat::kZip: {
      PEREGRINE_ASSIGN(const AdapterArchive archive, read_adapter_zip(bytes));
      return read_peft_adapter(archive.config, archive.weights, base);
    }
    case AdapterFormat::kGguf:
      return read_gguf_adapter(bytes, base);
    case AdapterFormat::kUnknown:
      break;
  }
  return fail(ErrorCode::kCorrupt, "the file is neither a ZIP archive nor a GGUF file");
}

void reorder_rows(const BaseTarget& target, std::uint32_t columns, std::vector<float>& matrix) {
  if (target.order == RowOrder::kSame) return;
  const std::size_t width = columns;
  const std::size_t head_rows = target.out / target.heads;
  std::vector<float> head(head_rows * width);
  for (std::size_t h = 0; h < target.heads; ++h) {
    float* const rows = matrix.data() + h * head_rows * width;
    for (std::size_t row = 0; row < head_rows; ++row) {
      const std::size_t half = row / (head_rows / 2);
      const std::size_t pair = row % (head_rows / 2);
      std::copy_n(rows + row * width, width, head.data() + (2 * pair + half) * width);
    }
    std::ranges::copy(head, rows);
  }
}

}  // namespace peregrine::model
