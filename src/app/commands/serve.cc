#include <fmt/format.h>

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "api/admin/admin.h"
#include "api/api.h"
#include "api/batches/batches.h"
#include "app/access.h"
#include "app/commands/commands.h"
#include "app/model_pulls.h"
#include "app/models_folder.h"
#include "app/process_metrics.h"
#include "app/runtime.h"
#include "app/starter.h"
#include "base/log.h"
#include "http/server.h"
#include "service/adapters/tuned_models.h"
#include "service/batches/batches.h"
#include "service/batches/runner.h"
#include "service/files/files.h"
#include "service/housekeeping/retention.h"
#include "service/responses/responses.h"
#include "store/adapters/sqlite_adapter_store.h"
#include "store/batches/sqlite_batch_store.h"
#include "store/blobs/blob_store.h"
#include "store/database.h"
#include "store/files/sqlite_file_store.h"
#include "store/responses/sqlite_response_store.h"

namespace peregrine::app {
namespace {

using base::LogLevel;

// SIGINT, SIGTERM and SIGHUP, taken by one thread that waits for them instead of by handlers. Made before any
// other thread, so that all of them inherit the mask.
class StopSignals {
 public:
  StopSignals() {
    ::sigemptyset(&set_);
    ::sigaddset(&set_, SIGINT);
    ::sigaddset(&set_, SIGTERM);
    ::sigaddset(&set_, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  // Until the process is told to end; `reload` is called whenever it is told to read its settings again.
  void wait(const std::function<void()>& reload) const {
    for (;;) {
      int signal = 0;
      if (::sigwait(&set_, &signal) != 0) continue;
      // From a terminal that was closed, too, as nobody is left to talk to.
      const bool hung_up = had_terminal_ && ::isatty(STDIN_FILENO) == 0;
      if (signal != SIGHUP || hung_up) return;
      reload();
    }
  }
  // Ends a wait() of this process.
  static void raise() { ::kill(::getpid(), SIGTERM); }

 private:
  sigset_t set_{};
  const bool had_terminal_ = ::isatty(STDIN_FILENO) != 0;
};

Result<Settings> gather(const ServeOptions& options) {
  Settings settings;
  if (options.config) PEREGRINE_TRY(read_settings_file(*options.config, settings));
  if (!options.models.empty()) settings.models = options.models;
  if (options.host) settings.host = *options.host;
  if (options.port) settings.port = *options.port;
  if (options.folder.data_dir) settings.data_dir = *options.folder.data_dir;
  if (options.folder.models_dir) settings.models_dir = *options.folder.models_dir;
  if (options.threads) settings.threads = *options.threads;
  if (options.kv_type) settings.engine.kv_dtype = *options.kv_type;
  if (options.allow_audio_urls) settings.allow_audio_urls = true;
  if (options.allow_pulls) settings.allow_pulls = true;
  // The command line has let known names through only.
  if (options.log_level)
    settings.log_level = parse_log_level(*options.log_level).value_or(settings.log_level);
  if (options.log_format) {
    settings.log_format = parse_log_format(*options.log_format).value_or(settings.log_format);
  }
  if (settings.data_dir.empty()) settings.data_dir = default_data_dir();
  std::optional<std::filesystem::path> folder;
  if (!settings.models_dir.empty()) folder = settings.models_dir;
  settings.models_dir = models_folder({settings.data_dir, folder});
  for (std::filesystem::path& model : settings.models) {
    PEREGRINE_ASSIGN(model, model_file(model, settings.models_dir));
  }
  for (auto& [id, draft] : settings.draft_models) {
    PEREGRINE_ASSIGN(draft, model_file(draft, settings.models_dir));
  }
  PEREGRINE_TRY(check_settings(settings));
  if (settings.models.empty()) {
    PEREGRINE_ASSIGN(std::filesystem::path starter, starter_model());
    settings.models.push_back(std::move(starter));
  }
  return settings;
}

// What is kept in the data folder. Without it the promises of `store: true` and of an uploaded file could not
// be held, so a folder that cannot be used keeps the server from starting; an operator who wants none says
// so.
struct Kept {
  std::unique_ptr<store::Database> database;
  std::optional<store::SqliteResponseStore> responses;
  std::optional<store::SqliteFileStore> file_records;
  std::optional<store::BlobStore> blobs;
  std::optional<service::Files> files;
  std::optional<store::SqliteAdapterStore> adapter_records;
  std::optional<store::BlobStore> adapter_blobs;
  std::optional<service::TunedModels> tuned;
  std::optional<store::SqliteBatchStore> batch_records;
  std::optional<store::BlobStore> batch_inputs;
  std::optional<service::Batches> batches;
};

// Keys that were made are there whatever is kept besides.
bool needs_database(const Settings& settings) {
  std::error_code ignored;
  return settings.store_responses || settings.store_files || settings.keep_usage ||
         std::filesystem::exists(settings.data_dir / store::kDatabaseFile, ignored);
}

constexpr std::int64_t kSecondsPerDay = 86400;

Status open_files(const Settings& settings, Kept& kept) {
  PEREGRINE_ASSIGN(kept.blobs, store::BlobStore::open(settings.data_dir / store::kBlobFolder));
  kept.file_records.emplace(*kept.database, kSecondsPerDay * settings.files_retention_days);
  kept.files.emplace(*kept.file_records, *kept.blobs,
                     service::FileLimits{settings.files_max_bytes, settings.files_max_total_bytes});
  PEREGRINE_ASSIGN(kept.batch_inputs, store::BlobStore::open(settings.data_dir / service::kBatchFolder));
  kept.batch_records.emplace(*kept.database, kSecondsPerDay * settings.files_retention_days);
  kept.batches.emplace(*kept.batch_records, *kept.batch_inputs, *kept.files, service::Metering::unix_now);
  return kept.files->purge();
}

// Adapters are uploaded as files. Those that are kept outlive their files.
Status open_tuned_models(const Settings& settings, service::ModelLibrary& library, Kept& kept) {
  PEREGRINE_ASSIGN(kept.adapter_blobs, store::BlobStore::open(settings.data_dir / service::kAdapterFolder));
  kept.adapter_records.emplace(*kept.database);
  kept.tuned.emplace(
      *kept.adapter_records, *kept.adapter_blobs, *kept.files,
      [&library](std::string_view id) { return library.locate(id); },
      [&library](std::string_view adapter) { library.forget_adapter(adapter); });
  return kept.tuned->tidy(std::time(nullptr));
}

// What answers the lines of batches, and what has them answered; nothing where no files are kept.
struct BatchOffice {
  std::unique_ptr<service::BatchWork> work;
  std::unique_ptr<service::BatchRunner> runner;

  void stop() {
    runner.reset();
    work.reset();
  }
};

BatchOffice open_batches(const Settings& settings, Kept& kept, const api::Services& services,
                         const api::Options& options) {
  BatchOffice office;
  if (!kept.batches) return office;
  office.work = api::make_batch_work(services, options);
  service::BatchSurroundings with{.records = *kept.batch_records,
                                  .inputs = *kept.batch_inputs,
                                  .file_records = *kept.file_records,
                                  .blobs = *kept.blobs,
                                  .work = *office.work,
                                  .clock = service::Metering::unix_now,
                                  .stopping = {},
                                  .key_opens = [&keys = services.keys](std::string_view id) {
                                    return keys.still_opens(id, service::Metering::unix_now());
                                  }};
  service::BatchRunnerOptions runner_options;
  runner_options.max_running_lines = settings.batches_max_running;
  office.runner = std::make_unique<service::BatchRunner>(std::move(with), runner_options);
  office.runner->clean_up();
  kept.batches->on_change([runner = office.runner.get()] { runner->nudge(); });
  return office;
}

// By reference: what is in it refers to what else is.
Status open_store(const Settings& settings, service::ModelLibrary& library, Kept& kept) {
  if (!needs_database(settings)) return {};
  auto database = store::Database::open(settings.data_dir);
  if (!database) {
    Error error = std::move(database.error());
    error.message +=
        "; or keep nothing: store = false under [responses] and [files], and keep = false under [usage], in "
        "the configuration file";
    return tl::unexpected(std::move(error));
  }
  kept.database = std::move(*database);
  if (settings.store_responses) {
    kept.responses.emplace(*kept.database,
                           store::Retention{kSecondsPerDay * settings.responses_retention_days,
                                            std::int64_t{settings.responses_max_stored}});
    PEREGRINE_TRY(kept.responses->purge(std::time(nullptr)));
  }
  if (!settings.store_files) return {};
  PEREGRINE_TRY(open_files(settings, kept));
  return open_tuned_models(settings, library, kept);
}

http::Options http_options(const Settings& settings) {
  http::Options options;
  options.host = settings.host;
  options.port = settings.port;
  options.limits.max_connections = settings.max_connections;
  options.limits.max_body_bytes = settings.max_body_bytes;
  options.limits.request_timeout = settings.max_request;
  return options;
}

api::Options api_options_of(const Settings& settings) {
  api::Options options;
  options.allowed_hosts = settings.allowed_hosts;
  options.allowed_origins = settings.cors_origins;
  options.requests_per_day = static_cast<std::int64_t>(settings.requests_per_day);
  options.tokens_per_minute = static_cast<std::int64_t>(settings.tokens_per_minute);
  options.audio.allow_urls = settings.allow_audio_urls;
  options.audio.max_file_bytes = settings.max_audio_bytes;
  return options;
}

std::string url_of(const Settings& settings, std::uint16_t port) {
  const bool v6 = settings.host.find(':') != std::string::npos;
  const bool any = settings.host == "0.0.0.0" || settings.host == "::";
  const std::string host = any ? "localhost" : v6 ? "[" + settings.host + "]" : settings.host;
  return fmt::format("http://{}:{}", host, port);
}

void print_welcome(bool open, service::ModelLibrary& library, const std::string& url) {
  const std::vector<service::ModelStatus> models = library.models();
  fmt::print("Peregrine {} serves {}/openai/v1\n\n", PEREGRINE_VERSION, url);
  for (const service::ModelStatus& model : models) {
    const bool loaded = model.state == service::ModelState::kLoaded;
    fmt::print("  model  {}  (context {}{})\n", model.id, model.context_window,
               loaded ? "" : ", loaded when it is asked for");
  }
  fmt::print("\n  page   {}/\n", url);
  const std::string auth = open ? "" : "  -H 'Authorization: Bearer YOUR_KEY' \\\n";
  fmt::print(
      "\nTry it:\n\ncurl {}/openai/v1/chat/completions \\\n{}  -H 'Content-Type: application/json' \\\n"
      "  -d '{{\"model\": \"{}\", \"messages\": [{{\"role\": \"user\", \"content\": \"Hello!\"}}]}}'\n\n"
      "Ctrl-C stops.\n",
      url, auth, models.front().id);
  std::fflush(stdout);
}

// Finishes what runs, up to the limit; a second signal ends the wait.
void drain(const Settings& settings, http::Server& server, const StopSignals& signals) {
  base::log(LogLevel::kInfo, "draining: up to {} s for {} requests; signal again to stop at once",
            settings.drain.count(), server.active_requests());
  std::thread([&signals] {
    signals.wait([] {});
    base::log(LogLevel::kWarning, "stopped without waiting");
    std::_Exit(1);
  }).detach();
  if (!server.drain(settings.drain)) {
    base::log(LogLevel::kWarning, "{} requests did not finish in time and are cut", server.active_requests());
  }
}

// Keys, limits, models and the level of the log anew; requests go on meanwhile. All of it or nothing.
Status try_reload(const ServeOptions& options, Access& access, service::ModelLibrary& library) {
  PEREGRINE_ASSIGN(const Settings settings, gather(options));
  PEREGRINE_TRY(access.reload(settings, [&] { return library.reload(settings.models); }));
  base::set_log_level(settings.log_level);
  return {};
}

void reload(const ServeOptions& options, Access& access, service::ModelLibrary& library) {
  const Status status = try_reload(options, access, library);
  if (status) {
    base::log(LogLevel::kInfo, "read keys, limits and models again");
  } else {
    base::log(LogLevel::kError, "nothing was changed: {}", status.error().text());
  }
}

Status run(const ServeOptions& options) {
  const StopSignals signals;
  PEREGRINE_ASSIGN(const Settings settings, gather(options));
  base::set_log_format(settings.log_format);
  base::set_log_level(settings.log_level);
  Runtime runtime(settings);
  PEREGRINE_TRY(runtime.add_models(settings));
  Kept kept;
  PEREGRINE_TRY(open_store(settings, runtime.library, kept));
  service::Responses responses(kept.responses ? &*kept.responses : nullptr);
  service::Housekeeper housekeeper(
      service::Metering::unix_now,
      service::retention_tasks(kept.responses ? &*kept.responses : nullptr,
                               kept.files ? &*kept.files : nullptr, kept.batches ? &*kept.batches : nullptr));
  housekeeper.start();
  PEREGRINE_ASSIGN(const std::unique_ptr<Access> access, Access::open(settings, kept.database.get()));
  std::atomic<api::Readiness> readiness{api::Readiness::kLoading};

  api::Services services = api::make_services(runtime.library, access->keys(), runtime.metrics, readiness,
                                              responses, kept.files ? &*kept.files : nullptr);
  services.metering = &access->metering();
  services.usage = access->ledger();
  if (kept.tuned) api::serve_tuned_models(services, runtime.library, *kept.tuned);
  const api::Options api_options = api_options_of(settings);
  PEREGRINE_ASSIGN(const std::unique_ptr<service::Pulls> pulls, open_pulls(settings));
  service::LiveBoard board([&] { return runtime.library.in_memory(); });
  api::Administration admin{runtime.library, board, &access->desk(), pulls.get()};
  services.admin = &admin;
  BatchOffice batches = open_batches(settings, kept, services, api_options);
  http::Router router = api::make_router(services, api_options);
  if (kept.batches) api::add_batch_routes(router, services, *kept.batches);
  // Listens first: a taken port is told at once, probes answer while models load, and requests may wait.
  PEREGRINE_ASSIGN(
      const auto server,
      http::Server::start(http_options(settings), std::move(router), api::make_error_renderer(services),
                          api::make_before_hook(services, api_options), api::make_observer()));
  const ProcessMetrics process(runtime.metrics);
  const auto active = runtime.metrics.on_collect(
      [&gauge = runtime.metrics.gauge("peregrine_http_active_requests", "Requests being read or answered"),
       &server = *server] { gauge.Set(static_cast<double>(server.active_requests())); });
  // Beside the wait for signals: loading may take minutes, and can be stopped.
  Status loaded;
  std::thread loading([&] {
    loaded = runtime.library.load_named();
    if (!loaded) return StopSignals::raise();
    if (batches.runner) batches.runner->start();
    readiness = api::Readiness::kReady;
    print_welcome(access->keys().open(), runtime.library, url_of(settings, server->port()));
  });

  signals.wait([&] { reload(options, *access, runtime.library); });
  const bool was_ready = readiness.exchange(api::Readiness::kDraining) == api::Readiness::kReady;
  // What runs of batches is asked again by the next start; nobody waits for it now.
  if (was_ready && batches.runner) batches.runner->stop();
  if (was_ready) drain(settings, *server, signals);
  server->stop();
  if (pulls) pulls->stop();
  runtime.library.stop();
  loading.join();
  batches.stop();
  // That loading was stopped is no failure.
  const bool stopped = !loaded && (loaded.error().code == ErrorCode::kCancelled ||
                                   loaded.error().code == ErrorCode::kUnavailable);
  return stopped ? Status() : loaded;
}

}  // namespace

int serve(const ServeOptions& options) {
  const Status status = run(options);
  return status ? 0 : report(status.error());
}

}  // namespace peregrine::app
