#include "hub/easy.h"

#include <chrono>
#include <new>
#include <utility>

#include "hub/limits.h"
#include "hub/public_fetch.h"

namespace peregrine::hub {
namespace {

// libcurl's global state, made once, before any handle.
void initialise() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw std::bad_alloc();
}

constexpr long kReceiveBuffer = 256 << 10;

}  // namespace

Easy::Easy() : handle_(nullptr, curl_easy_cleanup), headers_(nullptr, curl_slist_free_all) {
  initialise();
  handle_.reset(curl_easy_init());
  if (!handle_) throw std::bad_alloc();
}

void Easy::prepare(Request request, const Options& options, Body body) {
  using std::chrono::milliseconds;
  request_ = std::move(request);
  body_ = std::move(body);
  head_.clear();
  head_too_large_ = false;
  address_refused_ = false;
  error_[0] = '\0';
  CURL* curl = handle_.get();
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, request_.url.text.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!options.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "peregrine/" PEREGRINE_VERSION);
  curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, kReceiveBuffer);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(milliseconds(kConnectTimeout).count()));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kMinBytesPerSecond);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall.count()));
  curl_easy_setopt(curl, CURLOPT_NOBODY, request_.head ? 1L : 0L);
  if (!request_.range.empty()) curl_easy_setopt(curl, CURLOPT_RANGE, request_.range.c_str());
  // A proxy for the outside has no way back to this machine.
  if (is_loopback(request_.url)) curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  if (options.public_only) {
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &Easy::on_connect);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, this);
  }
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_.data());
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Easy::on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Easy::on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl, CURLOPT_PRIVATE, this);
  set_headers(options);
}

void Easy::set_headers(const Options& options) {
  headers_.reset();
  const auto add = [this](const std::string& line) {
    curl_slist* list = headers_.release();
    curl_slist* longer = curl_slist_append(list, line.c_str());
    headers_.reset(longer != nullptr ? longer : list);
    if (longer == nullptr) throw std::bad_alloc();
  };
  if (request_.with_token) add("Authorization: Bearer " + options.token);
  if (!request_.if_range.empty()) add("If-Range: " + request_.if_range);
  curl_easy_setopt(handle_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

CURLcode Easy::perform(const Tick& tick) {
  curl_easy_setopt(handle_.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle_.get(), CURLOPT_XFERINFOFUNCTION, &Easy::on_progress);
  curl_easy_setopt(handle_.get(), CURLOPT_XFERINFODATA, &tick);
  return curl_easy_perform(handle_.get());
}

std::string Easy::redirect_target() const {
  const char* target = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_REDIRECT_URL, &target);
  return target == nullptr ? std::string() : std::string(target);
}

std::size_t Easy::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto* easy = static_cast<Easy*>(self);
  if (easy->head_.add_line({data, size * count})) return size * count;
  easy->head_too_large_ = true;
  return 0;
}

std::size_t Easy::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto* easy = static_cast<Easy*>(self);
  return easy->body_({data, size * count}) ? size * count : 0;
}

curl_socket_t Easy::on_connect(void* self, curlsocktype, curl_sockaddr* address) {
  if (!is_public_address(address->addr)) {
    static_cast<Easy*>(self)->address_refused_ = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int Easy::on_progress(void* tick, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return (*static_cast<const Tick*>(tick))() ? 0 : 1;
}

}  // namespace peregrine::hub
