#include "http/protocol_error.h"

namespace peregrine::http {

unsigned status_of(ProtocolError error) {
  switch (error) {
    case ProtocolError::kBadRequest:
      return 400;
    case ProtocolError::kNotFound:
      return 404;
    case ProtocolError::kMethodNotAllowed:
      return 405;
    case ProtocolError::kTimeout:
      return 408;
    case ProtocolError::kBodyTooLarge:
      return 413;
    case ProtocolError::kUriTooLong:
      return 414;
    case ProtocolError::kHeadersTooLarge:
      return 431;
    case ProtocolError::kInternal:
      return 500;
    case ProtocolError::kUnsupported:
      return 501;
    case ProtocolError::kOverloaded:
      return 503;
  }
  return 500;
}

}  // namespace peregrine::http
