// A server that is administered: a library over models of tests/golden, keys in memory, and pulls that come
// to their end when the test lets them. For tests only.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "api/admin/admin.h"
#include "api/api.h"
#include "api/testing/client.h"
#include "http/server.h"
#include "store/keys/testing/memory_key_store.h"

namespace peregrine::api::testing {

namespace fs = std::filesystem;

inline const std::string kInFolder = "llama-spm-q8_0";
inline const std::string kNamed = "llama-ropefreqs-q4_0";

// Its pictures are made when a test asks for one.
inline constexpr std::chrono::hours kNoInterval{24};

class AdminServer {
 public:
  explicit AdminServer(Options options = {}, bool allow_pulls = true) : options_(std::move(options)) {
    const fs::path golden = fs::path(PEREGRINE_SOURCE_DIR) / "tests" / "golden" / "models";
    fs::remove_all(folder);
    fs::create_directories(folder);
    fs::copy_file(golden / (kInFolder + ".gguf"), folder / (kInFolder + ".gguf"));
    library = std::make_unique<service::ModelLibrary>(budget, metrics, library_options());
    if (!library->add(golden / (kNamed + ".gguf"))) throw std::runtime_error("no model");
    board = std::make_unique<service::LiveBoard>([this] { return library->in_memory(); }, kNoInterval);
    if (allow_pulls) pulls = std::make_unique<service::Pulls>(office());
    admin_ = std::make_unique<Administration>(Administration{*library, *board, &desk, pulls.get()});
    start();
  }
  ~AdminServer() {
    server_->stop();
    if (pulls) pulls->stop();
    library->stop();
    fs::remove_all(folder);
  }
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  Reply ask(const ClientRequest& request) const { return Client(server_->port()).ask(request); }
  // With the content type that changes need, and `key` unless it is empty.
  Reply ask(std::string method, std::string path, std::string body = "", const std::string& key = "") const {
    std::vector<http::Header> headers = {{"content-type", "application/json"}};
    if (!key.empty()) headers.push_back({"authorization", "Bearer " + key});
    return ask({std::move(method), std::move(path), std::move(headers), std::move(body)});
  }
  // Asks until the answer has `wanted` in it.
  Reply until(const std::string& path, std::string_view wanted) const {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    Reply reply = ask("GET", path);
    while (reply.body.find(wanted) == std::string::npos && std::chrono::steady_clock::now() < end) {
      reply = ask("GET", path);
    }
    EXPECT_NE(reply.body.find(wanted), std::string::npos) << wanted << " never came: " << reply.body;
    return reply;
  }
  std::uint16_t port() const { return server_->port(); }
  std::vector<http::Router::Name> routes() { return make_router(services(), options_).names(); }

  fs::path folder = fs::path(::testing::TempDir()) / fmt::format("admin-{}-{}", ::getpid(), next()++);
  base::MemoryBudget budget{std::uint64_t{1} << 30};
  base::Metrics metrics;
  std::atomic<Readiness> readiness = Readiness::kReady;
  service::KeyRing keys;
  store::testing::MemoryKeyStore store;
  service::KeyDesk desk{keys, &store};
  service::Metering metering;
  std::unique_ptr<service::ModelLibrary> library;
  std::unique_ptr<service::LiveBoard> board;
  std::unique_ptr<service::Pulls> pulls;
  std::atomic<bool> pulls_finish = false;

 private:
  static std::atomic<int>& next() {
    static std::atomic<int> number = 0;
    return number;
  }

  service::LibraryOptions library_options() const {
    service::LibraryOptions options;
    options.cpu.threads = 1;
    options.engine.max_context = 64;
    options.engine.max_sequences = 2;
    options.engine.step_tokens = 16;
    options.engine.kv_bytes = 1 << 20;
    options.folder = folder;
    return options;
  }

  service::PullOffice office() {
    service::PullOffice made;
    made.check = [](const service::PullOrder& order) -> Status {
      if (order.source == "nonsense") return fail(ErrorCode::kInvalidArgument, "is no model", "source");
      return {};
    };
    made.fetch = [this](const service::PullOrder& order,
                        const service::PullObserver& observer) -> Result<service::PulledModel> {
      service::PullProgress progress;
      progress.stage = hub::Stage::kDownloading;
      progress.file = "m.gguf";
      progress.file_number = progress.file_count = 1;
      progress.done = 40;
      progress.total = 100;
      while (!pulls_finish) {
        if (!observer(progress)) return fail(ErrorCode::kCancelled, "stopped");
        std::this_thread::yield();
      }
      return service::PulledModel{order.source, folder / "m.gguf", 100, false};
    };
    made.folder = folder;
    made.clock = [] { return std::int64_t{1'700'000'000}; };
    return made;
  }

  Services services() {
    Services services{{}, {}, {}, {}, {}, {}, keys, metrics, readiness};
    services.open_model = [this](std::string_view id) { return library->open(id); };
    services.models = [this] { return library->models(); };
    services.start_chat = service::start_chat;
    services.metering = &metering;
    services.resolve_model = [this](std::string_view id) { return library->resolve(id); };
    services.admin = admin_.get();
    return services;
  }

  void start() {
    http::Options http_options;
    http_options.port = 0;
    http_options.io_threads = 1;
    http_options.worker_threads = 2;
    auto started =
        http::Server::start(http_options, make_router(services(), options_), make_error_renderer(services()),
                            make_before_hook(services(), options_), make_observer());
    if (!started) throw std::runtime_error(started.error().text());
    server_ = std::move(*started);
  }

  const Options options_;
  std::unique_ptr<Administration> admin_;
  std::unique_ptr<http::Server> server_;  // last: handlers use what stands above
};

}  // namespace peregrine::api::testing
