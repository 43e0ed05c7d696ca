// Why no generation begins, in the client's words: the errors of opening a model and starting a chat, for
// every resource that generates.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"
#include "api/errors/errors.h"
#include "base/result.h"
#include "service/chat/conversation.h"

namespace peregrine::api {

// The client's own names of the schemas in a request.
struct SchemaNames {
  std::string answer;
  std::vector<std::string> tools;

  static SchemaNames of(const service::ChatRequest& request);
};

// What a resource calls things, and what was asked.
struct GenerationTerms {
  std::string_view model;
  std::string_view conversation;  // the field that has it
  std::string_view token_cap;     // the field of the completion budget
  bool flexible = false;          // the request does not wait its turn
};

// `error.where` is a field as the client wrote it, with '#' and a JSON Pointer behind it where the error is
// in a schema.
ApiError explain_refusal(const Error& error, const GenerationTerms& terms, const SchemaNames& schemas,
                         const Services& services);

}  // namespace peregrine::api
