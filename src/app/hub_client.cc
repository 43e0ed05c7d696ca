#include "app/hub_client.h"

#include <cstdlib>
#include <string>
#include <utility>

namespace peregrine::app {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

hub::Options hub_options() {
  hub::Options hub;
  if (std::string endpoint = environment("HF_ENDPOINT"); !endpoint.empty())
    hub.endpoint = std::move(endpoint);
  hub.token = environment("HF_TOKEN");
  hub.ca_file = environment("SSL_CERT_FILE");
  return hub;
}

}  // namespace peregrine::app
