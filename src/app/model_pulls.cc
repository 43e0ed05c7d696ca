#include "app/model_pulls.h"

#include <utility>
#include <variant>

#include "app/hub_client.h"
#include "hub/client.h"
#include "hub/response_head.h"
#include "hub/url.h"
#include "service/catalogue/catalogue.h"
#include "service/catalogue/model_folder.h"
#include "service/catalogue/pull.h"
#include "service/catalogue/reference.h"
#include "service/metering/metering.h"

namespace peregrine::app {
namespace {

// What both halves of an office know.
struct Hub {
  hub::Client client;
  service::ModelFolder folder;

  Result<service::ModelReference> reference(const service::PullOrder& order) const {
    return service::parse_model_reference(order.source, service::Catalogue::builtin(),
                                          client.endpoint().text);
  }
};

Status check(const Hub& hub, const service::PullOrder& order) {
  const auto reference = hub.reference(order);
  if (!reference) return fail(ErrorCode::kInvalidArgument, reference.error().text(), "source");
  const auto* named = std::get_if<service::UrlReference>(&*reference);
  if (named != nullptr) {
    // Before anything of it is kept: it may hold a password.
    const auto url = hub::parse_url(named->url);
    if (!url) return fail(ErrorCode::kInvalidArgument, url.error().text(), "source");
  }
  if (order.sha256.empty()) return {};
  if (!hub::parse_sha256(order.sha256)) {
    return fail(ErrorCode::kInvalidArgument, "must be 64 hexadecimal digits", "sha256");
  }
  if (named == nullptr) {
    return fail(ErrorCode::kInvalidArgument, "is for URLs; the hub tells its files' digests itself",
                "sha256");
  }
  return {};
}

Result<service::PulledModel> fetch(const Hub& hub, const service::PullOrder& order,
                                   const service::PullObserver& observer) {
  PEREGRINE_ASSIGN(const service::ModelReference reference, hub.reference(order));
  service::PullOptions options;
  options.sha256 = hub::parse_sha256(order.sha256).value_or("");
  return service::pull_model(hub.client, hub.folder, reference, options, observer);
}

}  // namespace

Result<std::unique_ptr<service::Pulls>> open_pulls(const Settings& settings) {
  if (!settings.allow_pulls) return nullptr;
  hub::Options options = hub_options();
  options.public_only = !settings.allow_private_pulls;
  PEREGRINE_ASSIGN(hub::Client client, hub::Client::create(std::move(options)));
  const auto hub =
      std::make_shared<const Hub>(Hub{std::move(client), service::ModelFolder(settings.models_dir)});
  service::PullOffice office;
  office.check = [hub](const service::PullOrder& order) { return check(*hub, order); };
  office.fetch = [hub](const service::PullOrder& order, const service::PullObserver& observer) {
    return fetch(*hub, order, observer);
  };
  office.folder = settings.models_dir;
  office.clock = service::Metering::unix_now;
  return std::make_unique<service::Pulls>(std::move(office));
}

}  // namespace peregrine::app
