// The layout of the database as the list of SQL scripts that lead to it: script i takes a database from
// version i to i + 1. Scripts that a release has run are never changed; new ones are appended.
#pragma once

#include <span>
#include <string_view>

namespace peregrine::store {

std::span<const std::string_view> migrations();

}  // namespace peregrine::store
