// What a batch's lines are and how they are answered, as the room above knows it: here they are text.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "service/keys/api_key.h"
#include "store/batches/batch_store.h"

namespace peregrine::service {

// A line of an input file.
struct BatchLine {
  std::string custom_id;
  std::string url;   // one of those that lines may name
  std::string body;  // of the request
  // Why it cannot be asked, though the line is one: it is answered with that.
  std::optional<store::BatchFault> fault = {};
};

struct LineOutcome {
  enum class Kind : unsigned char {
    kSucceeded,
    kFailed,
    kBusy,     // cannot be served now; `text` is what a client would have been told
    kGivenUp,  // nobody waits for it any more
  };
  Kind kind = Kind::kGivenUp;
  std::string text;  // a line of the output or error file
};

class BatchWork {
 public:
  using Done = std::function<void(LineOutcome)>;

  virtual ~BatchWork() = default;

  // The fault of a line that is none.
  virtual tl::expected<BatchLine, store::BatchFault> read(std::string_view text) const = 0;
  // `done` is called once, on any thread, and must not block. When the last copy of what this returns is
  // gone, the line is given up.
  virtual std::shared_ptr<void> start(BatchLine line, std::shared_ptr<const ApiKey> key, Done done) = 0;
  // The line of an error file for one that was not asked.
  virtual std::string refuse(std::string_view custom_id, std::string_view code,
                             std::string_view message) const = 0;
};

}  // namespace peregrine::service
