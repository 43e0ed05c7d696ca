// Weights from a file's rows to panels of interleaved rows, in parts: little of a source has to be in memory
// beside its panels at any time.
#include <algorithm>

#include "backend/cpu/cpu_backend.h"

namespace peregrine::backend::cpu {
namespace {

constexpr std::uint64_t kPartBytes = std::uint64_t{8} << 20;

}  // namespace

Status CpuBackend::read_weights(const WeightReading& reading) {
  const std::vector<UnreadMatrix> unread = std::exchange(unread_, {});
  std::uint64_t total = 0;
  for (const UnreadMatrix& u : unread) total += u.source.bytes.size();
  std::uint64_t done = 0;
  for (const UnreadMatrix& u : unread) {
    // A model that could not be loaded has left nothing to read.
    if (const auto panels = u.panels.lock())
      PEREGRINE_TRY(read_matrix(u.source, panels->data(), reading, total, done));
    done += u.source.bytes.size();
  }
  return {};
}

Status CpuBackend::read_matrix(const WeightSource& source, std::byte* panels, const WeightReading& reading,
                               std::uint64_t total, std::uint64_t done) {
  using kernels::kPanelRows;
  const std::uint64_t row_bytes = source.bytes.size() / source.rows;
  const std::uint64_t part_rows =
      std::max<std::uint64_t>(1, kPartBytes / (row_bytes * kPanelRows)) * kPanelRows;
  for (std::uint64_t first = 0; first < source.rows; first += part_rows) {
    if (reading.progress && !reading.progress(done + first * row_bytes, total))
      return fail(ErrorCode::kCancelled, "loading was stopped");
    const std::uint64_t n_rows = std::min(part_rows, source.rows - first);
    const auto part = source.bytes.subspan(first * row_bytes, n_rows * row_bytes);
    if (reading.prepare) PEREGRINE_TRY(reading.prepare(part));
    for_each(kernels::panels_of(n_rows), [&](Lane&, std::size_t panel) {
      const std::uint64_t row = panel * kPanelRows;
      kernels::interleave_rows(source.dtype, part.data() + row * row_bytes, row_bytes,
                               std::min(kPanelRows, n_rows - row), panels + (first + row) * row_bytes);
    });
    if (reading.release) reading.release(part);
  }
  return {};
}

}  // namespace peregrine::backend::cpu
