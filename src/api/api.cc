#include "api/api.h"

#include "api/admin/admin.h"
#include "api/audio/routes.h"
#include "api/chat/routes.h"
#include "api/door/door.h"
#include "api/door/request_log.h"
#include "api/embeddings/routes.h"
#include "api/files/routes.h"
#include "api/fine_tunings/routes.h"
#include "api/health/routes.h"
#include "api/models/routes.h"
#include "api/openapi/routes.h"
#include "api/page/routes.h"
#include "api/reranking/routes.h"
#include "api/responses/routes.h"
#include "api/usage/routes.h"

namespace peregrine::api {

http::Router make_router(const Services& services, const Options& options) {
  http::Router router;
  add_health_routes(router, services);
  add_page_routes(router, services);
  add_openapi_routes(router, services);
  add_model_routes(router, services);
  add_chat_routes(router, services, options);
  add_embeddings_routes(router, services);
  add_reranking_routes(router, services);
  add_usage_routes(router, services);
  add_audio_routes(router, services, options);
  if (services.responses != nullptr) add_response_routes(router, services, options);
  if (services.files != nullptr) add_file_routes(router, services);
  if (services.tuned != nullptr) add_fine_tuning_routes(router, services);
  if (services.admin != nullptr) add_admin_routes(router, services);
  return router;
}

http::ErrorRenderer make_error_renderer(const Services& services) {
  return door_error_renderer(services);
}

http::Middleware make_before_hook(const Services& services, const Options& options) {
  return door_middleware(services, options);
}

http::Observer make_observer() {
  return request_log();
}

}  // namespace peregrine::api
