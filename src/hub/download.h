// Fetches one file over several connections, each a range of it, so that a broken one costs little and a
// later run goes on where this one stopped.
//
// What a response says is checked before its first byte is written: the range must be the one asked for, of a
// file of the announced size. A server that knows no ranges is read in one piece.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "hub/client.h"
#include "hub/progress.h"

namespace peregrine::hub {

struct Order {
  RemoteFile remote;
  std::filesystem::path target;  // in a folder that exists
  std::string beginning;         // bytes the file must begin with; empty: any
};

// Leaves the file complete, checked and synchronised beside its target, for publish(); at once when it is
// there already. Errors say what to do next; what was received is kept, except after kCorrupt.
Status download(const Client& client, const Order& order, const ProgressSink& sink);

// Gives a downloaded file its name. Several are given theirs only when all are there.
Status publish(const Order& order);

// Removes what was downloaded of a file that does not have its name yet.
Status discard(const std::filesystem::path& target);

}  // namespace peregrine::hub
