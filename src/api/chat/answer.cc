#include "api/chat/answer.h"

#include <iterator>
#include <utility>
#include <variant>

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

ApiError generation_error(const Error& error) {
  if (error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kCancelled) {
    return make_error(ErrorKind::kUnavailable, error.message);
  }
  return make_error(ErrorKind::kInternal);
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
                 [&](const service::ReasoningDelta&) {},
                 [&](const service::ToolCallDelta&) {},
                 [&](const service::ToolCallEnd&) {},
                 [&](const service::CitationFound&) {},
                 [&](const service::ChoiceFinished& finished) { finish_choice(out, finished); },
                 [&](const service::ChatDone& done) { finish(out, done); },
                 [&](const service::ChatFailed& failed) { fail(out, failed.error); },
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
    fail(out, {ErrorCode::kInternal, "the generation ended before all of its choices", {}});
    return;
  }
  renderer_.last_closing(out, *last_, done, include_usage_);
  if (include_usage_) renderer_.usage(out, done.usage);
  ChunkRenderer::done(out);
  over_ = true;
}

void StreamedAnswer::fail(std::string& out, const Error& error) {
  const ApiError api_error = generation_error(error);
  http::append_sse_event(out, render_error(api_error, error_row(api_error.kind).status), "error");
  failure_ = error;
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
                 [&](service::ReasoningDelta&) {},
                 [&](service::ToolCallDelta&) {},
                 [&](service::ToolCallEnd&) {},
                 [&](service::CitationFound&) {},
                 [&](service::ChoiceFinished& finished) {
                   if (finished.choice < choices_.size()) choices_[finished.choice].reason = finished.reason;
                 },
                 [&](service::ChatDone& done) { done_ = std::move(done); },
                 [&](service::ChatFailed& failed) { failure_ = std::move(failed.error); },
             },
             event);
}

std::string CollectedAnswer::render(const AnswerHead& head, bool with_logprobs) const {
  return render_completion(head, choices_, *done_, with_logprobs);
}

}  // namespace peregrine::api
