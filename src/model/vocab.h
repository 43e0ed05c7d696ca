// A model file's tokenizer metadata (`tokenizer.ggml.*`) as the tokenizer room's plain data.
#pragma once

#include "base/result.h"
#include "gguf/metadata.h"
#include "text/tokenizer/spec.h"

namespace peregrine::model {

// The spec views the metadata, hence the file: make the tokenizer while the file is open. Only shapes are
// checked here; text::make_tokenizer() judges the values. Errors: kNotFound, kInvalidArgument and
// kUnsupported, `where` is the key.
Result<text::TokenizerSpec> tokenizer_spec(const gguf::Metadata& metadata);

}  // namespace peregrine::model
