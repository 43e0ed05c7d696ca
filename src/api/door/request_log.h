// The line that the log has of every request, and what is gathered for it on the request's way. It has
// neither the path as it was sent, nor anything of the body, nor a key: the route, figures, and ids.
#pragma once

#include <memory>
#include <string_view>

#include "http/server.h"
#include "service/keys/keys.h"
#include "service/metering/metering.h"

namespace peregrine::api {

// Labels of answers that no route gave.
inline constexpr const char* kDoorRoute = "door";
inline constexpr const char* kNoRoute = "none";

// One request's; whoever works for it takes turns.
struct RequestFacts {
  std::shared_ptr<const service::ApiKey> key;   // null on open paths, and where the door stayed shut
  std::string_view route = kNoRoute;            // lives as long as the router
  unsigned status = 0;                          // as the route has it; 0: as it was sent
  std::shared_ptr<const service::Meter> meter;  // of what a model did for it
};

// Of a request that is at the door, or behind it. Made by the first call.
std::shared_ptr<RequestFacts> facts_of(http::Exchange& exchange);

http::Observer request_log();

}  // namespace peregrine::api
