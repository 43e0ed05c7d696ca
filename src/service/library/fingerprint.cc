#include "service/library/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/ids.h"
#include "tensor/dtype.h"

namespace peregrine::service {
namespace {

// Names, types and sizes; and the first bytes of the largest tensor, which tell apart two trainings of one
// shape.
void append_tensors(std::string& facts, std::span<const gguf::TensorInfo> tensors) {
  for (const gguf::TensorInfo& tensor : tensors) {
    facts += fmt::format("|{}:{}:{}", tensor.name, tensor::traits(tensor.type).name, tensor.data.size());
  }
  const auto largest = std::max_element(tensors.begin(), tensors.end(), [](const auto& a, const auto& b) {
    return a.data.size() < b.data.size();
  });
  if (largest == tensors.end()) return;
  constexpr std::size_t kSample = 65536;
  const auto sample = largest->data.first(std::min(kSample, largest->data.size()));
  facts.append(reinterpret_cast<const char*>(sample.data()), sample.size());
}

std::string digest(const std::string& facts) {
  return "fp_" + base::sha256_hex(facts).substr(0, 10);
}

}  // namespace

std::string fingerprint_of(const gguf::File& file) {
  std::string facts = PEREGRINE_VERSION;
  for (const auto& entry : file.metadata().entries())
    facts += fmt::format("|{}={}", entry.key, file.metadata().render(entry, 64));
  append_tensors(facts, file.tensors());
  return digest(facts);
}

std::string fingerprint_of(const gguf::WhisperFile& file) {
  std::string facts = PEREGRINE_VERSION "|whisper";
  append_tensors(facts, file.tensors());
  return digest(facts);
}

}  // namespace peregrine::service
