#include <string>

#include "api/fine_tunings/wire.h"
#include "api/json/document.h"
#include "api/json/schema.h"

namespace peregrine::api {
namespace {

constexpr std::size_t kMaxText = 256;  // of an id or a name

struct Call {
  service::NewAdapter order;
  std::string model;  // the older name of base_model
};

Status read_file_id(const Json& value, const Path& path, Call& call) {
  PEREGRINE_ASSIGN(call.order.input_file_id, read_text(value, path, kMaxText));
  return {};
}

Status read_name(const Json& value, const Path& path, Call& call) {
  PEREGRINE_ASSIGN(call.order.name, read_text(value, path, kMaxText));
  return {};
}

Status read_type(const Json& value, const Path& path, Call& call) {
  PEREGRINE_TRY(read_enum(value, path, {service::kLoraType}).map([](std::size_t) {}));
  call.order.type = service::kLoraType;
  return {};
}

Status read_base(const Json& value, const Path& path, Call& call) {
  PEREGRINE_ASSIGN(call.order.base_model, read_model_id(value, path));
  return {};
}

Status read_model(const Json& value, const Path& path, Call& call) {
  PEREGRINE_ASSIGN(call.model, read_model_id(value, path));
  return {};
}

constexpr Field<Call> kFields[] = {
    {"input_file_id", read_file_id, Presence::kRequired},
    {"name", read_name, Presence::kRequired},
    {"type", read_type, Presence::kRequired},
    {"base_model", read_base},
    {"model", read_model},
};

}  // namespace

Result<service::NewAdapter> parse_fine_tuning(std::string_view body) {
  PEREGRINE_ASSIGN(Call call, parse_body<Call>(body, kFields));
  std::string& base = call.order.base_model;
  if (base.empty() && call.model.empty()) return schema_detail::missing_property(Path(), "base_model");
  const Path root;
  if (!base.empty() && !call.model.empty() && base != call.model) {
    return wrong(root / "model", "is another name of 'base_model': give one of them");
  }
  if (base.empty()) base = call.model;
  return call.order;
}

}  // namespace peregrine::api
