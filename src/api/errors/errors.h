// Every error that the API answers: a table from kind to status, type, code and message, and the envelope
// {"error": {...}} in which clients expect it.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "http/protocol_error.h"

namespace peregrine::api {

enum class ErrorKind {
  kInvalidRequest,
  kContextLengthExceeded,
  kJsonValidateFailed,
  kToolUseFailed,
  kInvalidApiKey,
  kHostNotAllowed,
  kOriginNotAllowed,
  kNotPermitted,
  kModelNotPermitted,
  kModelNotDeletable,
  kPullsNotAllowed,
  kModelNotFound,
  kNotFound,
  kPreviousResponseNotFound,
  kUnknownUrl,
  kMethodNotAllowed,
  kRequestTimeout,
  kConflict,
  kRequestTooLarge,
  kTokensTooLarge,
  kSecondsTooLarge,
  kUriTooLong,
  kHeadersTooLarge,
  kRequestsLimited,
  kTokensLimited,
  kSecondsLimited,
  kCapacityExceeded,
  kInternal,
  kNotImplemented,
  kUnavailable,
};

struct ErrorRow {
  ErrorKind kind;
  unsigned status;
  std::string_view type;
  std::string_view code;     // empty: no code
  std::string_view message;  // "{}" stands for the detail; empty: the detail alone
  unsigned retry_after = 0;  // seconds; 0: no such header
};

std::span<const ErrorRow> error_table();
const ErrorRow& error_row(ErrorKind kind);

// What is wrong with a schema that the client sent.
struct SchemaFault {
  std::string pointer;  // JSON Pointer to the keyword, or to the schema that lacks one
  std::string keyword;
  std::string code;  // for programs: "unsupported_keyword"
};

// When a client may try again.
struct Retry {
  std::chrono::nanoseconds after{0};
  bool soon = true;  // false: a client should tell its user instead of waiting
};

struct ApiError {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;                                // complete, for the client
  std::string param;                                  // path of the offending field; empty: none
  std::optional<std::string> failed_generation = {};  // what the model wrote instead
  std::optional<SchemaFault> schema = {};
  std::optional<Retry> retry = {};
};

// Puts `detail` into the message of the table. What the table does not show never reaches the client.
ApiError make_error(ErrorKind kind, std::string_view detail = {}, std::string param = {});

// A schema was refused: `error.where` is "FIELD#POINTER". Nothing if it is no such error.
// `schema_name` is the client's own name for the schema, if it has one.
std::optional<ApiError> to_schema_error(const Error& error, std::string_view schema_name = {});

// The general reading of an error from below: an invalid argument and its path are the client's to see, every
// other message stays in the house.
ApiError to_api_error(const Error& error);

ErrorKind kind_of(http::ProtocolError error);

// {"error":{"message":...,"type":...,"code"?,"param"?,"status_code"?}}
std::string render_error(const ApiError& error, std::optional<unsigned> status_code = std::nullopt);

// The answer with its content type and, where the table or the error says so, retry-after.
http::Response error_response(const ApiError& error);

}  // namespace peregrine::api
