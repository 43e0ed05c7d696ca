#include "api/chat/answer.h"

#include <iterator>
#include <utility>
#include <variant>

#include "base/log.h"
#include "http/sse.h"

namespace peregrine::api {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

ApiError generation_error(const service::ChatFailed& failed) {
  const auto with_generation = [&](ErrorKind kind) {
    ApiError error = make_error(kind);
    error.failed_generation = failed.generation;
    return error;
  };
  switch (failed.kind) {
    case service::FailureKind::kInvalidJson:
      return with_generation(ErrorKind::kJsonValidateFailed);
    case service::FailureKind::kToolCall:
      return with_generation(ErrorKind::kToolUseFailed);
    case service::FailureKind::kBroken:
      break;
  }
  if (failed.error.code == ErrorCode::kUnavailable || failed.error.code == ErrorCode::kCancelled) {
    return make_error(ErrorKind::kUnavailable, failed.error.message);
  }
  return make_error(ErrorKind::kInternal);
}

// What the client asked for could not be had: not the server's fault, so no error of its own.
void log_failure(std::string_view request_id, const service::ChatFailed& failed) {
  const bool broken = failed.kind == service::FailureKind::kBroken;
  base::log_about(request_id, broken ? base::LogLevel::kError : base::LogLevel::kInfo,
                  "api: the generation broke: {}", failed.error.text());
}

StreamedAnswer::StreamedAnswer(const AnswerHead& head, std::uint32_t choices, bool include_usage)
    : renderer_(head), choices_(choices), include_usage_(include_usage) {}

void StreamedAnswer::open(std::string& out) const {
  for (std::uint32_t choice = 0; choice < choices_; ++choice) renderer_.opening(out, choice, choice == 0);
}

void StreamedAnswer::add(std::string& out, const service::ChatEvent& event) {
  std::visit(Overloaded{
                 [&](const service::TextDelta& delta) {
                   if (!delta.text.empty() || !delta.logprobs.empty()) renderer_.content(out, delta);
                 },
                 [&](const service::ReasoningDelta& delta) { renderer_.reasoning(out, delta); },
                 [&](const service::ToolCallDelta& delta) { renderer_.call(out, delta); },
                 [&](const service::ToolCallEnd&) {},  // the reason of the choice's end tells
                 [&](const service::CitationFound& found) { renderer_.citation(out, found); },
                 [&](const service::ChoiceFinished& finished) { finish_choice(out, finished); },
                 [&](const service::ChatDone& done) { finish(out, done); },
                 [&](const service::ChatFailed& failed) { fail(out, failed); },
             },
             event);
}

void StreamedAnswer::finish_choice(std::string& out, const service::ChoiceFinished& finished) {
  if (++finished_ < choices_) {
    renderer_.closing(out, finished);
  } else {
    last_ = finished;
  }
}

void StreamedAnswer::finish(std::string& out, const service::ChatDone& done) {
  if (!last_) {
    fail(out, {.error = {ErrorCode::kInternal, "the generation ended before all of its choices", {}}});
    return;
  }
  renderer_.last_closing(out, *last_, done, include_usage_);
  if (include_usage_) renderer_.usage(out, done.usage);
  ChunkRenderer::done(out);
  over_ = true;
}

void StreamedAnswer::fail(std::string& out, const service::ChatFailed& failed) {
  const ApiError api_error = generation_error(failed);
  http::append_sse_event(out, render_error(api_error, error_row(api_error.kind).status), "error");
  failure_ = failed;
  over_ = true;
}

void CollectedAnswer::add(service::ChatEvent event) {
  std::visit(Overloaded{
                 [&](service::TextDelta& delta) {
                   if (delta.choice >= choices_.size()) return;
                   CollectedChoice& choice = choices_[delta.choice];
                   choice.text += delta.text;
                   choice.logprobs.insert(choice.logprobs.end(),
                                          std::make_move_iterator(delta.logprobs.begin()),
                                          std::make_move_iterator(delta.logprobs.end()));
                 },
                 [&](service::ReasoningDelta& delta) {
                   if (delta.choice >= choices_.size()) return;
                   std::optional<std::string>& reasoning = choices_[delta.choice].reasoning;
                   reasoning = std::move(reasoning).value_or("") + delta.text;
                 },
                 [&](service::ToolCallDelta& delta) { add_call(delta); },
                 [&](service::ToolCallEnd& end) {
                   // Half a call is none.
                   if (!end.complete && end.choice < choices_.size()) choices_[end.choice].calls.pop_back();
                 },
                 [&](service::CitationFound& found) {
                   if (found.choice >= choices_.size()) return;
                   choices_[found.choice].citations.push_back(std::move(found.citation));
                 },
                 [&](service::ChoiceFinished& finished) {
                   if (finished.choice < choices_.size()) choices_[finished.choice].reason = finished.reason;
                 },
                 [&](service::ChatDone& done) { done_ = std::move(done); },
                 [&](service::ChatFailed& failed) { failure_ = std::move(failed); },
             },
             event);
}

void CollectedAnswer::add_call(service::ToolCallDelta& delta) {
  if (delta.choice >= choices_.size()) return;
  std::vector<service::ToolCall>& calls = choices_[delta.choice].calls;
  if (!delta.id.empty())
    calls.push_back({.id = std::move(delta.id), .name = std::move(delta.name), .arguments = {}});
  if (!calls.empty()) calls.back().arguments += delta.arguments;
}

std::string CollectedAnswer::render(const AnswerHead& head, bool with_logprobs) const {
  return render_completion(head, choices_, *done_, with_logprobs);
}

}  // namespace peregrine::api
