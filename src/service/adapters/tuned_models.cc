#include "service/adapters/tuned_models.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "base/ids.h"
#include "base/log.h"
#include "gguf/file.h"
#include "model/lora/files/adapter_file.h"
#include "model/lora/files/limits.h"
#include "service/verification/verification.h"

namespace peregrine::service {
namespace {

using base::LogLevel;

constexpr std::size_t kRecordsAtOnce = 1000;

std::int64_t now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
}

tl::unexpected<Error> wrong(std::string_view field, std::string_view reason) {
  return fail(ErrorCode::kInvalidArgument, fmt::format("'{}' : {}", field, reason), std::string(field));
}

bool good_name(std::string_view name) {
  constexpr std::string_view kOthers = "._-";
  return !name.empty() && name.size() <= kMaxTunedName && std::ranges::all_of(name, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

Result<std::vector<std::byte>> read_all(const store::Blob& blob) {
  if (blob.bytes > model::kMaxAdapterBytes) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("the file is larger than {} bytes", model::kMaxAdapterBytes));
  }
  std::vector<std::byte> bytes(blob.bytes);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        ::pread(blob.file.get(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      return fail(ErrorCode::kIo,
                  got == 0 ? "is shorter than it was" : std::generic_category().message(errno));
    }
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::string_view as_text(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The adapter as the base at `path` takes it. Errors: kInvalidArgument, of the base with `where` "base", of
// the adapter with `where` "adapter".
Result<model::AdapterWeights> read_for(const std::vector<std::byte>& bytes,
                                       const std::filesystem::path& path) {
  const auto file = gguf::File::open(path);
  if (!file) return fail(ErrorCode::kInvalidArgument, "the model takes no adapters", "base");
  const auto base = model::AdapterBase::of(*file);
  if (!base) return fail(ErrorCode::kInvalidArgument, base.error().message, "base");
  auto weights = model::read_adapter(bytes, *base);
  if (!weights) return fail(ErrorCode::kInvalidArgument, weights.error().text(), "adapter");
  return weights;
}

void drop(const store::BlobStore& blobs, std::string_view id) {
  const auto removed = blobs.remove(id);
  if (!removed) base::log(LogLevel::kWarning, "adapters: {}; it stays as an orphan", removed.error().text());
}

}  // namespace

TunedModels::TunedModels(store::AdapterStore& records, const store::BlobStore& blobs, Files& files,
                         Locate locate, Forget forget)
    : records_(records),
      blobs_(blobs),
      files_(files),
      locate_(std::move(locate)),
      forget_(std::move(forget)) {}

Result<ModelLocation> TunedModels::base_of(const NewAdapter& order) const {
  if (order.type != kLoraType) return wrong("type", "value must be one of [lora]");
  if (!good_name(order.name)) {
    return wrong("name", fmt::format("must be 1 to {} letters, digits, '.', '_' and '-'", kMaxTunedName));
  }
  if (is_tuned_id(order.base_model)) return wrong("base_model", "is a fine-tuned model itself");
  auto base = locate_(order.base_model);
  if (!base) return wrong("base_model", "the model does not exist or you do not have access to it");
  return std::move(*base);
}

Status TunedModels::check_content(const store::Blob& blob, const ModelLocation& base) const {
  const std::lock_guard lock(reading_);
  const auto bytes = read_all(blob);
  if (!bytes && bytes.error().code == ErrorCode::kResourceExhausted) {
    return wrong("input_file_id", bytes.error().message);
  }
  if (!bytes) return tl::unexpected(bytes.error());
  const auto weights = read_for(*bytes, base.path);
  if (weights) return {};
  if (weights.error().where == "base") return wrong("base_model", weights.error().message);
  return wrong("input_file_id", "the adapter is refused: " + weights.error().message);
}

Result<store::StoredAdapter> TunedModels::create(const NewAdapter& order) {
  PEREGRINE_ASSIGN(const ModelLocation base, base_of(order));
  PEREGRINE_ASSIGN(const auto uploaded, files_.find(order.input_file_id, order.organisation));
  if (!uploaded) return fail(ErrorCode::kNotFound, "there is no such file", "input_file_id");
  if (uploaded->purpose != kFineTuningPurpose) {
    return wrong("input_file_id", "the file was not uploaded for the purpose 'fine_tuning'");
  }
  PEREGRINE_ASSIGN(const auto blob, files_.open(order.input_file_id, order.organisation));
  if (!blob) return fail(ErrorCode::kNotFound, "there is no such file", "input_file_id");
  PEREGRINE_TRY(check_content(*blob, base));
  store::StoredAdapter record;
  record.id = base::type_id("ft");
  record.organisation = order.organisation;
  record.name = order.name;
  record.base_model = base.id;
  record.type = order.type;
  record.input_file_id = order.input_file_id;
  record.fine_tuned_model = make_tuned_id(base.id, order.organisation, order.name);
  record.bytes = uploaded->bytes;
  record.sha256 = uploaded->sha256;
  if (const Status put = blobs_.put(record.id, blob->file.get()); !put) {
    if (put.error().code != ErrorCode::kResourceExhausted) return tl::unexpected(put.error());
    base::log(LogLevel::kError, "adapters: {}", put.error().text());
    return fail(ErrorCode::kUnavailable, "There is no room for the adapter at the moment.");
  }
  record.created_at = now();
  // After an error the record may be there nevertheless, so its content stays.
  PEREGRINE_ASSIGN(const bool added, records_.add(record, kMaxAdaptersPerOrganisation));
  if (added) return record;
  drop(blobs_, record.id);
  return wrong("name", fmt::format("there are {} fine tunings already; delete some first",
                                   kMaxAdaptersPerOrganisation));
}

Result<std::optional<store::StoredAdapter>> TunedModels::find(std::string_view id,
                                                              std::string_view organisation) const {
  return records_.find(id, organisation);
}

Result<std::optional<store::StoredAdapter>> TunedModels::find_model(std::string_view id,
                                                                    std::string_view organisation) const {
  PEREGRINE_ASSIGN(auto found, records_.find_model(id));
  if (found && found->organisation != organisation) found.reset();
  return found;
}

Result<std::optional<store::StoredAdapter>> TunedModels::resolve(std::string_view id) const {
  return records_.find_model(id);
}

Result<std::vector<store::StoredAdapter>> TunedModels::list(std::string_view organisation) const {
  return records_.list(organisation);
}

Result<bool> TunedModels::remove(std::string_view id, std::string_view organisation) {
  PEREGRINE_ASSIGN(const bool removed, records_.remove(id, organisation));
  if (!removed) return false;
  drop(blobs_, id);
  if (forget_) forget_(id);
  return true;
}

Result<model::AdapterWeights> TunedModels::load(const store::StoredAdapter& adapter) const {
  const std::lock_guard lock(reading_);
  PEREGRINE_ASSIGN(const auto blob, blobs_.get(adapter.id));
  if (!blob) return fail(ErrorCode::kCorrupt, "its content is gone", adapter.id);
  PEREGRINE_ASSIGN(const auto bytes, read_all(*blob));
  if (base::sha256_hex(as_text(bytes)) != adapter.sha256) {
    return fail(ErrorCode::kCorrupt, "its content has changed", adapter.id);
  }
  const auto base = locate_(adapter.base_model);
  if (!base) return fail(ErrorCode::kNotFound, "there is no such model", adapter.base_model);
  auto weights = read_for(bytes, base->path);
  if (weights) return weights;
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("The model `{}` does not fit its base model any more: {}", adapter.fine_tuned_model,
                          weights.error().message),
              "model");
}

Status TunedModels::tidy(std::int64_t now) {
  PEREGRINE_ASSIGN(UnclaimedBlobs unclaimed, UnclaimedBlobs::in(blobs_));
  for (std::string after;;) {
    PEREGRINE_ASSIGN(const auto adapters, records_.scan(after, kRecordsAtOnce));
    if (adapters.empty()) break;
    after = adapters.back().id;
    for (const store::StoredAdapter& adapter : adapters) unclaimed.claim(adapter.id);
  }
  for (const store::BlobEntry& entry : unclaimed.orphans(now)) {
    if (entry.is_blob) drop(blobs_, entry.name);
  }
  return {};
}

}  // namespace peregrine::service
