// The whole room behind a real HTTP server on loopback, with a script in place of the models. For tests only.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/api.h"
#include "api/testing/client.h"
#include "api/testing/scripted_chat.h"
#include "http/server.h"
#include "store/usage/testing/memory_usage_store.h"

namespace peregrine::api::testing {

class LiveServer {
 public:
  explicit LiveServer(Options options = {}, const std::vector<std::string>& key_list = {},
                      service::Responses* responses = nullptr, service::Files* files = nullptr,
                      service::TunedModels* tuned = nullptr)
      : keys(key_list) {
    Services services{
        [this](std::string_view id) { return open(id); },
        [this](const service::ChatRequest& request, service::ModelLease) { return start(request); },
        [this](const service::EmbeddingsRequest& request, service::ModelLease) { return embed(request); },
        [this](const service::RankingRequest& request, service::ModelLease) { return on_rank(request); },
        [this](const service::TranscriptionRequest& request, int file, service::ModelLease) {
          return listen(request, file);
        },
        [this] { return models; },
        keys,
        metrics,
        readiness,
        responses,
        files,
        &metering,
        &ledger,
        [this](std::string_view id) { return resolve(id); },
        tuned,
    };
    http::Options http_options;
    http_options.port = 0;
    http_options.io_threads = 1;
    http_options.worker_threads = 2;
    http_options.limits.max_body_bytes = 1 << 20;
    auto started =
        http::Server::start(http_options, make_router(services, options), make_error_renderer(services),
                            make_before_hook(services, options), make_observer());
    if (!started) throw std::runtime_error(started.error().text());
    server_ = std::move(*started);
  }

  std::uint16_t port() const { return server_->port(); }

  Reply ask(const ClientRequest& request) const { return Client(port()).ask(request); }
  Reply get(std::string target) const { return ask({"GET", std::move(target), {}, {}}); }
  Reply chat(std::string body) const { return ask(chat_request(std::move(body))); }

  static ClientRequest chat_request(std::string body) {
    return {"POST", "/openai/v1/chat/completions", {{"content-type", "application/json"}}, std::move(body)};
  }

  // What start_chat() answers; by default a stream over `script`.
  std::function<Result<std::unique_ptr<service::ChatStream>>(const service::ChatRequest&)> on_start;
  std::shared_ptr<Script> script = std::make_shared<Script>();
  // What start_embeddings() and start_ranking() answer; by default that there is no such thing.
  std::function<Result<std::unique_ptr<service::PendingEmbeddings>>(const service::EmbeddingsRequest&)>
      on_embed = [](const auto&) { return fail(ErrorCode::kInvalidArgument, "no embeddings", "model"); };
  std::function<Result<std::unique_ptr<service::PendingRanking>>(const service::RankingRequest&)> on_rank =
      [](const auto&) { return fail(ErrorCode::kInvalidArgument, "no reranking", "model"); };
  // What start_transcription() answers, which owns the descriptor; by default that there is no such thing.
  std::function<Result<std::unique_ptr<service::TranscriptionStream>>(const service::TranscriptionRequest&,
                                                                      int file)>
      on_listen = [](const auto&, int file) -> Result<std::unique_ptr<service::TranscriptionStream>> {
    ::close(file);
    return fail(ErrorCode::kInvalidArgument, "no transcriptions", "model");
  };
  // What open_model() answers; by default models are there at once, whatever they are called.
  std::function<Result<std::unique_ptr<service::ModelWait>>(std::string_view)> on_open;
  std::vector<service::ModelStatus> models = {
      {.id = "stories", .created = 1700000000, .context_window = 512, .state = service::ModelState::kLoaded},
      {.id = "org/large", .created = 1700000001, .context_window = 8192}};
  std::atomic<Readiness> readiness = Readiness::kReady;
  base::Metrics metrics;
  service::KeyRing keys;
  // By a clock that stands.
  store::testing::MemoryUsageStore usage_store;
  service::UsageLedger ledger{usage_store, std::chrono::hours(24)};
  service::Metering metering{{}, &ledger, [] { return service::Bucket::TimePoint(std::chrono::hours(1)); }};
  std::uint64_t prompt_tokens = 10;  // of every prompt, as it is admitted

 private:
  Result<std::unique_ptr<service::ModelWait>> open(std::string_view id) const {
    if (on_open) return on_open(id);
    return std::make_unique<ScriptedWait>(nullptr);
  }
  // A model of the list in whatever case; others are their own.
  std::optional<std::string> resolve(std::string_view id) const {
    for (const service::ModelStatus& model : models) {
      if (http::equal_ignoring_case(model.id, id)) return model.id;
    }
    return std::string(id);
  }
  Status admit(const service::Admit& admission, std::uint64_t completion, bool capped) const {
    if (!admission) return {};
    return admission({.prompt_tokens = prompt_tokens,
                      .most_completion_tokens = completion,
                      .capped = capped,
                      .audio_seconds = 0});
  }
  Result<std::unique_ptr<service::ChatStream>> start(const service::ChatRequest& request) const {
    constexpr std::uint64_t kRoom = 500;
    const std::uint64_t most = request.max_completion_tokens.value_or(kRoom);
    PEREGRINE_TRY(admit(request.admit, most * request.n, request.max_completion_tokens.has_value()));
    if (on_start) return on_start(request);
    return std::make_unique<ScriptedStream>(script, request.seed.value_or(42));
  }

  Result<std::unique_ptr<service::PendingEmbeddings>> embed(const service::EmbeddingsRequest& request) const {
    PEREGRINE_TRY(admit(request.admit, 0, false));
    return on_embed(request);
  }

  Result<std::unique_ptr<service::TranscriptionStream>> listen(const service::TranscriptionRequest& request,
                                                               int file) const {
    if (request.admit) {
      if (auto status = request.admit({.audio_seconds = service::kMinBilledSeconds}); !status) {
        ::close(file);
        return tl::unexpected(std::move(status.error()));
      }
    }
    return on_listen(request, file);
  }

  std::unique_ptr<http::Server> server_;  // last: handlers use what stands above
};

}  // namespace peregrine::api::testing
