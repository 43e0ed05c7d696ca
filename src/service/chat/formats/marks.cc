#include "service/chat/formats/marks.h"

#include "service/chat/formats/format.h"

namespace peregrine::service {

std::size_t mark_length(std::string_view raw) {
  if (!raw.starts_with(kControlMark)) return 0;
  const char open = raw.size() > 1 ? raw[1] : '\0';
  if (open != '<' && open != '[') return 1;
  const std::size_t end = raw.substr(0, kMaxMarkBytes).find(open == '<' ? '>' : ']');
  return end == std::string_view::npos ? 1 : end + 1;
}

}  // namespace peregrine::service
