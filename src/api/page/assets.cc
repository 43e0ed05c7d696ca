#include "api/page/assets.h"

#include <algorithm>

namespace peregrine::api {

const PageAsset* find_page_asset(std::string_view path) {
  const auto found =
      std::lower_bound(kPageAssets.begin(), kPageAssets.end(), path,
                       [](const PageAsset& asset, std::string_view wanted) { return asset.path < wanted; });
  return found != kPageAssets.end() && found->path == path ? &*found : nullptr;
}

}  // namespace peregrine::api
