#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <csignal>

#include "app/commands/commands.h"
#include "app/hub_client.h"
#include "app/pull_display.h"
#include "hub/client.h"
#include "hub/response_head.h"
#include "service/catalogue/pull.h"

namespace peregrine::app {
namespace {

std::atomic<bool> stop_asked = false;

// The first Ctrl-C saves what there is; a second one ends the process as usual.
void save_on_interrupt() {
  struct sigaction action{};
  action.sa_handler = [](int) { stop_asked = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  // A file size limit is told by write(), as a full disk is.
  std::signal(SIGXFSZ, SIG_IGN);
}

Result<hub::Client> make_client(const PullOptions& options) {
  hub::Options hub = hub_options();
  hub.connections = options.connections;
  hub.stall = std::chrono::seconds(options.stall_seconds);
  return hub::Client::create(std::move(hub));
}

Status run(const PullOptions& options) {
  if (!options.sha256.empty() && !hub::parse_sha256(options.sha256)) {
    return fail(ErrorCode::kInvalidArgument, "must be 64 hexadecimal digits", "--sha256");
  }
  PEREGRINE_ASSIGN(const hub::Client client, make_client(options));
  const service::ModelFolder folder(models_folder(options.folder));
  PEREGRINE_ASSIGN(
      const service::ModelReference reference,
      service::parse_model_reference(options.model, service::Catalogue::builtin(), client.endpoint().text));
  save_on_interrupt();
  service::PullOptions checks;
  checks.sha256 = hub::parse_sha256(options.sha256).value_or("");
  Result<service::PulledModel> pulled = [&] {
    PullDisplay display(stderr);
    display.show({});
    return service::pull_model(client, folder, reference, checks,
                               [&display](const service::PullProgress& progress) {
                                 display.show(progress);
                                 return !stop_asked;
                               });
  }();
  if (!pulled) return tl::unexpected(pulled.error());
  const bool usual_folder = !options.folder.models_dir && !options.folder.data_dir;
  fmt::print(stderr, "{} {} ({}). Serve it with: peregrine serve --model {}\n",
             pulled->was_there ? "Was there already:" : "Pulled", pulled->id,
             shown_bytes(static_cast<double>(pulled->bytes)),
             usual_folder ? pulled->id : pulled->path.string());
  fmt::print("{}\n", pulled->path.string());
  return {};
}

}  // namespace

int pull(const PullOptions& options) {
  const Status status = run(options);
  return status ? 0 : report(status.error());
}

}  // namespace peregrine::app
