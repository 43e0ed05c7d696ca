#include "service/responses/request.h"

#include <cstddef>

namespace peregrine::service {
namespace {

// One try per turn up to here.
constexpr std::size_t kCarefulTurns = 8;
// A thousandfold too long conversation takes fewer.
constexpr int kMaxTries = 256;

}  // namespace

Result<std::unique_ptr<ChatStream>> start_response(ResponseRequest request, const TryChat& start) {
  std::size_t dropped = 0;
  for (int tries = 1;; ++tries) {
    request.chat.messages = to_messages(request.instructions, request.items);
    auto stream = start(request.chat);
    const bool too_long = !stream && stream.error().code == ErrorCode::kResourceExhausted;
    if (!too_long || !request.truncate || tries == kMaxTries) return stream;
    std::size_t more = 1 + dropped / kCarefulTurns;
    while (more > 0 && !drop_oldest_turns(request.items, more)) more /= 2;
    if (more == 0) return stream;
    dropped += more;
  }
}

}  // namespace peregrine::service
