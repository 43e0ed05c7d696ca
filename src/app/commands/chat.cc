#include <editline/readline.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "app/commands/commands.h"
#include "app/commands/single.h"
#include "app/runtime.h"
#include "app/starter.h"
#include "app/waiter.h"
#include "service/chat/chat.h"

namespace peregrine::app {
namespace {

// Ctrl-C while an answer streams ends the answer; at the prompt it leaves, as usual.
std::atomic<Waiter*> interruptible{nullptr};
volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) {
  Waiter* waiter = interruptible.load();
  if (waiter == nullptr) ::_exit(130);
  interrupted = 1;
  waiter->notify();
}

struct Answer {
  std::string text;
  service::Usage usage;
  bool cut = false;  // by Ctrl-C
};

// Streams the answer to standard output.
Result<Answer> ask(service::ModelLibrary& library, const service::ChatRequest& request) {
  PEREGRINE_ASSIGN(service::ModelLease model, library.get(request.model));
  if (model->as<service::TextGenerator>() == nullptr) {
    return fail(ErrorCode::kUnsupported, "generates no text", model->id);
  }
  PEREGRINE_ASSIGN(const auto stream, service::start_chat(request, std::move(model)));
  interrupted = 0;
  const auto waiter = std::make_shared<Waiter>();
  interruptible = waiter.get();
  stream->on_ready([waiter] { waiter->notify(); });
  Answer answer;
  Status status;
  for (bool over = false; !over;) {
    if (interrupted != 0) {
      answer.cut = true;
      break;
    }
    const auto event = stream->poll();
    if (!event) {
      waiter->wait();
    } else if (const auto* delta = std::get_if<service::TextDelta>(&*event)) {
      answer.text += delta->text;
      std::fwrite(delta->text.data(), 1, delta->text.size(), stdout);
      std::fflush(stdout);
    } else if (const auto* done = std::get_if<service::ChatDone>(&*event)) {
      answer.usage = done->usage;
      over = true;
    } else if (const auto* failed = std::get_if<service::ChatFailed>(&*event)) {
      status = tl::unexpected(failed->error);
      over = true;
    }
  }
  interruptible = nullptr;
  if (!status) return tl::unexpected(status.error());
  return answer;
}

void print_help() {
  fmt::print(stderr,
             "  /clear   forget the conversation\n"
             "  /help    this\n"
             "  /exit    leave (also Ctrl-D)\n"
             "  Ctrl-C   cut the answer short\n");
}

class History {
 public:
  History() : path_(default_data_dir() / "chat_history") {
    using_history();
    read_history(path_.c_str());
  }
  History(const History&) = delete;
  History& operator=(const History&) = delete;
  ~History() {
    std::error_code error;
    std::filesystem::create_directories(path_.parent_path(), error);
    if (!error) write_history(path_.c_str());
  }
  void add(const std::string& line) { add_history(line.c_str()); }

 private:
  std::filesystem::path path_;
};

Status converse(service::ModelLibrary& library, service::ChatRequest request) {
  const std::vector<service::ChatMessage> opening = request.messages;
  History history;
  fmt::print(stderr, "Talking to {}. /help lists commands.\n", request.model);
  for (;;) {
    const std::unique_ptr<char, decltype(&std::free)> line(readline("> "), std::free);
    if (!line) break;
    const std::string text(line.get());
    if (text.find_first_not_of(" \t") == std::string::npos) continue;
    history.add(text);
    if (text == "/exit" || text == "/quit") break;
    if (text == "/help") {
      print_help();
      continue;
    }
    if (text == "/clear") {
      request.messages = opening;
      continue;
    }
    request.messages.push_back({service::Role::kUser, text, std::nullopt});
    auto answer = ask(library, request);
    fmt::print("\n");
    if (!answer) {
      // The conversation goes on without the message that could not be answered.
      report(answer.error());
      request.messages.pop_back();
      continue;
    }
    if (!answer->cut && answer->usage.completion_seconds > 0) {
      fmt::print(stderr, "[{} tokens read, {} written, {:.1f} per second]\n", answer->usage.prompt_tokens,
                 answer->usage.completion_tokens,
                 static_cast<double>(answer->usage.completion_tokens) / answer->usage.completion_seconds);
    }
    request.messages.push_back({service::Role::kAssistant, std::move(answer->text), std::nullopt});
  }
  return {};
}

Status run(const ChatOptions& options) {
  std::filesystem::path model = options.model;
  if (model.empty()) {
    PEREGRINE_ASSIGN(model, starter_model());
  }
  PEREGRINE_ASSIGN(model, model_file(model, models_folder({})));
  const Settings settings = single_user_settings(model, options.sampling.threads);
  Runtime runtime(settings);
  PEREGRINE_TRY(runtime.add_models(settings));
  PEREGRINE_TRY(runtime.library.load_named());
  service::ChatRequest request;
  request.model = runtime.library.models().front().id;
  request.temperature = options.sampling.temperature;
  request.top_p = options.sampling.top_p;
  request.seed = options.sampling.seed;
  request.max_completion_tokens = options.sampling.max_tokens;
  if (options.system) request.messages.push_back({service::Role::kSystem, *options.system, std::nullopt});

  std::signal(SIGINT, on_interrupt);
  if (!options.prompt) return converse(runtime.library, std::move(request));
  request.messages.push_back({service::Role::kUser, *options.prompt, std::nullopt});
  PEREGRINE_ASSIGN(const Answer answer, ask(runtime.library, request));
  if (::isatty(STDOUT_FILENO) != 0) std::fputc('\n', stdout);
  if (answer.cut) return fail(ErrorCode::kCancelled, "interrupted");
  return {};
}

}  // namespace

int chat(const ChatOptions& options) {
  const Status status = run(options);
  return status ? 0 : report(status.error());
}

}  // namespace peregrine::app
