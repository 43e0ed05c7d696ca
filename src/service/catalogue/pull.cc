#include "service/catalogue/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "gguf/format.h"
#include "gguf/printable.h"
#include "gguf/shards.h"
#include "hub/disk.h"
#include "hub/download.h"
#include "hub/url.h"
#include "service/catalogue/choose.h"
#include "service/catalogue/model_id.h"

namespace peregrine::service {
namespace {

namespace fs = std::filesystem;

// One file to be: where it comes from and what it will be called.
struct Item {
  std::string url;
  std::string name;
  std::string source;    // for Origin
  std::string expected;  // SHA-256 from the listing or the command line; empty: none
  hub::RemoteFile remote;
};

struct Plan {
  std::string id;  // of the catalogue; may be empty
  std::vector<Item> items;
};

hub::ProgressSink asking(const PullObserver& observer) {
  return [&observer](const hub::Progress& progress) {
    PullProgress pull;
    pull.stage = progress.stage;
    pull.note = progress.note;
    return observer(pull);
  };
}

Result<Plan> plan_repository(const hub::Client& client, const std::string& repository,
                             std::string_view wanted, const CatalogueEntry* entry,
                             const PullObserver& observer) {
  const CatalogueEntry* known = entry != nullptr ? entry : Catalogue::builtin().find_repository(repository);
  PEREGRINE_ASSIGN(const auto files, client.list_repository(repository, asking(observer)));
  PEREGRINE_ASSIGN(const RepositoryModel model,
                   choose_model(repository, models_of(files), wanted, known == nullptr ? "" : known->file,
                                entry != nullptr));
  Plan plan;
  if (entry != nullptr) plan.id = entry->id;
  for (const hub::RepositoryFile& file : model.files) {
    Item item;
    item.url = client.file_url(repository, file.path);
    item.name = base_name(file.path);
    item.source = fmt::format("hf:{}:{}", repository, file.path);
    item.expected = file.sha256;
    plan.items.push_back(std::move(item));
  }
  return plan;
}

// A URL of one shard stands for all of them: they lie beside each other.
Result<Plan> plan_url(const UrlReference& reference, const PullOptions& options) {
  Plan plan;
  const auto shard = gguf::parse_shard_name(reference.file_name);
  if (!shard) {
    plan.items.push_back({reference.url,
                          reference.file_name,
                          std::string(hub::without_query(reference.url)),
                          options.sha256,
                          {}});
    return plan;
  }
  const std::size_t at = hub::without_query(reference.url).rfind(reference.file_name);
  if (at == std::string::npos || shard->count > gguf::kMaxShards || !options.sha256.empty()) {
    return fail(ErrorCode::kInvalidArgument,
                "is one shard of several, whose other names cannot be told; pull them from a repository "
                "(hf:ORG/REPO)",
                reference.file_name);
  }
  for (std::uint32_t number = 1; number <= shard->count; ++number) {
    std::string name = gguf::shard_filename(shard->prefix, number, shard->count);
    std::string url = reference.url;
    url.replace(at, reference.file_name.size(), name);
    plan.items.push_back({url, std::move(name), std::string(hub::without_query(url)), "", {}});
  }
  return plan;
}

Result<Plan> plan_for(const hub::Client& client, const ModelReference& reference, const PullOptions& options,
                      const PullObserver& observer) {
  if (const auto* url = std::get_if<UrlReference>(&reference)) return plan_url(*url, options);
  if (!options.sha256.empty()) {
    return fail(ErrorCode::kInvalidArgument, "is for URLs; the hub tells its files' digests itself",
                "--sha256");
  }
  if (const auto* repository = std::get_if<RepositoryReference>(&reference)) {
    return plan_repository(client, repository->repository, repository->file, nullptr, observer);
  }
  const CatalogueEntry* entry = std::get<const CatalogueEntry*>(reference);
  return plan_repository(client, entry->repository, "", entry, observer);
}

// Asks for sizes and digests of all files before any is fetched.
Status probe_all(const hub::Client& client, Plan& plan, const PullObserver& observer) {
  for (Item& item : plan.items) {
    PEREGRINE_ASSIGN(item.remote, client.probe(item.url, asking(observer)));
    const bool differ =
        !item.expected.empty() && !item.remote.sha256.empty() && item.expected != item.remote.sha256;
    if (differ || item.remote.commit != plan.items.front().remote.commit) {
      return fail(
          ErrorCode::kUnavailable,
          differ
              ? fmt::format("has the SHA-256 {}, not {}; if it was changed just now, run the command again",
                            item.remote.sha256, item.expected)
              : "belongs to another revision than its fellow shards: the repository was changed just now; "
                "run the command again",
          item.source);
    }
    if (item.remote.sha256.empty()) item.remote.sha256 = item.expected;
  }
  return {};
}

bool is_same(const Origin& origin, const hub::RemoteFile& remote) {
  if (origin.bytes != remote.size) return false;
  if (!origin.sha256.empty() || !remote.sha256.empty()) return origin.sha256 == remote.sha256;
  return !origin.etag.empty() && origin.etag == remote.validator;
}

// Whether the file is there already; an older one from the same place will be replaced. Errors for one that
// came from elsewhere.
Result<bool> is_there(const fs::path& target, const Item& item) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(target, error))) return false;
  const auto origin = read_origin(target);
  if (origin && is_same(*origin, item.remote) && fs::file_size(target, error) == item.remote.size)
    return true;
  if (!origin || origin->source != item.source) {
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format("is there already, {}; move it away, remove it with 'peregrine rm', or choose another "
                    "folder with --models-dir",
                    origin ? "from " + gguf::printable(origin->source, gguf::PrintStyle::kLine)
                           : "and was not pulled"),
        target.string());
  }
  return false;
}

