// /admin/v1/models, /admin/v1/catalogue.
#include <algorithm>
#include <utility>

#include "api/admin/gate.h"
#include "api/admin/wire.h"
#include "api/entry/listing.h"
#include "api/json/path.h"

namespace peregrine::api {
namespace {

using http::Exchange;

Body list_models(Exchange& exchange, const Services& services) {
  service::ModelLibrary& library = services.admin->library;
  const auto listing = service::ModelFolder(library.folder()).list();
  if (!listing) return tl::unexpected(admin_error(listing.error(), exchange));
  return render_admin_models(library.uses(), listing->unfinished, library.budget());
}

Body show(Exchange& exchange, const Services& services) {
  const std::string_view asked = exchange.param("model");
  const auto id = services.admin->library.resolve(asked);
  const std::vector<service::ModelUse> all = services.admin->library.uses();
  const auto found =
      std::ranges::find_if(all, [&](const service::ModelUse& use) { return id && use.status.id == *id; });
  if (found == all.end()) return tl::unexpected(make_error(ErrorKind::kModelNotFound, clip(asked)));
  return render_admin_model(*found);
}

Body changed(Exchange& exchange, const Services& services,
             Status (service::ModelLibrary::*change)(std::string_view)) {
  if (const Status body = check_no_body(exchange.request().body); !body) {
    return tl::unexpected(admin_error(body.error(), exchange));
  }
  const std::string_view asked = exchange.param("model");
  const Status done = (services.admin->library.*change)(asked);
  if (done) return show(exchange, services);
  if (done.error().code == ErrorCode::kNotFound) {
    return tl::unexpected(make_error(ErrorKind::kModelNotFound, clip(asked)));
  }
  return tl::unexpected(admin_error(done.error(), exchange));
}

Body load(Exchange& exchange, const Services& services) {
  return changed(exchange, services, &service::ModelLibrary::order);
}

Body unload(Exchange& exchange, const Services& services) {
  return changed(exchange, services, &service::ModelLibrary::dismiss);
}

Body remove(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("model");
  if (services.admin->pulls != nullptr && services.admin->pulls->fetches(id)) {
    return tl::unexpected(make_error(ErrorKind::kConflict, "the file is being fetched: cancel that first"));
  }
  const Status gone = services.admin->library.remove(id);
  if (gone) return render_deleted("admin.model", id);
  if (gone.error().code == ErrorCode::kNotFound) {
    return tl::unexpected(make_error(ErrorKind::kModelNotFound, clip(id)));
  }
  return tl::unexpected(admin_error(gone.error(), exchange));
}

Body list_catalogue(Exchange&, const Services&) {
  return render_catalogue(service::Catalogue::builtin());
}

}  // namespace

void add_admin_model_routes(http::Router& router, const Services& services) {
  add_admin_route(router, services, "GET", "/models", list_models);
  add_admin_route(router, services, "GET", "/models/{model}", show);
  add_admin_route(router, services, "DELETE", "/models/{model}", remove);
  add_admin_route(router, services, "POST", "/models/{model}/load", load);
  add_admin_route(router, services, "POST", "/models/{model}/unload", unload);
  add_admin_route(router, services, "GET", "/catalogue", list_catalogue);
}

}  // namespace peregrine::api
