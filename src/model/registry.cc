// The architectures there are. A new one is a file under arch/ and a line here.
#include <fmt/format.h>

#include <array>

#include "gguf/printable.h"
#include "model/arch/bert.h"
#include "model/arch/deepseek2.h"
#include "model/arch/gemma2.h"
#include "model/arch/gpt_oss.h"
#include "model/arch/llama.h"
#include "model/arch/llama4.h"
#include "model/arch/qwen.h"
#include "model/model.h"

namespace peregrine::model {
namespace {

constexpr std::size_t kShownChars = 64;  // of a file's text in an error

struct Architecture {
  std::string_view name;  // general.architecture
  Result<std::unique_ptr<Model>> (*load)(const gguf::File&, backend::Backend&);
};

constexpr std::array kArchitectures = {
    Architecture{"llama", load_llama},   Architecture{"qwen2", load_qwen},
    Architecture{"qwen3", load_qwen},    Architecture{"qwen3moe", load_qwen},
    Architecture{"gemma2", load_gemma2}, Architecture{"gpt-oss", load_gpt_oss},
    Architecture{"llama4", load_llama4}, Architecture{"deepseek2", load_deepseek2},
    Architecture{"bert", load_bert},     Architecture{"nomic-bert", load_bert},
};

}  // namespace

Result<std::vector<std::unique_ptr<backend::KvStore>>> allocate_kv(const Model& model,
                                                                   std::uint32_t block_tokens,
                                                                   tensor::DType dtype,
                                                                   std::uint32_t n_blocks) {
  std::vector<std::unique_ptr<backend::KvStore>> stores;
  for (const KvGroup& group : model.info().kv) {
    PEREGRINE_ASSIGN(auto store, model.backend().allocate_kv(group.layout(block_tokens, dtype), n_blocks));
    stores.push_back(std::move(store));
  }
  return stores;
}

Result<std::unique_ptr<Model>> load_model(const gguf::File& file, backend::Backend& backend,
                                          Weights weights) {
  constexpr const char* kKey = "general.architecture";
  PEREGRINE_ASSIGN(const std::string_view name, file.metadata().string(kKey));
  std::string known;
  for (const Architecture& architecture : kArchitectures) {
    if (architecture.name == name) {
      PEREGRINE_ASSIGN(auto model, architecture.load(file, backend));
      if (weights == Weights::kRead) PEREGRINE_TRY(backend.read_weights({}));
      return model;
    }
    known += known.empty() ? "" : ", ";
    known += architecture.name;
  }
  return fail(ErrorCode::kUnsupported,
              fmt::format("architecture '{}' is not supported; known: {}",
                          gguf::printable(name, gguf::PrintStyle::kLine, kShownChars), known),
              kKey);
}

}  // namespace peregrine::model
