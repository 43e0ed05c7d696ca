// Ids of models that are a base and an adapter: "ft:BASE:ORGANISATION/NAME-0123456789ab".
#pragma once

#include <string>
#include <string_view>

namespace peregrine::service {

bool is_tuned_id(std::string_view id);
// BASE of such an id; empty of others.
std::string_view tuned_base(std::string_view id);
// With twelve random digits at its end.
std::string make_tuned_id(std::string_view base, std::string_view organisation, std::string_view name);

}  // namespace peregrine::service
