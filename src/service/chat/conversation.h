// What a chat is asked: a conversation, the tools it may call, the shape its answer must have. Domain types.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/generation.h"
#include "service/metering/admission.h"

namespace peregrine::service {

enum class Role { kSystem, kUser, kAssistant, kTool };

struct ToolCall {
  std::string id;
  std::string name;
  std::string arguments;  // the text of a JSON object
};

struct ChatMessage {
  Role role = Role::kUser;
  std::string content;
  std::optional<std::string> name;
  std::optional<std::string> reasoning = {};     // of the assistant, before its content
  std::vector<ToolCall> tool_calls = {};         // of the assistant, after its content
  std::optional<std::string> tool_call_id = {};  // of a tool: the call that it answers
};

// A function that the model may call.
struct Tool {
  std::string name;  // letters, digits, '_' and '-', at most 64
  std::optional<std::string> description;
  std::optional<boost::json::object> parameters;  // JSON Schema of its arguments; nothing: it takes none
  bool strict = false;                            // the vendor's flag; arguments fit the schema either way
};

enum class ToolChoice { kNone, kAuto, kRequired, kFunction };

struct ToolUse {
  std::vector<Tool> tools;
  ToolChoice choice = ToolChoice::kNone;
  std::string function;   // of kFunction: one of the tools
  bool parallel = true;   // more than one call in an answer
  bool any_name = false;  // calls of functions that were not declared pass, with any object for arguments
};

enum class AnswerKind { kText, kJsonObject, kJsonSchema, kRegex, kChoice };

// The shape of the answer's content.
struct AnswerFormat {
  AnswerKind kind = AnswerKind::kText;
  std::string name;                        // of kJsonSchema
  std::optional<std::string> description;  // likewise
  boost::json::value schema;               // likewise
  bool strict = false;                     // likewise: the schema must keep the vendor's strict rules
  std::string pattern;                     // of kRegex
  std::vector<std::string> choices;        // of kChoice
  bool whole = false;                      // of JSON: cut short by the budget, it is a failure and no answer
};

enum class ReasoningFormat { kRaw, kParsed, kHidden };
enum class ReasoningEffort { kNone, kDefault, kLow, kMedium, kHigh };

// A text that the answer may rest on.
struct Document {
  std::string id;
  std::string text;  // JSON documents as their text
};

// [start, end) of the answer's content, in code points.
struct Citation {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  enum class Source { kDocument, kToolCall } source = Source::kDocument;
  std::string id;  // of the document, or of the tool call
};

// Whether the answer names its sources: documents, and where it was asked for the results of tools as well.
enum class Citations { kDisabled, kWithDocuments, kEnabled };

struct ChatRequest {
  std::string model;
  std::vector<ChatMessage> messages;  // if the last one is the assistant's, its text is continued
  std::optional<std::uint32_t> max_completion_tokens;  // nothing: as much as the context holds
  float temperature = 1.0F;
  float top_p = 1.0F;
  float frequency_penalty = 0.0F;
  float presence_penalty = 0.0F;
  std::vector<std::pair<std::int32_t, float>> logit_bias;
  std::vector<std::string> stop;  // not part of the answer; may span tokens
  std::optional<std::uint64_t> seed;
  std::optional<std::uint32_t> top_logprobs;  // nothing: no log-probabilities
  std::uint32_t n = 1;
  bool debug = false;  // collect DebugDump
  ToolUse tool_use;
  AnswerFormat answer;
  std::optional<ReasoningFormat> reasoning_format;  // nothing: the model's default
  std::optional<bool> include_reasoning;            // as parsed or hidden; ignored by models without
  std::optional<ReasoningEffort> reasoning_effort;
  std::vector<Document> documents;
  Citations citations = Citations::kWithDocuments;
  std::shared_ptr<const model::Adapter> adapter = {};  // of the model that answers; null: the model as it is
  engine::Priority priority = engine::Priority::kNormal;
  Admit admit = {};  // asked when the prompt is known to fit
};

}  // namespace peregrine::service
