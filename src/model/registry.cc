// The architectures there are. A new one is a file under arch/ and a line here.
#include <fmt/format.h>

#include <array>

#include "model/arch/llama.h"
#include "model/model.h"

namespace peregrine::model {
namespace {

struct Architecture {
  std::string_view name;  // general.architecture
  Result<std::unique_ptr<Model>> (*load)(const gguf::File&, backend::Backend&);
};

constexpr std::array kArchitectures = {
    Architecture{"llama", load_llama},
};

}  // namespace

Result<std::unique_ptr<Model>> load_model(const gguf::File& file, backend::Backend& backend) {
  constexpr const char* kKey = "general.architecture";
  PEREGRINE_ASSIGN(const std::string_view name, file.metadata().string(kKey));
  std::string known;
  for (const Architecture& architecture : kArchitectures) {
    if (architecture.name == name) return architecture.load(file, backend);
    known += known.empty() ? "" : ", ";
    known += architecture.name;
  }
  return fail(ErrorCode::kUnsupported,
              fmt::format("architecture '{}' is not supported; known: {}", name.substr(0, 64), known), kKey);
}

}  // namespace peregrine::model
