#include "service/adapters/tuned_chat.h"

#include <utility>

#include "base/log.h"
#include "model/lora/adapter.h"
#include "service/adapters/adapter_cache.h"

namespace peregrine::service {
namespace {

Result<AdapterCache::Bound> bind(const TunedModels& tuned, const store::StoredAdapter& adapter,
                                 const TextGenerator& base) {
  const auto load_and_bind = [&]() -> Result<AdapterCache::Bound> {
    PEREGRINE_ASSIGN(const model::AdapterWeights weights, tuned.load(adapter));
    return base.model->bind(weights);
  };
  auto bound = base.adapters != nullptr ? base.adapters->get(adapter.id, load_and_bind) : load_and_bind();
  if (bound || bound.error().code != ErrorCode::kResourceExhausted) return bound;
  base::log(base::LogLevel::kError, "{}: {}", adapter.id, bound.error().text());
  return fail(ErrorCode::kUnavailable, "there is no memory for the adapter at the moment");
}

}  // namespace

Result<std::unique_ptr<ChatStream>> start_tuned_chat(const TunedModels& tuned, const ChatRequest& request,
                                                     ModelLease model) {
  const auto* const base = model->as<TextGenerator>();
  if (base == nullptr || !is_tuned_id(request.model)) return start_chat(request, std::move(model));
  PEREGRINE_ASSIGN(const auto adapter, tuned.resolve(request.model));
  if (!adapter) return fail(ErrorCode::kNotFound, "there is no such model", request.model);
  ChatRequest with_adapter = request;
  PEREGRINE_ASSIGN(with_adapter.adapter, bind(tuned, *adapter, *base));
  return start_chat(with_adapter, std::move(model));
}

}  // namespace peregrine::service
