// /admin/v1: models, pulls, keys and what the server does now, for keys with the scope `admin`.
//
// Behind the same door as everything else. Besides, nothing here answers a web page of another origin, and
// what changes anything must have the content type application/json, which no page can send to another
// origin without being asked first: without keys, any page in the browser of this machine's user reaches us.
#pragma once

#include "api/api.h"
#include "service/keys/desk.h"
#include "service/library/library.h"
#include "service/live/board.h"
#include "service/pulls/pulls.h"

namespace peregrine::api {

// What is administered. All of it outlives the server.
struct Administration {
  service::ModelLibrary& library;
  service::LiveBoard& board;
  service::KeyDesk* keys = nullptr;  // null: there are no keys to manage
  service::Pulls* pulls = nullptr;   // null: nothing is fetched
};

// `services.admin` is not null.
void add_admin_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
