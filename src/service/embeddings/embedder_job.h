// A job of the embedder as somebody's pending answer: keeps the model for as long, and makes the answer of
// the numbers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/embed/embedder.h"
#include "service/embeddings/pending.h"
#include "service/library/library.h"
#include "service/metering/admission.h"

namespace peregrine::service {

// Asks whether `inputs` may be computed.
inline Status admit_inputs(const Admit& admit, const std::vector<engine::EmbedInput>& inputs) {
  if (!admit) return {};
  Demand demand;
  for (const engine::EmbedInput& input : inputs) demand.prompt_tokens += input.tokens.size();
  return admit(demand);
}

template <class Answer>
class EmbedderJob final : public Pending<Answer> {
 public:
  using Finish = std::function<Answer(engine::EmbedResult)>;

  EmbedderJob(ModelLease model, std::unique_ptr<engine::EmbedJob> job, Finish finish)
      : model_(std::move(model)), job_(std::move(job)), finish_(std::move(finish)) {}

  std::optional<Result<Answer>> poll() override {
    std::optional<Result<engine::EmbedResult>> result = job_->poll();
    if (!result) return std::nullopt;
    if (!*result) return Result<Answer>(tl::unexpected(std::move(result->error())));
    return Result<Answer>(finish_(std::move(**result)));
  }
  void on_ready(std::function<void()> callback) override { job_->on_ready(std::move(callback)); }

 private:
  ModelLease model_;  // outlives the job
  std::unique_ptr<engine::EmbedJob> job_;
  Finish finish_;
};

}  // namespace peregrine::service
