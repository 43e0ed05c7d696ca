// For the .cc files of this room: values into statements.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <string_view>

namespace peregrine::store {

// Text goes in with its length: it may hold NUL, which a C string would cut.
inline void bind_text(SQLite::Statement& statement, int index, std::string_view text) {
  statement.bind(index, std::string(text));
}

}  // namespace peregrine::store
