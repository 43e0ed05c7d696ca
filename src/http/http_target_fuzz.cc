// Any target is parsed or refused; what is parsed keeps the promises of target.h, and routing takes it.
#include <cstdint>
#include <cstdlib>

#include "base/utf8.h"
#include "http/exchange.h"
#include "http/router.h"
#include "http/target.h"

namespace {

using namespace peregrine::http;

Task<void> nothing(Exchange&) {
  co_return;
}

Router make_router() {
  Router router;
  router.add("GET", "/v1/models/{model...}", nothing);
  router.add("GET", "/v1/files/{id}/content", nothing);
  router.add("GET", "/v1/files/{id}", nothing);
  router.add("POST", "/v1/{any}", nothing);
  return router;
}

void require(bool condition) {
  if (!condition) std::abort();
}

bool is_clean(const std::string& text) {
  return peregrine::base::utf8_valid(text) && text.find('\0') == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Router router = make_router();
  const auto target = parse_target({reinterpret_cast<const char*>(data), size});
  if (!target) {
    require(!target.error().message.empty());
    return 0;
  }
  const std::string& path = target->path;
  require(path == "*" || (path.starts_with('/') && !path.starts_with("//")));
  require(target->query.size() <= kMaxQueryFields);
  for (const auto& [name, value] : target->query) require(is_clean(name) && is_clean(value));
  for (const char* method : {"GET", "HEAD", "POST"}) {
    const Router::Match match = router.match(method, path);
    for (const auto& [name, value] : match.params) {
      require(!value.empty() && is_clean(value) && value.size() <= size);
    }
  }
  return 0;
}
