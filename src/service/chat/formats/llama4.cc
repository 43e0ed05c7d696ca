#include "service/chat/formats/llama4.h"

#include "service/chat/formats/bare_calls.h"

namespace peregrine::service {
namespace {

class Llama4Format final : public BareCallFormat {
 public:
  Llama4Format() : BareCallFormat("<|python_start|>", "<|python_end|>", true) {}
  std::string_view name() const override { return "llama4"; }
};

}  // namespace

std::shared_ptr<const ChatFormat> make_llama4_format() {
  return std::make_shared<Llama4Format>();
}

}  // namespace peregrine::service
