// The errors that the server itself answers, before or instead of a handler. The owner of the server gives
// them a body through an ErrorRenderer, so that every answer has the API's own envelope.
#pragma once

#include <functional>
#include <string_view>

#include "http/message.h"

namespace peregrine::http {

enum class ProtocolError {
  kBadRequest,        // 400
  kNotFound,          // 404: no route has this path
  kMethodNotAllowed,  // 405: a route has this path, not this method; the server adds `allow`
  kTimeout,           // 408: head or body came too slowly
  kBodyTooLarge,      // 413
  kUriTooLong,        // 414
  kHeadersTooLarge,   // 431
  kInternal,          // 500: a handler threw, or never answered
  kUnsupported,       // 501: an expectation or transfer coding that we do not implement
  kOverloaded,        // 503: too many connections, or too many bytes of bodies
};

// The status that HTTP gives the error, as listed above.
unsigned status_of(ProtocolError error);

// Makes the answer. `detail` is one sentence for the client. `request` is null when the head was never
// understood; its body is empty unless the handler ran. Called on io threads, concurrently: must not block.
using ErrorRenderer = std::function<Response(ProtocolError, std::string_view detail, const Request* request)>;

}  // namespace peregrine::http
