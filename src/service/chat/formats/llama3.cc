#include "service/chat/formats/llama3.h"

#include "service/chat/formats/bare_calls.h"

namespace peregrine::service {
namespace {

class Llama3Format final : public BareCallFormat {
 public:
  Llama3Format() : BareCallFormat("<|python_tag|>", "", false) {}
  std::string_view name() const override { return "llama3"; }
};

}  // namespace

std::shared_ptr<const ChatFormat> make_llama3_format() {
  return std::make_shared<Llama3Format>();
}

}  // namespace peregrine::service
