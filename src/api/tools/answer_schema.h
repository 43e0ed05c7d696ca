// The members that every resource gives a JSON Schema for the answer, besides the schema itself.
#pragma once

#include "api/json/schema.h"
#include "service/chat/conversation.h"

namespace peregrine::api {

Status read_schema_name(const Json& value, const Path& path, service::AnswerFormat& format);
Status read_schema_description(const Json& value, const Path& path, service::AnswerFormat& format);
Status read_schema_strict(const Json& value, const Path& path, service::AnswerFormat& format);

}  // namespace peregrine::api
