// A request that did not work: what to tell, and whether trying again may help.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "hub/response_head.h"
#include "hub/url.h"

namespace peregrine::hub {

struct Failure {
  Error error;
  bool transient = false;
  bool crowded = false;  // the server asks for less: 429, 503
  std::chrono::seconds retry_after{0};
};

// Of a response with a status that is neither 2xx nor a redirect. `hub`: it came from the endpoint, whose
// X-Error-Message says more; `with_token`: a token was sent.
Failure failure_of_status(const ResponseHead& head, const Url& url, bool hub, bool with_token);

// Of a transfer that libcurl could not finish; `detail` is its error buffer.
Failure failure_of_curl(CURLcode code, std::string_view detail, const Url& url);

// Something the server said that contradicts itself or HTTP.
Failure failure_of_protocol(std::string_view what, const Url& url);

}  // namespace peregrine::hub
