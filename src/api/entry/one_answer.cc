#include "api/entry/one_answer.h"

namespace peregrine::api {
ApiError embedding_error(const Error& error, const std::string& model, std::string where) {
  switch (error.code) {
    case ErrorCode::kNotFound:
      return make_error(ErrorKind::kModelNotFound, model);
    case ErrorCode::kInvalidArgument:
      return make_error(ErrorKind::kInvalidRequest, error.message, std::move(where));
    case ErrorCode::kResourceExhausted:
      return {ErrorKind::kContextLengthExceeded, error.message, std::move(where)};
    case ErrorCode::kUnavailable:
      return make_error(ErrorKind::kUnavailable, error.message);
    default:
      return make_error(ErrorKind::kInternal);
  }
}

}  // namespace peregrine::api
