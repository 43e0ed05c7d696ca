// Weights from a file's rows to panels of interleaved rows, in parts: little of a source has to be in memory
// beside its panels at any time.
#include <algorithm>
#include <cmath>
#include <vector>

#include "backend/cpu/cpu_backend.h"
#include "backend/cpu/weight_cache.h"
#include "base/log.h"
#include "tensor/codec.h"

namespace peregrine::backend::cpu {
namespace {

constexpr std::uint64_t kPartBytes = std::uint64_t{8} << 20;
// Of converted weights: every scale of theirs is a finite F16. Nothing that was trained comes near it.
constexpr float kLargest = 65504.0F;

// n rows of the source in the type they are kept in.
std::vector<std::byte> convert_rows(const WeightSource& source, const std::byte* rows, std::uint64_t n) {
  const std::uint64_t row_bytes = *tensor::row_bytes(source.dtype, source.cols);
  const std::uint64_t kept_bytes = *tensor::row_bytes(*source.kept_as, source.cols);
  std::vector<float> values(source.cols);
  std::vector<std::byte> converted(n * kept_bytes);
  for (std::uint64_t r = 0; r < n; ++r) {
    tensor::dequantize_row(source.dtype, rows + r * row_bytes, values.data(), source.cols);
    // load_matrix() has seen to it that there is such a codec. Values that are not finite have no meaning.
    for (float& value : values) value = std::isfinite(value) ? std::clamp(value, -kLargest, kLargest) : 0.0F;
    (void)tensor::quantize_row(*source.kept_as, values.data(), converted.data() + r * kept_bytes,
                               source.cols);
  }
  return converted;
}

// A matrix to be read, held while it is.
struct WantedMatrix {
  std::shared_ptr<Memory> panels;
  WeightSource source;
};

std::vector<KeptMatrix> as_kept(std::span<const WantedMatrix> wanted) {
  std::vector<KeptMatrix> kept;
  kept.reserve(wanted.size());
  for (const WantedMatrix& w : wanted) {
    const std::uint64_t row_bytes = *tensor::row_bytes(w.source.type_kept(), w.source.cols);
    kept.push_back({w.source.type_kept(),
                    w.source.rows,
                    w.source.cols,
                    {w.panels->data(), kernels::panel_bytes(w.source.rows, row_bytes)}});
  }
  return kept;
}

}  // namespace

Status CpuBackend::read_weights(const WeightReading& reading) {
  std::vector<WantedMatrix> wanted;
  std::uint64_t total = 0;
  for (const UnreadMatrix& u : std::exchange(unread_, {})) {
    // A model that could not be loaded has left nothing to read.
    if (auto panels = u.panels.lock()) wanted.push_back({std::move(panels), u.source});
    total += u.source.bytes.size();
  }
  const std::vector<KeptMatrix> kept = reading.kept.empty() ? std::vector<KeptMatrix>() : as_kept(wanted);
  if (!kept.empty()) {
    PEREGRINE_ASSIGN(const bool mapped, map_weights(reading.kept, reading.key, kept));
    if (mapped) return {};
  }
  std::uint64_t done = 0;
  for (const WantedMatrix& w : wanted) {
    PEREGRINE_TRY(read_matrix(w.source, w.panels->data(), reading, total, done));
    done += w.source.bytes.size();
  }
  if (kept.empty()) return {};
  if (const auto written = keep_weights(reading.kept, reading.key, kept); !written) {
    base::log(base::LogLevel::kWarning, "the weights are not kept for the next start: {}",
              written.error().text());
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
      const std::uint64_t n = std::min(kPanelRows, n_rows - row);
      const std::byte* rows = part.data() + row * row_bytes;
      std::vector<std::byte> converted;
      if (source.kept_as) {
        converted = convert_rows(source, rows, n);
        rows = converted.data();
      }
      const std::uint64_t kept_bytes = *tensor::row_bytes(source.type_kept(), source.cols);
      kernels::interleave_rows(source.type_kept(), rows, kept_bytes, n, panels + (first + row) * kept_bytes);
    });
    if (reading.release) reading.release(part);
  }
  return {};
}

}  // namespace peregrine::backend::cpu
