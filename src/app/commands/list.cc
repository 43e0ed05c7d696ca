#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "app/commands/commands.h"
#include "app/pull_display.h"
#include "base/utf8.h"
#include "gguf/printable.h"
#include "service/catalogue/model_folder.h"

namespace peregrine::app {
namespace {

namespace json = boost::json;

std::string line_of(std::string_view text) {
  return gguf::printable(text, gguf::PrintStyle::kLine);
}

json::value json_of(const service::StoredModel& model) {
  json::array files;
  for (const auto& file : model.files) files.emplace_back(base::utf8_sanitize(file.string()));
  json::object object{{"id", base::utf8_sanitize(model.id)}, {"bytes", model.bytes}, {"path", files.front()}};
  object["files"] = std::move(files);
  object["source"] = nullptr;
  object["sha256"] = nullptr;
  if (model.origin) object["source"] = model.origin->source;
  if (model.origin && !model.origin->sha256.empty()) object["sha256"] = model.origin->sha256;
  return object;
}

void print_json(const service::FolderListing& listing) {
  json::array models;
  for (const service::StoredModel& model : listing.models) models.push_back(json_of(model));
  json::array unfinished;
  for (const service::UnfinishedDownload& download : listing.unfinished) {
    unfinished.push_back(json::object{
        {"file", base::utf8_sanitize(download.name)}, {"done", download.done}, {"total", download.total}});
  }
  const json::object all{{"models", std::move(models)}, {"unfinished", std::move(unfinished)}};
  fmt::print("{}\n", json::serialize(all));
}

void print_table(const service::FolderListing& listing) {
  std::size_t width = std::string_view("ID").size();
  for (const service::StoredModel& model : listing.models)
    width = std::max(width, gguf::columns(line_of(model.id)));
  fmt::print("{:<{}}  {:>9}  PATH, FROM\n", "ID", width, "SIZE");
  for (const service::StoredModel& model : listing.models) {
    const std::string id = line_of(model.id);
    const std::string padding(width - gguf::columns(id), ' ');
    const std::string shards =
        model.files.size() > 1 ? fmt::format(" and {} more", model.files.size() - 1) : "";
    const std::string from = model.origin ? "from " + line_of(model.origin->source) : "put there by hand";
    fmt::print("{}{}  {:>9}  {}{}, {}\n", id, padding, shown_bytes(static_cast<double>(model.bytes)),
               line_of(model.files.front().string()), shards, from);
  }
}

// Told aside: they are no models.
void print_unfinished(const service::FolderListing& listing) {
  for (const service::UnfinishedDownload& download : listing.unfinished) {
    const double done = download.total == 0
                            ? 0
                            : 100 * static_cast<double>(download.done) / static_cast<double>(download.total);
    fmt::print(
        stderr,
        "Unfinished: {} ({:.0f} %). Pulling it again goes on; 'peregrine rm' with that name removes it.\n",
        line_of(download.name), done);
  }
}

}  // namespace

int list(const ListOptions& options) {
  const service::ModelFolder folder(models_folder(options.folder));
  const auto listing = folder.list();
  if (!listing) return report(listing.error());
  if (options.json) {
    print_json(*listing);
    return 0;
  }
  if (listing->models.empty()) {
    fmt::print(stderr, "No models in {}. Get one: peregrine pull gpt-oss-20b\n",
               line_of(folder.path().string()));
  } else {
    print_table(*listing);
  }
  print_unfinished(*listing);
  return 0;
}

}  // namespace peregrine::app
