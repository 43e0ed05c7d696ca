#include "app/synthetic/model_file.h"

#include <fmt/format.h>

#include <cstring>
#include <span>
#include <string>
#include <system_error>

#include "app/synthetic/keys.h"
#include "app/synthetic/layout.h"
#include "app/synthetic/random_weights.h"
#include "base/atomic_file.h"
#include "base/checked.h"
#include "base/memory_budget.h"
#include "gguf/file.h"
#include "gguf/tensor_types.h"

namespace peregrine::app::synthetic {
namespace {

constexpr std::uint64_t kAlignment = gguf::kDefaultAlignment;
constexpr std::size_t kTensorCountOffset = 8;  // in the header: magic, version, then this

void put_bytes(std::vector<std::byte>& out, std::span<const std::byte> bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

template <class T>
void put(std::vector<std::byte>& out, T value) {
  put_bytes(out, std::as_bytes(std::span(&value, 1)));
}

std::uint64_t padded(std::uint64_t size) {
  return base::ceil_div(size, kAlignment) * kAlignment;
}

// Header and keys, up to where the tensor table begins, for `n_tensors` tensors. gguf::Writer encodes them,
// as a file without tensors: it wants tensors in memory, which these are not.
Result<std::vector<std::byte>> header(const ModelSpec& spec, std::uint64_t n_tensors) {
  PEREGRINE_ASSIGN(std::vector<std::byte> head, keys_of(spec).bytes());
  {
    PEREGRINE_ASSIGN(const gguf::File file, gguf::File::parse(head));
    const std::span<const std::byte> last = file.metadata().entries().back().bytes;
    head.resize(static_cast<std::size_t>(last.data() + last.size() - head.data()));
  }
  std::memcpy(head.data() + kTensorCountOffset, &n_tensors, sizeof n_tensors);
  return head;
}

Result<std::vector<std::byte>> head_of(const ModelSpec& spec, const std::vector<PlannedTensor>& tensors) {
  PEREGRINE_ASSIGN(std::vector<std::byte> head, header(spec, tensors.size()));
  std::uint64_t offset = 0;
  for (const PlannedTensor& tensor : tensors) {
    put(head, std::uint64_t{tensor.name.size()});
    put_bytes(head, std::as_bytes(std::span(tensor.name)));
    put(head, static_cast<std::uint32_t>(tensor.shape.size()));
    for (const std::uint64_t dim : tensor.shape) put(head, dim);
    put(head, gguf::tensor_type_id(tensor.type));
    put(head, offset);
    offset += padded(tensor.bytes());
  }
  head.resize(padded(head.size()));
  return head;
}

Status emit(const ModelSpec& spec, const std::vector<PlannedTensor>& tensors, base::ByteSink sink,
            Progress progress) {
  PEREGRINE_ASSIGN(const std::vector<std::byte> head, head_of(spec, tensors));
  PEREGRINE_TRY(sink(head));
  const std::uint64_t total = total_bytes(tensors);
  std::uint64_t done = 0;
  RandomWeights weights(spec.seed);
  const std::vector<std::byte> zeros(kAlignment);
  const auto counted = [&](std::span<const std::byte> bytes) -> Status {
    PEREGRINE_TRY(sink(bytes));
    done += bytes.size();
    progress(done, total);
    return {};
  };
  for (const PlannedTensor& tensor : tensors) {
    PEREGRINE_TRY(weights.emit(tensor, counted));
    PEREGRINE_TRY(sink(std::span(zeros).first(padded(tensor.bytes()) - tensor.bytes())));
  }
  return {};
}

}  // namespace

Status check_space(const std::filesystem::path& path, std::uint64_t bytes) {
  std::error_code unknown;
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const auto space = std::filesystem::space(folder, unknown);
  if (unknown || space.available >= bytes) return {};
  return fail(ErrorCode::kResourceExhausted,
              fmt::format("the model takes {}, {} are free there", base::format_bytes(bytes),
                          base::format_bytes(space.available)),
              path.string());
}

Status write_model(const ModelSpec& spec, const std::filesystem::path& path, Progress progress) {
  const std::vector<PlannedTensor> tensors = plan_tensors(spec);
  PEREGRINE_TRY(check_space(path, total_bytes(tensors)));
  return base::write_file_atomically(
      path, [&](base::ByteSink sink) { return emit(spec, tensors, sink, progress); });
}

Result<std::vector<std::byte>> model_bytes(const ModelSpec& spec) {
  std::vector<std::byte> out;
  const auto append = [&out](std::span<const std::byte> bytes) -> Status {
    put_bytes(out, bytes);
    return {};
  };
  PEREGRINE_TRY(emit(spec, plan_tensors(spec), append, [](std::uint64_t, std::uint64_t) {}));
  return out;
}

}  // namespace peregrine::app::synthetic
