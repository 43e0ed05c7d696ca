#include <algorithm>

#include "api/batches/wire.h"
#include "api/entry/listing.h"
#include "api/json/writer.h"
#include "base/ids.h"

namespace peregrine::api {
namespace {

using store::BatchStatus;
using store::StoredBatch;

void write_time(JsonWriter& json, std::string_view key, const std::optional<std::int64_t>& time) {
  json.key(key);
  time ? json.integer(*time) : json.null();
}

void write_errors(JsonWriter& json, const std::vector<store::BatchFault>& errors) {
  json.key("errors");
  if (errors.empty()) {
    json.null();
    return;
  }
  json.begin_object().key("object").string("list").key("data").begin_array();
  for (const store::BatchFault& fault : errors) {
    json.begin_object().key("code").string(fault.code).key("message").string(fault.message);
    write_text_or_null(json, "param", fault.param);
    json.key("line");
    fault.line > 0 ? json.integer(static_cast<std::int64_t>(fault.line)) : json.null();
    json.end_object();
  }
  json.end_array().end_object();
}

// Of a batch that has not ended, what is chosen for its end is not told yet.
void write_batch(JsonWriter& json, const StoredBatch& batch) {
  const bool ended = store::has_ended(batch.status);
  json.begin_object().key("id").string(batch.id).key("object").string("batch");
  json.key("endpoint").string(batch.endpoint);
  write_errors(json, batch.errors);
  json.key("input_file_id").string(batch.input_file_id);
  json.key("completion_window").string(batch.completion_window);
  json.key("status").string(store::batch_status_name(batch.status));
  write_text_or_null(json, "output_file_id", ended ? batch.output_file_id : "");
  write_text_or_null(json, "error_file_id", ended ? batch.error_file_id : "");
  json.key("created_at").integer(batch.created_at);
  write_time(json, "in_progress_at", batch.in_progress_at);
  json.key("expires_at").integer(batch.expires_at);
  write_time(json, "finalizing_at", batch.finalizing_at);
  write_time(json, "completed_at", batch.completed_at);
  write_time(json, "failed_at", batch.failed_at);
  write_time(json, "expired_at", ended ? batch.expired_at : std::nullopt);
  write_time(json, "cancelling_at", batch.cancelling_at);
  write_time(json, "cancelled_at", batch.cancelled_at);
  json.key("request_counts").begin_object();
  json.key("total").integer(static_cast<std::int64_t>(batch.counts.total));
  json.key("completed").integer(static_cast<std::int64_t>(batch.counts.completed));
  json.key("failed").integer(static_cast<std::int64_t>(batch.counts.failed)).end_object();
  json.key("metadata");
  batch.metadata.empty() ? json.null() : json.raw(batch.metadata);
  json.end_object();
}

void begin_line(JsonWriter& json, std::string_view custom_id) {
  json.begin_object().key("id").string(base::type_id("batch_req_out"));
  json.key("custom_id").string(custom_id);
}

}  // namespace

std::string render_batch(const StoredBatch& batch) {
  return json_text([&](JsonWriter& json) { write_batch(json, batch); });
}

std::string render_batch_page(const store::BatchPage& page) {
  const std::string_view first = page.records.empty() ? "" : std::string_view(page.records.front().id);
  const std::string_view last = page.records.empty() ? "" : std::string_view(page.records.back().id);
  return json_text([&](JsonWriter& json) {
    begin_list(json, page.records, write_batch).key("paging").begin_object();
    write_text_or_null(json, "next_cursor", page.has_more ? last : "");
    json.end_object();
    write_ends(json, first, last, page.has_more);
    json.end_object();
  });
}

std::string render_answered_line(std::string_view custom_id, const http::Response& response) {
  std::string out;
  JsonWriter json(out);
  begin_line(json, custom_id);
  json.key("response").begin_object().key("status_code").integer(response.status);
  json.key("request_id").string(response.headers.get("x-request-id"));
  json.key("body");
  // Transcripts may be asked for as plain text, which is a string here.
  const bool is_json = response.headers.get("content-type") == "application/json" &&
                       response.body.find('\n') == std::string::npos;
  is_json ? json.raw(response.body) : json.string(response.body);
  json.end_object().key("error").null().end_object();
  return out;
}

std::string render_refused_line(std::string_view custom_id, std::string_view code, std::string_view message) {
  std::string out;
  JsonWriter json(out);
  begin_line(json, custom_id);
  json.key("response").null().key("error").begin_object();
  json.key("code").string(code).key("message").string(message).end_object().end_object();
  return out;
}

}  // namespace peregrine::api
