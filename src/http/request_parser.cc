#include "http/request_parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <utility>

#include "http/target.h"

namespace peregrine::http {
namespace {

namespace beast_http = boost::beast::http;

// Method, version and spaces of a request line, beside the target.
constexpr std::size_t kRequestLineSlack = 64;

std::size_t count(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(), [name](const Header& field) {
    return equal_ignoring_case(field.name, name);
  }));
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// uri-host [":" port] of RFC 3986, by its alphabet; empty is allowed.
bool is_host(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alphanumeric ||
           std::string_view("-._~%!$&'()*+;=:[]").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

std::string too_large(std::string_view what, std::uint64_t limit) {
  return std::string(what) + " is larger than " + std::to_string(limit) + " bytes.";
}

}  // namespace

RequestParser::RequestParser(const Limits& limits) : limits_(limits) {
  const std::size_t most = std::numeric_limits<std::uint32_t>::max();
  basic_parser::header_limit(static_cast<std::uint32_t>(std::min(limits.max_header_bytes, most)));
  basic_parser::body_limit(boost::none);  // checked here, against the route's own limit
}

void RequestParser::keep_body(std::uint64_t max_bytes, BodyReservation& reservation) {
  max_body_bytes_ = max_bytes;
  keep_ = true;
  reservation_ = &reservation;
}

void RequestParser::stream_body(std::uint64_t max_bytes) {
  max_body_bytes_ = max_bytes;
  keep_ = true;
  reservation_ = nullptr;
}

void RequestParser::discard_body(std::uint64_t max_bytes) {
  max_body_bytes_ = body_bytes_ + max_bytes;
  keep_ = false;
  reservation_ = nullptr;
}

std::size_t RequestParser::feed(std::string_view input) {
  if (refusal_ || done() || input.empty()) return 0;
  std::size_t taken = 0;
  if (!request_line_done_) {
    // RFC 9112, 2.2: empty lines before a request line are passed over.
    while (input.substr(taken, 2) == "\r\n") taken += 2;
    if (taken == input.size() || input.substr(taken) == "\r") {
      head_bytes_ += taken;
      return taken;
    }
    check_request_line(input.substr(taken));
    if (refusal_) return taken;
  }
  const bool in_head = !head_done_;
  const std::string_view rest = input.substr(taken);
  Error error;
  basic_parser::eager(!in_head);
  taken += basic_parser::put(boost::asio::buffer(rest), error);
  if (in_head) {
    head_bytes_ += taken;
    const std::size_t pending = head_done_ ? 0 : input.size() - taken;
    if (!refusal_ &&
        (error == beast_http::error::header_limit || head_bytes_ + pending > limits_.max_header_bytes)) {
      refuse(error, ProtocolError::kHeadersTooLarge,
             too_large("The header section", limits_.max_header_bytes));
    }
  }
  if (error && error != beast_http::error::need_more && !refusal_) {
    refuse(error, ProtocolError::kBadRequest, "The request is malformed: " + error.message() + ".");
  }
  return taken;
}

// Beast looks for the end of the whole head when the first line comes in pieces, so a long target is
// noticed here.
void RequestParser::check_request_line(std::string_view input) {
  const std::size_t most = limits_.max_target_bytes + kRequestLineSlack;
  if (input.size() <= most || input.substr(0, most).find('\n') != std::string_view::npos) return;
  Error ignored;
  refuse(ignored, ProtocolError::kUriTooLong, too_large("The request target", limits_.max_target_bytes));
}

void RequestParser::refuse(Error& error, ProtocolError why, std::string detail) {
  error = beast_http::error::bad_value;  // any error stops Beast; the refusal says which
  refusal_ = Refusal{why, std::move(detail)};
}

void RequestParser::on_request_impl(beast_http::verb, View method, View target, int version, Error& error) {
  request_line_done_ = true;
  version_ = version;
  request_.method = method;
  request_.target = target;
  if (target.size() > limits_.max_target_bytes) {
    refuse(error, ProtocolError::kUriTooLong, too_large("The request target", limits_.max_target_bytes));
    return;
  }
  auto parsed = http::parse_target(request_.target);
  if (!parsed) {
    refuse(error, ProtocolError::kBadRequest, std::move(parsed.error().message));
    return;
  }
  request_.path = std::move(parsed->path);
  request_.query = std::move(parsed->query);
}

void RequestParser::on_field_impl(Field, View name, View value, Error& error) {
  if (head_done_) return;
  if (request_.headers.size() == limits_.max_headers) {
    refuse(error, ProtocolError::kHeadersTooLarge,
           "The request has more than " + std::to_string(limits_.max_headers) + " header fields.");
    return;
  }
  request_.headers.add(std::string(name), std::string(value));
}

void RequestParser::on_header_impl(Error& error) {
  head_done_ = true;
  keep_alive_ = basic_parser::keep_alive();
  auto refusal = check_framing();
  if (!refusal) refusal = check_host();
  if (!refusal) refusal = check_expectation();
  if (refusal) {
    refuse(error, refusal->error, std::move(refusal->detail));
    return;
  }
  if (basic_parser::chunked()) {
    content_length_ = std::nullopt;
  } else {
    content_length_ = basic_parser::content_length().value_or(0);
  }
}

// Beast has refused the two headers together, and numbers that overflow.
std::optional<Refusal> RequestParser::check_framing() const {
  const Headers& headers = request_.headers;
  const std::size_t lengths = count(headers, "content-length");
  if (lengths > 1 || (lengths == 1 && !is_digits(headers.get("content-length")))) {
    return Refusal{ProtocolError::kBadRequest, "There must be one Content-Length, a decimal number."};
  }
  const std::size_t codings = count(headers, "transfer-encoding");
  if (codings == 0) return std::nullopt;
  if (http_1_0()) {
    return Refusal{ProtocolError::kBadRequest, "HTTP/1.0 has no Transfer-Encoding."};
  }
  if (codings > 1 || !equal_ignoring_case(headers.get("transfer-encoding"), "chunked")) {
    return Refusal{ProtocolError::kUnsupported, "The only transfer coding that is understood is 'chunked'."};
  }
  return std::nullopt;
}

std::optional<Refusal> RequestParser::check_host() const {
  const std::size_t hosts = count(request_.headers, "host");
  if (hosts > 1 || (hosts == 0 && !http_1_0()) || !is_host(request_.headers.get("host"))) {
    return Refusal{ProtocolError::kBadRequest, "There must be one Host header, and it must name a host."};
  }
  return std::nullopt;
}

std::optional<Refusal> RequestParser::check_expectation() {
  if (http_1_0() || !request_.headers.contains("expect")) return std::nullopt;
  if (count(request_.headers, "expect") > 1 ||
      !equal_ignoring_case(request_.headers.get("expect"), "100-continue")) {
    return Refusal{ProtocolError::kUnsupported, "The only expectation that is understood is '100-continue'."};
  }
  expects_continue_ = true;
  return std::nullopt;
}

std::size_t RequestParser::on_body_impl(View bytes, Error& error) {
  body_bytes_ += bytes.size();
  if (body_bytes_ > max_body_bytes_) {
    refuse(error, ProtocolError::kBodyTooLarge, too_large("The request body", max_body_bytes_));
  } else if (reservation_ != nullptr && !reservation_->grow(bytes.size())) {
    refuse(error, ProtocolError::kOverloaded, std::string(kTooManyBodies));
  } else if (keep_) {
    body_.append(bytes);
  }
  return bytes.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View bytes, Error& error) {
  return on_body_impl(bytes, error);
}

}  // namespace peregrine::http
