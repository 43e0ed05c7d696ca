// Groq's HTTP API over the services: routes, the door in front of them, and the envelope of every error.
//
// This room alone knows wire field names. It hands http a router, a middleware and an error renderer; what it
// needs from below stands in Services, so that tests can put a script in place of a model.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "base/result.h"
#include "http/protocol_error.h"
#include "http/router.h"
#include "http/server.h"
#include "service/adapters/tuned_models.h"
#include "service/chat/chat.h"
#include "service/embeddings/embeddings.h"
#include "service/embeddings/reranking.h"
#include "service/files/files.h"
#include "service/keys/keys.h"
#include "service/library/library.h"
#include "service/metering/metering.h"
#include "service/responses/responses.h"
#include "service/transcription/transcription.h"
#include "service/usage/ledger.h"

namespace peregrine::api {

// Sound that clients send, or name.
struct AudioOptions {
  std::uint64_t max_file_bytes = 100U << 20;        // of one recording; over it 413
  std::filesystem::path spool_folder = "/var/tmp";  // where recordings are kept while they are needed
  bool allow_urls = false;                          // whether http and https addresses are fetched
  std::chrono::seconds fetch_timeout{60};           // of such an address
};

struct Options {
  // Names and addresses that a Host header may carry besides those of the loopback, without port. "*": any.
  std::vector<std::string> allowed_hosts;
  // Origins of web pages that may call the API, as browsers spell them: "https://chat.example.org".
  std::vector<std::string> allowed_origins;
  // What the rate-limit headers tell where nothing is limited.
  std::int64_t requests_per_day = 1'000'000;
  std::int64_t tokens_per_minute = 10'000'000;
  // A stream that has nothing to say sends a comment this often.
  std::chrono::milliseconds keep_alive{15'000};
  AudioOptions audio;
};

struct Administration;  // admin/admin.h

enum class Readiness { kLoading, kReady, kDraining };

// What `keys`, `metrics`, `readiness` and what stands behind them refer to outlives the server. The functions
// are called from several threads at a time; all but open_model() may take milliseconds and more.
struct Services {
  std::function<Result<std::unique_ptr<service::ModelWait>>(std::string_view id)> open_model;
  std::function<Result<std::unique_ptr<service::ChatStream>>(const service::ChatRequest&,
                                                             service::ModelLease)>
      start_chat;
  std::function<Result<std::unique_ptr<service::PendingEmbeddings>>(const service::EmbeddingsRequest&,
                                                                    service::ModelLease)>
      start_embeddings;
  std::function<Result<std::unique_ptr<service::PendingRanking>>(const service::RankingRequest&,
                                                                 service::ModelLease)>
      start_ranking;
  // `file` is an open descriptor of the recording, which is taken over and closed.
  std::function<Result<std::unique_ptr<service::TranscriptionStream>>(const service::TranscriptionRequest&,
                                                                      int file, service::ModelLease)>
      start_transcription;
  std::function<std::vector<service::ModelStatus>()> models;
  const service::KeyRing& keys;
  base::Metrics& metrics;
  const std::atomic<Readiness>& readiness;
  service::Responses* responses = nullptr;  // null: the Responses API is not served
  service::Files* files = nullptr;          // null: the Files API is not served
  service::Metering* metering = nullptr;    // null: nothing is limited
  service::UsageLedger* usage = nullptr;    // null: no ledger is kept
  // The id of the model that open_model() takes; nothing where there is none. Empty: all ids are their own.
  std::function<std::optional<std::string>(std::string_view id)> resolve_model = {};
  service::TunedModels* tuned = nullptr;  // null: fine tunings are not served
  Administration* admin = nullptr;        // null: nothing is administered through the API
};

// From now on the models of fine tunings are served as others are. `library` and `tuned` outlive the server.
void serve_tuned_models(Services& services, service::ModelLibrary& library, service::TunedModels& tuned);

// Without limits and ledger: who has them sets them.
Services make_services(service::ModelLibrary& library, const service::KeyRing& keys, base::Metrics& metrics,
                       const std::atomic<Readiness>& readiness, service::Responses& responses,
                       service::Files* files);

http::Router make_router(const Services& services, const Options& options);
http::ErrorRenderer make_error_renderer(const Services& services);
http::Middleware make_before_hook(const Services& services, const Options& options);
// Logs every request.
http::Observer make_observer();

}  // namespace peregrine::api
