// /admin/v1 on the wire: what is ordered, and what is told.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/memory_budget.h"
#include "base/result.h"
#include "service/catalogue/catalogue.h"
#include "service/catalogue/model_folder.h"
#include "service/keys/registry.h"
#include "service/library/library.h"
#include "service/live/board.h"
#include "service/metering/running.h"
#include "service/pulls/pulls.h"

namespace peregrine::api {

// Errors: kInvalidArgument with a message for the client and the path as `where`.
Result<service::PullOrder> parse_pull_order(std::string_view body);
Result<service::KeyOrder> parse_key_order(std::string_view body);

std::string render_admin_models(const std::vector<service::ModelUse>& models,
                                const std::vector<service::UnfinishedDownload>& unfinished,
                                const base::MemoryBudget& budget);
std::string render_admin_model(const service::ModelUse& model);
std::string render_catalogue(const service::Catalogue& catalogue);

std::string render_pulls(const std::vector<service::PullRecord>& pulls, bool allowed);
std::string render_pull(const service::PullRecord& pull);

std::string render_keys(const std::vector<service::ApiKey>& keys, std::int64_t now);
std::string render_key(const service::ApiKey& key, std::int64_t now);
// With the key itself.
std::string render_issued_key(const service::IssuedKey& issued, std::int64_t now);

std::string render_live(const service::LivePicture& picture, const service::RunningRequests* running,
                        const base::MemoryBudget& budget);

}  // namespace peregrine::api
