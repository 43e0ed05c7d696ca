// What servers and old state files say. The first byte chooses the reader.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "hub/client.h"
#include "hub/part_file.h"
#include "hub/response_head.h"
#include "hub/url.h"

namespace {

using namespace peregrine::hub;

void require(bool condition) {
  if (!condition) std::abort();
}

void read_state(std::string_view text) {
  const auto state = parse_part_state(text);
  if (!state) return;
  require(state->done() <= state->remote.size);
  const auto again = parse_part_state(render_part_state(*state));
  require(again && again->received == state->received && again->remote.sha256 == state->remote.sha256);
}

void read_head(std::string_view text) {
  ResponseHead head;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (!head.add_line(text.substr(0, end))) return;
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  next_link(head.get("link"));
  sha256_of_etag(head.get("etag"));
  require(parse_retry_after(head.get("retry-after")).count() >= 0);
  if (const auto range = parse_content_range(head.get("content-range"))) {
    require(range->first <= range->last && range->last < range->total);
  }
}

void read_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return;
  require(url->scheme == "http" || url->scheme == "https");
  // What is connected to is what was checked.
  const auto again = parse_url(url->text);
  require(again && same_origin(*again, *url) && again->path == url->path);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::vector<RepositoryFile> files;
  switch (data[0] % 4) {
    case 0:
      static_cast<void>(parse_listing(text, files));
      break;
    case 1:
      read_state(text);
      break;
    case 2:
      read_head(text);
      break;
    default:
      read_url(text);
  }
  return 0;
}
