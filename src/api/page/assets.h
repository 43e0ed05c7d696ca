// The page's files as the program carries them: packed with gzip, found by path. Where the program was built
// without npm there are none.
#pragma once

#include <span>
#include <string_view>

namespace peregrine::api {

struct PageAsset {
  std::string_view path;  // as requested: "/" for the page itself, "/assets/NAME" for what it is made of
  std::string_view type;  // its content type
  std::string_view etag;  // with its quotes; of the content before it was packed
  std::string_view gzip;  // the content
  unsigned size;          // of the content once unpacked
};

// Sorted by path. Made from web/ by tools/embed-page.
extern const std::span<const PageAsset> kPageAssets;

// By the path exactly as it was sent; null where there is no such file.
const PageAsset* find_page_asset(std::string_view path);

}  // namespace peregrine::api
