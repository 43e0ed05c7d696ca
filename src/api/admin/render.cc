#include <algorithm>
#include <chrono>
#include <optional>

#include "api/admin/wire.h"
#include "api/entry/listing.h"
#include "api/json/writer.h"
#include "service/limits/limits.h"

namespace peregrine::api {
namespace {

using base::MemoryKind;

std::int64_t amount(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

void write_time(JsonWriter& json, const std::optional<std::int64_t>& time) {
  if (time) {
    json.integer(*time);
  } else {
    json.null();
  }
}

void write_memory(JsonWriter& json, const base::MemoryBudget& budget) {
  json.begin_object();
  json.key("limit_bytes").integer(amount(budget.limit()));
  json.key("used_bytes").integer(amount(budget.used()));
  json.key("weights_bytes").integer(amount(budget.used(MemoryKind::kWeights)));
  json.key("kv_cache_bytes").integer(amount(budget.used(MemoryKind::kKvCache)));
  json.key("scratch_bytes").integer(amount(budget.used(MemoryKind::kScratch)));
  json.key("caches_bytes").integer(amount(budget.used(MemoryKind::kCaches)));
  json.end_object();
}

std::string_view state_name(const service::ModelUse& use) {
  if (use.unloading) return "unloading";
  switch (use.status.state) {
    case service::ModelState::kAvailable:
      return "on_disk";
    case service::ModelState::kLoading:
      return "loading";
    case service::ModelState::kLoaded:
      return "ready";
    case service::ModelState::kFailed:
      return "failed";
  }
  return "on_disk";
}

void write_model_use(JsonWriter& json, const service::ModelUse& use) {
  const service::ModelStatus& status = use.status;
  json.begin_object();
  json.key("id").string(status.id).key("object").string("admin.model");
  json.key("state").string(state_name(use));
  if (status.state == service::ModelState::kLoading) json.key("progress").number(status.progress);
  if (status.state == service::ModelState::kFailed) json.key("error").string(status.error);
  json.key("kind").string(status.listens ? "speech" : "text");
  json.key("file").string(use.file);
  json.key("named").boolean(use.named);
  json.key("created").integer(status.created);
  json.key("context_window").integer(status.context_window);
  json.key("file_bytes").integer(amount(use.file_bytes));
  json.key("memory_bytes").integer(amount(use.memory_bytes));
  json.key("in_use").integer(use.in_use);
  json.key("waiting").integer(use.waiting);
  json.end_object();
}

void write_unfinished(JsonWriter& json, const service::UnfinishedDownload& download) {
  json.begin_object().key("file").string(download.name);
  json.key("done_bytes").integer(amount(download.done));
  json.key("total_bytes").integer(amount(download.total)).end_object();
}

void write_catalogue_entry(JsonWriter& json, const service::CatalogueEntry& entry) {
  json.begin_object().key("id").string(entry.id).key("object").string("admin.catalogue_model");
  json.key("aliases").begin_array();
  for (const std::string& alias : entry.aliases) json.string(alias);
  json.end_array();
  json.key("owned_by").string(entry.owned_by).key("repository").string(entry.repository);
  json.key("file").string(entry.file).key("context_window").integer(entry.context_length).end_object();
}

std::string_view stage_name(hub::Stage stage) {
  switch (stage) {
    case hub::Stage::kAsking:
      return "asking";
    case hub::Stage::kWaiting:
      return "waiting";
    case hub::Stage::kDownloading:
      return "downloading";
    case hub::Stage::kChecking:
      return "checking";
  }
  return "asking";
}

void write_pull(JsonWriter& json, const service::PullRecord& pull) {
  json.begin_object();
  json.key("id").string(pull.id).key("object").string("admin.pull");
  json.key("source").string(pull.source);
  json.key("state").string(service::pull_state_name(pull.state));
  if (pull.state == service::PullState::kRunning) json.key("stage").string(stage_name(pull.stage));
  if (!pull.file.empty()) {
    json.key("file").string(pull.file);
    json.key("file_number")
        .integer(amount(pull.file_number))
        .key("file_count")
        .integer(amount(pull.file_count));
  }
  json.key("done_bytes").integer(amount(pull.done)).key("total_bytes").integer(amount(pull.total));
  json.key("bytes_per_second").number(pull.bytes_per_second);
  if (!pull.note.empty()) json.key("note").string(pull.note);
  if (!pull.model.empty()) json.key("model").string(pull.model);
  if (!pull.error.empty()) json.key("error").string(pull.error);
  json.key("created_at").integer(pull.created_at);
  json.key("ended_at");
  write_time(json, pull.ended_at);
  json.end_object();
}

// The parts of "a,b".
void write_list(JsonWriter& json, std::string_view list) {
  json.begin_array();
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find(','));
    json.string(part);
    list.remove_prefix(std::min(part.size() + 1, list.size()));
  }
  json.end_array();
}

void write_key_fields(JsonWriter& json, const service::ApiKey& key, std::int64_t now) {
  json.key("id").string(key.id).key("object").string("admin.key");
  json.key("name").string(key.name).key("organisation").string(key.organisation);
  // Those of the configuration tell nothing of how they begin.
  json.key("begins").string(key.hint);
  json.key("origin").string(key.hint.empty() ? "configuration" : "data_folder");
  json.key("state").string(key.revoked_at ? "revoked" : key.valid(now) ? "valid" : "expired");
  json.key("scopes");
  write_list(json, key.scope.endpoints_text());
  json.key("models");
  write_list(json, key.scope.models_text());
  json.key("limits").begin_object();
  for (const service::LimitFacts& facts : service::limit_facts()) {
    if (const auto limit = key.limits.stated(facts.kind)) json.key(facts.name).integer(*limit);
  }
  json.end_object();
  json.key("created_at").integer(key.created_at);
  json.key("expires_at");
  write_time(json, key.expires_at);
  json.key("revoked_at");
  write_time(json, key.revoked_at);
}

void write_key(JsonWriter& json, const service::ApiKey& key, std::int64_t now) {
  json.begin_object();
  write_key_fields(json, key, now);
  json.end_object();
}

void write_rates(JsonWriter& json, const service::TokenRates& rates) {
  json.key("prompt_tokens_per_second").number(rates.prompt);
  json.key("generated_tokens_per_second").number(rates.generated);
}

void write_live_model(JsonWriter& json, const service::LiveModel& model) {
  const service::ModelUse& use = model.use;
  json.begin_object();
  json.key("id").string(use.status.id).key("state").string(state_name(use));
  json.key("memory_bytes").integer(amount(use.memory_bytes));
  json.key("in_use").integer(use.in_use).key("waiting").integer(use.waiting);
  json.key("queued").integer(use.engine ? use.engine->queued : amount(use.queued_inputs));
  json.key("kv_blocks");
  if (use.engine) {
    json.begin_object();
    json.key("total").integer(use.engine->kv_blocks_total).key("used").integer(use.engine->kv_blocks_used);
    json.key("cached").integer(use.engine->kv_blocks_cached).end_object();
  } else {
    json.null();
  }
  write_rates(json, model.rates);
  json.end_object();
}

void write_request(JsonWriter& json, const service::RunningRequest& request,
                   std::chrono::steady_clock::time_point now) {
  json.begin_object();
  json.key("id").string(request.label.id).key("endpoint").string(request.label.endpoint);
  json.key("model").string(request.model).key("tier").string(request.label.tier);
  json.key("key").string(request.key).key("organisation").string(request.organisation);
  json.key("age_seconds").number(std::chrono::duration<double>(now - request.begun).count());
  json.key("prompt_tokens").integer(amount(request.prompt_tokens));
  json.key("generated_tokens").integer(amount(request.generated_tokens));
  json.end_object();
}

}  // namespace

