// From received bytes to a Request, over Beast's parser. Adds what Beast leaves open: bounds on target,
// fields and body, one reading of the message's length (RFC 9112, 6.3, in its strictest sense, so that no
// proxy before us can read it otherwise), the Host rule and the Expect header.
//
// Two phases: feed() until head_done(), then feed() until done(). Trailer fields are checked and dropped.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/body_budget.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/protocol_error.h"

namespace peregrine::http {

struct Refusal {
  ProtocolError error = ProtocolError::kBadRequest;
  std::string detail;  // one sentence for the client
};

class RequestParser final : private boost::beast::http::basic_parser<true> {
 public:
  explicit RequestParser(const Limits& limits);

  // Takes in a prefix of `input` and returns its length; the rest is to be offered again with more behind it.
  // After a refusal nothing more is taken in.
  std::size_t feed(std::string_view input);
  const std::optional<Refusal>& refusal() const { return refusal_; }

  bool request_line_done() const { return request_line_done_; }
  bool head_done() const { return head_done_; }
  bool done() const { return basic_parser::is_done(); }

  // What follows is known once the head is done.
  Request& request() { return request_; }  // without its body
  bool http_1_0() const { return version_ == 10; }
  bool keep_alive() const { return keep_alive_; }
  bool expects_continue() const { return expects_continue_; }
  // None: chunked.
  std::optional<std::uint64_t> content_length() const { return content_length_; }

  // Before the body phase: keep the body, at most `max_bytes` of it, charged to `reservation`, which is to
  // outlive the parser; or keep it until the caller clears body(), which holds at most what one feed() took.
  void keep_body(std::uint64_t max_bytes, BodyReservation& reservation);
  void stream_body(std::uint64_t max_bytes);
  // At any time: pass over what is left of it, at most `max_bytes`.
  void discard_body(std::uint64_t max_bytes);
  std::string& body() { return body_; }
  // After the transfer coding, so far.
  std::uint64_t body_bytes() const { return body_bytes_; }

 private:
  using Error = boost::beast::error_code;
  using Field = boost::beast::http::field;
  using View = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, View method, View target, int version,
                       Error& error) override;
  void on_response_impl(int, View, int, Error&) override {}
  void on_field_impl(Field field, View name, View value, Error& error) override;
  void on_header_impl(Error& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(View bytes, Error& error) override;
  void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View bytes, Error& error) override;
  void on_finish_impl(Error&) override {}

  void check_request_line(std::string_view input);
  void refuse(Error& error, ProtocolError why, std::string detail);
  std::optional<Refusal> check_framing() const;
  std::optional<Refusal> check_host() const;
  std::optional<Refusal> check_expectation();

  const Limits& limits_;
  Request request_;
  std::string body_;
  std::optional<Refusal> refusal_;
  std::optional<std::uint64_t> content_length_ = 0;
  std::uint64_t max_body_bytes_ = 0;
  std::uint64_t body_bytes_ = 0;
  bool keep_ = false;                       // else the body is passed over
  BodyReservation* reservation_ = nullptr;  // charged for what is kept, where there is one
  std::size_t head_bytes_ = 0;
  int version_ = 11;
  bool request_line_done_ = false;
  bool head_done_ = false;
  bool keep_alive_ = false;
  bool expects_continue_ = false;
};

}  // namespace peregrine::http
