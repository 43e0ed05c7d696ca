// Loads any bytes as a model and, where they are one, runs its first step.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/memory_budget.h"
#include "base/utf8.h"
#include "gguf/file.h"
#include "model/model.h"
#include "model/testing/first_step.h"

namespace {

// Limits of the fuzzer, not of models: an input is done within milliseconds.
constexpr std::uint64_t kMemoryBytes = std::uint64_t{64} << 20;
constexpr std::uint64_t kMaxParameters = std::uint64_t{1} << 18;
constexpr std::uint32_t kTokens = 3;

void require(bool promise) {
  if (!promise) std::abort();
}

// An error of a file says where, in text that can be shown.
void check(const peregrine::Error& error) {
  require(!error.message.empty() && peregrine::base::utf8_valid(error.text()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace model = peregrine::model;
  const auto file = peregrine::gguf::File::parse(std::as_bytes(std::span(data, size)));
  if (!file) return 0;
  peregrine::base::MemoryBudget budget(kMemoryBytes);
  const auto backend = peregrine::backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
  const auto loaded = model::load_model(*file, *backend);
  if (!loaded) {
    check(loaded.error());
    require(!loaded.error().where.empty());
    return 0;
  }
  if ((*loaded)->info().n_parameters > kMaxParameters) return 0;
  const auto outputs = model::testing::first_step(**loaded, kTokens);
  if (!outputs) {
    check(outputs.error());
    require(outputs.error().code == peregrine::ErrorCode::kResourceExhausted);
  }
  return 0;
}
