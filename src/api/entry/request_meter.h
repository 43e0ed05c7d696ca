// What one request with a model may use, and what it used: whether its key is permitted the model, the
// limits, the ledger, and how a client is told of them.
//
// A route makes one, opens it when it knows the model, hands admit() to the use case and chat() or finish()
// what came of it. Not thread-safe: the route and its offloaded work take turns.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/api.h"
#include "api/door/request_log.h"
#include "api/errors/errors.h"
#include "http/exchange.h"
#include "service/metering/metering.h"

namespace peregrine::api {

class RequestMeter {
 public:
  // `services` outlives this.
  RequestMeter(const Services& services, http::Exchange& exchange);

  // `model` as the client wrote it; one that there is not passes, since opening it says so. `tier` for
  // errors. Takes milliseconds at times: looks for models in a folder.
  std::optional<ApiError> open(std::string_view model, std::string_view tier = "on_demand");
  service::Admit admit() const;
  // Why admit() said no; nothing when it did not.
  std::optional<ApiError> refusal() const;

  // The stream that settles what it used.
  std::unique_ptr<service::ChatStream> chat(std::unique_ptr<service::ChatStream> stream) const;
  void finish(const service::Used& used) const;
  // There will be no answer but an error. Before it is sent: whoever reads it finds it in the ledger.
  void fail() const;
  // The client went while the work was done: the prompt counts.
  void give_up() const;

  // What remains now, over what the door told.
  void tell(http::Headers& headers) const;

 private:
  const Services& services_;
  const std::shared_ptr<RequestFacts> facts_;
  const std::shared_ptr<const service::ApiKey> key_;
  const std::string id_;
  std::string tier_;
  std::shared_ptr<service::Meter> meter_;  // null: nothing is metered
};

}  // namespace peregrine::api
