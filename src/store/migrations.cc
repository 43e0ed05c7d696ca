#include "store/migrations.h"

namespace peregrine::store {
namespace {

// Stored responses. `seq` is the order in which they came: created_at alone has ties. An item is stored with
// the response that it was part of, input before output; its own id need not be unique, since clients send
// items again.
constexpr std::string_view kResponses = R"sql(
CREATE TABLE responses (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  previous_id TEXT NOT NULL,
  finished INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX responses_by_age ON responses (created_at);
CREATE TABLE response_items (
  response_seq INTEGER NOT NULL REFERENCES responses (seq) ON DELETE CASCADE,
  output INTEGER NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (response_seq, output, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_items_by_id ON response_items (id);
)sql";

// Records of uploaded files. Ids grow with time, so that the order of the key is the order of lists.
constexpr std::string_view kFiles = R"sql(
CREATE TABLE files (
  id TEXT NOT NULL PRIMARY KEY,
  organisation TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  filename TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_organisation ON files (organisation, id);
CREATE INDEX files_by_age ON files (created_at);
)sql";

// Keys and what was used with them. Of a key there is its digest only. Amounts are sums.
constexpr std::string_view kKeysAndUsage = R"sql(
CREATE TABLE api_keys (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  endpoints TEXT NOT NULL,
  models TEXT NOT NULL,
  limits TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE usage (
  day INTEGER NOT NULL,
  organisation TEXT NOT NULL,
  key TEXT NOT NULL,
  model TEXT NOT NULL,
  requests INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  audio_seconds INTEGER NOT NULL,
  PRIMARY KEY (day, organisation, key, model)
) STRICT, WITHOUT ROWID;
)sql";

// Records of adapters, whose bytes are blobs of the same id in a folder of their own. Ids of models are
// compared without regard to case.
constexpr std::string_view kAdapters = R"sql(
CREATE TABLE adapters (
  id TEXT NOT NULL PRIMARY KEY,
  organisation TEXT NOT NULL,
  name TEXT NOT NULL,
  base_model TEXT NOT NULL,
  type TEXT NOT NULL,
  input_file_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  fine_tuned_model TEXT NOT NULL UNIQUE COLLATE NOCASE,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX adapters_by_organisation ON adapters (organisation, id);
)sql";

// Batches. `status` and `errors` are texts of their repository; the lines' answers lie in files beside the
// database.
constexpr std::string_view kBatches = R"sql(
CREATE TABLE batches (
  id TEXT NOT NULL PRIMARY KEY,
  organisation TEXT NOT NULL,
  key_id TEXT NOT NULL,
  key_endpoints TEXT NOT NULL,
  key_models TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  input_file_id TEXT NOT NULL,
  completion_window TEXT NOT NULL,
  metadata TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  ended INTEGER NOT NULL,
  errors TEXT NOT NULL,
  in_progress_at INTEGER,
  finalizing_at INTEGER,
  completed_at INTEGER,
  failed_at INTEGER,
  expired_at INTEGER,
  cancelling_at INTEGER,
  cancelled_at INTEGER,
  total INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  output_file_id TEXT NOT NULL,
  error_file_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX batches_by_organisation ON batches (organisation, id);
CREATE INDEX batches_by_end ON batches (ended, created_at);
)sql";

constexpr std::string_view kMigrations[] = {kResponses, kFiles, kKeysAndUsage, kAdapters, kBatches};

}  // namespace

std::span<const std::string_view> migrations() {
  return kMigrations;
}

}  // namespace peregrine::store
