// One libcurl transfer: a handle with the settings that every request of ours has, and what it answers.
//
// TLS certificates and host names are always checked. Only http and https, HTTP/1.1 (so that parallel
// requests are parallel connections), no redirects followed by libcurl itself, no cookies, no credentials but
// ours.
#pragma once

#include <curl/curl.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "hub/options.h"
#include "hub/response_head.h"
#include "hub/url.h"

namespace peregrine::hub {

class Easy {
 public:
  Easy();
  Easy(const Easy&) = delete;  // libcurl holds pointers into it
  Easy& operator=(const Easy&) = delete;
  ~Easy() = default;

  struct Request {
    Url url;
    bool head = false;     // HEAD instead of GET
    std::string range;     // "0-99"; empty: the whole
    std::string if_range;  // a strong ETag; empty: none
    bool with_token = false;
  };
  // Receives the body's bytes, the response's head being complete; false ends the transfer.
  using Body = std::function<bool(std::string_view)>;
  // Called about once a second while perform() runs; false ends the transfer.
  using Tick = std::function<bool()>;

  // Makes the handle ready, whatever it did before. Connections stay open for reuse.
  void prepare(Request request, const Options& options, Body body);
  // Runs it to its end on this thread.
  CURLcode perform(const Tick& tick);

  CURL* handle() const { return handle_.get(); }
  const ResponseHead& head() const { return head_; }
  bool head_too_large() const { return head_too_large_; }
  // An address was not one that Options::public_only allows.
  bool address_refused() const { return address_refused_; }
  const Url& url() const { return request_.url; }
  const Request& request() const { return request_; }
  std::string_view detail() const { return error_.data(); }
  // Where the response redirects to, absolute; empty when it does not.
  std::string redirect_target() const;

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_connect(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_progress(void* tick, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  void set_headers(const Options& options);

  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_;
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  Request request_;
  ResponseHead head_;
  bool head_too_large_ = false;
  bool address_refused_ = false;
  Body body_;
};

}  // namespace peregrine::hub
