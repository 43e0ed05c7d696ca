#include "service/chat/formats/format.h"

namespace peregrine::service {

std::string control_mark(std::string_view piece) {
  return kControlMark + std::string(piece);
}

}  // namespace peregrine::service
