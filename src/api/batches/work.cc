#include "api/batches/batches.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "api/batches/wire.h"
#include "api/door/request_log.h"
#include "api/door/scope.h"
#include "api/errors/errors.h"
#include "base/ids.h"
#include "http/in_process.h"
#include "service/metering/metering.h"

namespace peregrine::api {
namespace {

using service::BatchLine;
using service::LineOutcome;

// Requests that do not compute, tokenising and rendering: what the engines leave of the machine is enough.
constexpr unsigned kWorkers = 2;

LineOutcome outcome_of(std::string_view custom_id, const http::Response& response) {
  LineOutcome outcome;
  outcome.text = render_answered_line(custom_id, response);
  switch (response.status) {
    case 200:
      outcome.kind = LineOutcome::Kind::kSucceeded;
      break;
    case 429:
    case 498:
    case 503:
      outcome.kind = LineOutcome::Kind::kBusy;
      break;
    default:
      outcome.kind = LineOutcome::Kind::kFailed;
  }
  return outcome;
}

class RouteWork final : public service::BatchWork {
 public:
  RouteWork(const Services& services, const Options& options)
      : metering_({}, services.usage), routes_(make_router(for_lines(services), options), kWorkers) {}

  tl::expected<BatchLine, store::BatchFault> read(std::string_view text) const override {
    return parse_batch_line(text);
  }

  std::shared_ptr<void> start(BatchLine line, std::shared_ptr<const service::ApiKey> key,
                              Done done) override {
    http::InProcess::Question question;
    question.common.set("x-request-id", base::type_id("req"));
    if (!permits(key->scope, "POST", line.url)) {
      http::Response refused =
          error_response(make_error(ErrorKind::kNotPermitted, fmt::format("POST {}", line.url)));
      refused.headers.set("x-request-id", std::string(question.common.get("x-request-id")));
      done(outcome_of(line.custom_id, refused));
      return std::make_shared<bool>();
    }
    question.request.method = "POST";
    question.request.target = line.url;
    question.request.path = std::move(line.url);
    question.request.headers.set("content-type", "application/json");
    question.request.body = std::move(line.body);
    const auto facts = std::make_shared<RequestFacts>();
    facts->key = std::move(key);
    question.context = facts;
    return routes_.ask(std::move(question), [custom_id = std::move(line.custom_id), done = std::move(done)](
                                                const std::optional<http::Response>& response) {
      done(response ? outcome_of(custom_id, *response) : LineOutcome());
    });
  }

  std::string refuse(std::string_view custom_id, std::string_view code,
                     std::string_view message) const override {
    return render_refused_line(custom_id, code, message);
  }

 private:
  // Batches have a budget of their own, which is not limited, and the same ledger. What clients ask at the
  // flex tier themselves goes before their lines.
  Services for_lines(Services services) {
    if (services.metering != nullptr) metering_.run_beside(*services.metering);
    services.metering = &metering_;
    services.start_chat = [start = std::move(services.start_chat)](const service::ChatRequest& asked,
                                                                   service::ModelLease model) {
      service::ChatRequest request = asked;
      request.priority = engine::Priority::kBatch;
      return start(request, std::move(model));
    };
    services.admin = nullptr;  // no line administers
    return services;
  }

  service::Metering metering_;
  http::InProcess routes_;  // last: handlers use what stands above
};

}  // namespace

std::unique_ptr<service::BatchWork> make_batch_work(const Services& services, const Options& options) {
  return std::make_unique<RouteWork>(services, options);
}

}  // namespace peregrine::api
