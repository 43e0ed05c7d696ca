// How a line of the log is written. Whatever the words and values are, a line is one line.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "base/log.h"

namespace peregrine::base {

std::string_view log_level_name(LogLevel level);

// "words request_id=req_1 status=200 model=\"a b\"", without time and level. Control characters become \xNN.
std::string render_log_text(std::string_view line, std::string_view request_id,
                            std::span<const LogField> fields);

// {"time":"2026-11-23T11:15:50.123Z","level":"info","message":...,"request_id":...,FIELDS}. Valid JSON in
// valid UTF-8.
std::string render_log_json(std::chrono::system_clock::time_point time, LogLevel level, std::string_view line,
                            std::string_view request_id, std::span<const LogField> fields);

}  // namespace peregrine::base
