// Documents that the answer may rest on: `documents`, and parts of a user's message.
#pragma once

#include <vector>

#include "api/json/schema.h"
#include "service/chat/conversation.h"

namespace peregrine::api {

inline constexpr std::size_t kMaxDocuments = 1024;

// [{id?, source: {type:"text", text} | {type:"json", data}}]
Status read_documents(const Json& value, const Path& path, std::vector<service::Document>& documents);

// {type:"document", document:{data, id?}}
Status read_document_part(const Json& value, const Path& path, std::vector<service::Document>& documents);

// Names the documents that have no id by their place: "doc_1".
void name_documents(std::vector<service::Document>& documents);

}  // namespace peregrine::api
