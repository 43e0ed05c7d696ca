// A low-rank adapter bound to a loaded model: checked against it and kept in a form that is fast to apply.
//
// It is immutable and belongs to one model object: of a batch, each sequence may have one of that model's
// adapters or none. It may outlive the model, and gives its memory back to the budget when it dies.
#pragma once

#include <cstdint>

namespace peregrine::model {

inline constexpr std::uint32_t kMaxAdapterRank = 256;

// Never 0, and never the same twice in a process.
std::uint64_t new_identity();

class Adapter {
 public:
  virtual ~Adapter() = default;
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;

  // Tells it from every other adapter of the process, those that are gone as well: what was computed with it
  // is known by it.
  std::uint64_t id() const { return id_; }
  std::uint64_t model() const { return model_; }  // identity of the model that it is bound to
  virtual std::uint64_t bytes() const = 0;        // of memory

 protected:
  explicit Adapter(std::uint64_t model) : id_(new_identity()), model_(model) {}

 private:
  std::uint64_t id_;
  std::uint64_t model_;
};

}  // namespace peregrine::model
