#include "api/errors/errors.h"

#include <gtest/gtest.h>

namespace peregrine::api {
namespace {

TEST(Errors, EnvelopeOmitsWhatIsAbsent) {
  EXPECT_EQ(
      render_error(make_error(ErrorKind::kInvalidRequest, "'n' : value must be an integer", "n")),
      R"({"error":{"message":"'n' : value must be an integer","type":"invalid_request_error","param":"n"}})");
  EXPECT_EQ(
      render_error(make_error(ErrorKind::kInvalidApiKey)),
      R"({"error":{"message":"Invalid API Key","type":"invalid_request_error","code":"invalid_api_key"}})");
  EXPECT_EQ(
      render_error(make_error(ErrorKind::kInternal), 500),
      R"({"error":{"message":"Internal Server Error","type":"internal_server_error","status_code":500}})");
}

TEST(Errors, DetailsAreTextNotTemplates) {
  EXPECT_EQ(make_error(ErrorKind::kModelNotFound, "{}{}").message,
            "The model `{}{}` does not exist or you do not have access to it.");
  EXPECT_EQ(render_error(make_error(ErrorKind::kModelNotFound, "a\"b")),
            R"({"error":{"message":"The model `a\"b` does not exist or you do not have access to it.",)"
            R"("type":"invalid_request_error","code":"model_not_found"}})");
}

TEST(Errors, WhatIsBelowStaysBelow) {
  for (const ErrorCode code :
       {ErrorCode::kNotFound, ErrorCode::kCorrupt, ErrorCode::kUnsupported, ErrorCode::kIo,
        ErrorCode::kResourceExhausted, ErrorCode::kPermissionDenied, ErrorCode::kInternal}) {
    const ApiError error = to_api_error(Error{code, "/home/secret", "tensor"});
    EXPECT_EQ(error.kind, ErrorKind::kInternal);
    EXPECT_EQ(error.message, "Internal Server Error");
    EXPECT_EQ(error.param, "");
  }
}

TEST(Errors, TableAgreesWithHttp) {
  using http::ProtocolError;
  for (const ProtocolError error :
       {ProtocolError::kBadRequest, ProtocolError::kNotFound, ProtocolError::kMethodNotAllowed,
        ProtocolError::kTimeout, ProtocolError::kBodyTooLarge, ProtocolError::kUriTooLong,
        ProtocolError::kHeadersTooLarge, ProtocolError::kInternal, ProtocolError::kUnsupported,
        ProtocolError::kOverloaded}) {
    EXPECT_EQ(error_row(kind_of(error)).status, http::status_of(error));
  }
}

TEST(Errors, ServerFaultsAndOnlyTheyAreRetried) {
  for (const ErrorRow& row : error_table()) {
    EXPECT_EQ(row.status >= 500 && row.status != 501, row.type == "internal_server_error") << row.status;
  }
  EXPECT_EQ(error_response(make_error(ErrorKind::kUnavailable, "x")).headers.get("retry-after"), "1");
  EXPECT_FALSE(error_response(make_error(ErrorKind::kInternal)).headers.contains("retry-after"));
}

}  // namespace
}  // namespace peregrine::api
