// `response_format`: the shape of the answer. Beside Groq's types, two of ours: {type:"regex", pattern} and
// {type:"choice", choices}.
#pragma once

#include "api/json/schema.h"
#include "service/chat/conversation.h"

namespace peregrine::api {

Status read_answer_format(const Json& value, const Path& path, service::AnswerFormat& format);

}  // namespace peregrine::api
