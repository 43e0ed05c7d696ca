// Server-sent events (WHATWG HTML, 9.2), the writing side. Lines end with LF; an event ends with a blank
// line.
#pragma once

#include <string>
#include <string_view>

namespace peregrine::http {

// Appends one event: an `event:` line unless `event` is empty, one `data:` line for each line of `data`.
// CR, LF and CRLF all end a line of `data`, as they do for the reader; in `event` they become spaces.
void append_sse_event(std::string& out, std::string_view data, std::string_view event = {});
std::string sse_event(std::string_view data, std::string_view event = {});

// A comment, which every reader ignores: keeps intermediaries and patience alive between events.
std::string sse_comment(std::string_view text = "keep-alive");

}  // namespace peregrine::http
