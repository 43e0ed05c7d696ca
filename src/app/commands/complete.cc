#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/commands/commands.h"
#include "app/commands/single.h"
#include "app/runtime.h"
#include "app/waiter.h"
#include "base/ids.h"

namespace peregrine::app {
namespace {

Status stream(const CompleteOptions& options) {
  PEREGRINE_ASSIGN(const auto path, model_file(options.model, models_folder({})));
  const Settings settings = single_user_settings(path, options.sampling.threads);
  Runtime runtime(settings);
  PEREGRINE_TRY(runtime.add_models(settings));
  PEREGRINE_TRY(runtime.library.load_named());
  PEREGRINE_ASSIGN(const service::ModelLease lease, runtime.library.get(runtime.library.models().front().id));
  const service::LoadedModel& model = *lease;
  const auto* generator = model.as<service::TextGenerator>();
  if (generator == nullptr) return fail(ErrorCode::kUnsupported, "generates no text", model.id);
  const text::Tokenizer& tokenizer = *generator->text->tokenizer;
  PEREGRINE_ASSIGN(auto prompt,
                   tokenizer.encode(options.prompt, {.add_special = true, .parse_special = false}));
  if (prompt.empty()) return fail(ErrorCode::kInvalidArgument, "has no tokens", "--prompt");
  if (prompt.size() >= model.context_window) {
    return fail(ErrorCode::kResourceExhausted,
                "has " + std::to_string(prompt.size()) + " tokens, and the context window is " +
                    std::to_string(model.context_window),
                "--prompt");
  }
  const auto stop = tokenizer.vocabulary().end_of_generation();
  const auto room = static_cast<std::uint32_t>(model.context_window - prompt.size());
  engine::GenerationRequest request{.prompt = std::move(prompt),
                                    .max_tokens = std::min(options.sampling.max_tokens.value_or(room), room),
                                    .stop_tokens = {stop.begin(), stop.end()},
                                    .sampling = {.temperature = options.sampling.temperature,
                                                 .top_p = options.sampling.top_p,
                                                 .logit_bias = {},
                                                 .seed = options.sampling.seed.value_or(base::random_u64()),
                                                 .top_logprobs = {}}};
  PEREGRINE_ASSIGN(auto generations, generator->engine->submit(std::move(request)));
  engine::Generation& generation = *generations.front();
  // The continuation of a text keeps the space it begins with.
  text::StreamingDetokenizer detokenizer(tokenizer.vocabulary(), {.at_text_start = false});
  const auto print = [](const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
  };
  const auto waiter = std::make_shared<Waiter>();
  generation.on_ready([waiter] { waiter->notify(); });
  for (;;) {
    const auto event = generation.poll();
    if (!event) {
      waiter->wait();
    } else if (const auto* token = std::get_if<engine::TokenEvent>(&*event)) {
      print(detokenizer.push(token->token));
    } else {
      print(detokenizer.flush());
      if (::isatty(STDOUT_FILENO) != 0) print("\n");
      if (std::get<engine::Finished>(*event).reason == engine::FinishReason::kFailed) {
        return fail(ErrorCode::kInternal, "the model failed to compute the next token");
      }
      return {};
    }
  }
}

}  // namespace

int complete(const CompleteOptions& options) {
  const Status status = stream(options);
  return status ? 0 : report(status.error());
}

}  // namespace peregrine::app