std::string beginning_of(std::string_view name) {
  // whisper.cpp writes its magic 0x67676d6c in little-endian order.
  return is_gguf_name(name) ? "GGUF" : "lmgg";
}

Status make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return tl::unexpected(hub::disk_error(error.value(), "cannot create the folder", folder));
  return {};
}

// Progress of one file in that of all.
class Reporter {
 public:
  Reporter(const Plan& plan, const PullObserver& observer) : observer_(observer) {
    report_.file_count = plan.items.size();
    for (const Item& item : plan.items) report_.total += item.remote.size;
  }

  hub::ProgressSink next(const Item& item) {
    ++report_.file_number;
    report_.file = item.name;
    return [this](const hub::Progress& progress) {
      PullProgress report = report_;
      report.stage = progress.stage;
      report.done += progress.done;
      report.note = progress.note;
      return observer_(report);
    };
  }
  void finished(const Item& item) { report_.done += item.remote.size; }

 private:
  const PullObserver& observer_;
  PullProgress report_;
};

struct Fetched {
  const Item* item;
  hub::Order order;
};

// What has the names now goes first: no set of shards is ever old and new, and no Origin tells of another
// file. After a crash in between, the next pull finds everything downloaded.
Status publish_all(const Plan& plan, const std::vector<Fetched>& fetched) {
  for (const Fetched& file : fetched) {
    std::error_code error;
    fs::remove(file.order.target, error);
    if (error) return tl::unexpected(hub::disk_error(error.value(), "cannot replace", file.order.target));
  }
  for (std::size_t i = fetched.size(); i-- > 0;) {
    const auto& [item, order] = fetched[i];
    PEREGRINE_TRY(write_origin(order.target, {plan.id, item->source, item->remote.size, item->remote.sha256,
                                              item->remote.validator, item->remote.commit}));
    PEREGRINE_TRY(hub::publish(order));
  }
  return {};
}

}  // namespace

Result<PulledModel> pull_model(const hub::Client& client, const ModelFolder& folder,
                               const ModelReference& reference, const PullOptions& options,
                               const PullObserver& observer) {
  PEREGRINE_ASSIGN(Plan plan, plan_for(client, reference, options, observer));
  for (const Item& item : plan.items) PEREGRINE_TRY(check_model_file_name(item.name));
  PEREGRINE_TRY(probe_all(client, plan, observer));
  PEREGRINE_TRY(make_folder(folder.path()));

  Reporter reporter(plan, observer);
  std::vector<Fetched> fetched;
  for (const Item& item : plan.items) {
    const fs::path target = folder.path() / item.name;
    const hub::ProgressSink sink = reporter.next(item);
    PEREGRINE_ASSIGN(const bool there, is_there(target, item));
    if (!there) {
      fetched.push_back({&item, {item.remote, target, beginning_of(item.name)}});
      PEREGRINE_TRY(hub::download(client, fetched.back().order, sink));
    }
    reporter.finished(item);
  }
  PEREGRINE_TRY(publish_all(plan, fetched));

  PulledModel pulled;
  pulled.path = folder.path() / plan.items.front().name;
  pulled.id = plan.id.empty() ? model_id_for(pulled.path) : plan.id;
  for (const Item& item : plan.items) pulled.bytes += item.remote.size;
  pulled.was_there = fetched.empty();
  return pulled;
}

}  // namespace peregrine::service
