// Keys that belong to the container itself rather than to the model in it.
#pragma once

#include <utility>

#include "base/result.h"

namespace peregrine::gguf {

// A value of such a key: a type that does not fit is the file's fault, not the reader's argument.
template <class T>
Result<T> of_format(Result<T> value) {
  if (!value && value.error().code == ErrorCode::kInvalidArgument) value.error().code = ErrorCode::kCorrupt;
  return value;
}

}  // namespace peregrine::gguf