std::string render_admin_models(const std::vector<service::ModelUse>& models,
                                const std::vector<service::UnfinishedDownload>& unfinished,
                                const base::MemoryBudget& budget) {
  return json_text([&](JsonWriter& json) {
    begin_list(json, models, write_model_use).key("memory");
    write_memory(json, budget);
    json.key("unfinished").begin_array();
    for (const service::UnfinishedDownload& download : unfinished) write_unfinished(json, download);
    json.end_array().end_object();
  });
}

std::string render_admin_model(const service::ModelUse& model) {
  return json_text([&](JsonWriter& json) { write_model_use(json, model); });
}

std::string render_catalogue(const service::Catalogue& catalogue) {
  return json_text(
      [&](JsonWriter& json) { begin_list(json, catalogue.entries(), write_catalogue_entry).end_object(); });
}

std::string render_pulls(const std::vector<service::PullRecord>& pulls, bool allowed) {
  return json_text([&](JsonWriter& json) {
    begin_list(json, pulls, write_pull).key("allowed").boolean(allowed).end_object();
  });
}

std::string render_pull(const service::PullRecord& pull) {
  return json_text([&](JsonWriter& json) { write_pull(json, pull); });
}

std::string render_keys(const std::vector<service::ApiKey>& keys, std::int64_t now) {
  const auto write = [now](JsonWriter& json, const service::ApiKey& key) { write_key(json, key, now); };
  return json_text([&](JsonWriter& json) { begin_list(json, keys, write).end_object(); });
}

std::string render_key(const service::ApiKey& key, std::int64_t now) {
  return json_text([&](JsonWriter& json) { write_key(json, key, now); });
}

std::string render_issued_key(const service::IssuedKey& issued, std::int64_t now) {
  return json_text([&](JsonWriter& json) {
    json.begin_object();
    write_key_fields(json, issued.key, now);
    json.key("secret").string(issued.text).end_object();
  });
}

std::string render_live(const service::LivePicture& picture, const service::RunningRequests* running,
                        const base::MemoryBudget& budget) {
  constexpr std::size_t kMaxShown = 200;
  using Seconds = std::chrono::duration<double>;
  std::uint64_t queued = 0;
  for (const service::LiveModel& model : picture.models) {
    queued += model.use.waiting + model.use.queued_inputs + (model.use.engine ? model.use.engine->queued : 0);
  }
  return json_text([&](JsonWriter& json) {
    json.begin_object().key("object").string("admin.live");
    json.key("at").number(Seconds(picture.at.time_since_epoch()).count());
    write_rates(json, picture.rates);
    json.key("requests").begin_object();
    json.key("running").integer(running != nullptr ? amount(running->count()) : 0);
    json.key("queued").integer(amount(queued)).end_object();
    json.key("memory");
    write_memory(json, budget);
    json.key("models").begin_array();
    for (const service::LiveModel& model : picture.models) write_live_model(json, model);
    json.end_array().key("running").begin_array();
    if (running != nullptr) {
      const auto now = std::chrono::steady_clock::now();
      for (const auto& request : running->list(kMaxShown)) write_request(json, *request, now);
    }
    json.end_array().end_object();
  });
}

}  // namespace peregrine::api
