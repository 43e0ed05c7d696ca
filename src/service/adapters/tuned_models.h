// Models that organisations made of a model of the server and an adapter of their own (low-rank adapters).
//
// An adapter is read, checked against its base model and kept under its own id; the file that it was uploaded
// as may go. It is bound to the loaded base when a request first asks for the tuned model, without touching
// the base's weights, and shared by all requests that do. Any thread; calls may wait for a disk.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/lora/adapter_weights.h"
#include "service/adapters/tuned_id.h"
#include "service/files/files.h"
#include "service/library/library.h"
#include "store/adapters/adapter_store.h"
#include "store/blobs/blob_store.h"

namespace peregrine::service {

inline constexpr std::size_t kMaxAdaptersPerOrganisation = 1000;
inline constexpr std::size_t kMaxTunedName = 64;
inline constexpr std::string_view kLoraType = "lora";
// In the data folder.
inline constexpr std::string_view kAdapterFolder = "adapters";

struct NewAdapter {
  std::string organisation;
  std::string name;  // [A-Za-z0-9._-], at most kMaxTunedName
  std::string type;
  std::string base_model;
  std::string input_file_id;
};

class TunedModels {
 public:
  using Locate = std::function<std::optional<ModelLocation>(std::string_view id)>;
  using Forget = std::function<void(std::string_view adapter_id)>;

  // All outlive this. `locate` finds a base model's file, `forget` is told which adapters are gone.
  TunedModels(store::AdapterStore& records, const store::BlobStore& blobs, Files& files, Locate locate,
              Forget forget = {});

  // Errors: kInvalidArgument with a message for the client, `where` is a field of NewAdapter; kNotFound, with
  // that message, for the file; kUnavailable where the disk is full; the stores'.
  Result<store::StoredAdapter> create(const NewAdapter& order);
  Result<std::optional<store::StoredAdapter>> find(std::string_view id, std::string_view organisation) const;
  // By the id of the tuned model, in any case.
  Result<std::optional<store::StoredAdapter>> find_model(std::string_view id,
                                                         std::string_view organisation) const;
  // The same, whosever it is: for who has made sure already that the caller may use it.
  Result<std::optional<store::StoredAdapter>> resolve(std::string_view id) const;
  Result<std::vector<store::StoredAdapter>> list(std::string_view organisation) const;
  // Requests that run go on. False: there was none.
  Result<bool> remove(std::string_view id, std::string_view organisation);

  // The adapter's weights, read and checked again. Errors: kCorrupt when they are not what was kept;
  // kInvalidArgument with `where` "model" when the base has become another one.
  Result<model::AdapterWeights> load(const store::StoredAdapter& adapter) const;

  // Takes away contents without a record that are older than an hour: what a process that died has left.
  Status tidy(std::int64_t now);

 private:
  Result<ModelLocation> base_of(const NewAdapter& order) const;
  // Whether the base takes what was uploaded.
  Status check_content(const store::Blob& blob, const ModelLocation& base) const;

  store::AdapterStore& records_;
  const store::BlobStore& blobs_;
  Files& files_;
  const Locate locate_;
  const Forget forget_;
  // Reading an adapter takes several times its size: one at a time.
  mutable std::mutex reading_;
};

}  // namespace peregrine::service
