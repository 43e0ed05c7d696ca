#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "api/audio/wire.h"
#include "app/commands/commands.h"
#include "app/commands/single.h"
#include "app/duration_scan.h"
#include "app/runtime.h"
#include "app/transcribe_display.h"
#include "app/waiter.h"
#include "service/transcription/transcription.h"

namespace peregrine::app {
namespace {

using Clock = std::chrono::steady_clock;

// One file on its way to text.
struct Job {
  std::filesystem::path path;
  std::unique_ptr<service::TranscriptionStream> stream = {};  // null once it is over
  api::Transcript transcript = {};
  std::optional<Error> failure = {};
};

// Recordings that are decoded at a time; the others wait for their turn, without a process of their own.
constexpr std::size_t kMaxAtOnce = 8;

Error about(const std::filesystem::path& path, Error error) {
  error.where = path.string();
  return error;
}

Result<std::unique_ptr<service::TranscriptionStream>> open(const TranscribeOptions& options,
                                                           const std::filesystem::path& path,
                                                           service::ModelLibrary& library,
                                                           const std::string& model) {
  service::TranscriptionRequest request;
  request.model = model;
  request.task = options.translate ? speech::Task::kTranslate : speech::Task::kTranscribe;
  request.language = options.language;
  request.prompt = options.prompt;
  request.words = options.words;
  request.beam_size = options.beam;
  request.detect_speech = !options.no_vad;
  request.carry_context = !options.no_context;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return fail(ErrorCode::kNotFound, std::string("cannot be opened: ") + std::strerror(errno));
  auto lease = library.get(model);
  if (!lease) {
    ::close(file);
    return tl::unexpected(std::move(lease.error()));
  }
  return service::transcribe_file(request, file, std::move(*lease));
}

std::string_view suffix(TranscriptOutput output) {
  switch (output) {
    case TranscriptOutput::kSrt:
      return ".srt";
    case TranscriptOutput::kVtt:
      return ".vtt";
    case TranscriptOutput::kJson:
      return ".json";
    case TranscriptOutput::kText:
      break;
  }
  return ".txt";
}

api::AudioCall wanted(const TranscribeOptions& options) {
  api::AudioCall call;
  call.words = options.words;
  switch (options.output) {
    case TranscriptOutput::kSrt:
      call.format = api::TranscriptFormat::kSrt;
      break;
    case TranscriptOutput::kVtt:
      call.format = api::TranscriptFormat::kVtt;
      break;
    case TranscriptOutput::kJson:
      call.format = api::TranscriptFormat::kVerboseJson;
      break;
    case TranscriptOutput::kText:
      call.format = api::TranscriptFormat::kText;
      break;
  }
  return call;
}

// To standard output, or into the folder, where a file is named after its recording.
Status write_out(const TranscribeOptions& options, const Job& job) {
  std::string text = api::render_transcript(wanted(options), job.transcript, {});
  if (options.output == TranscriptOutput::kJson) text += '\n';
  if (options.out.empty()) {
    if (options.files.size() > 1) fmt::print("==> {} <==\n", job.path.string());
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (options.files.size() > 1) fmt::print("\n");
    std::fflush(stdout);
    return {};
  }
  const std::filesystem::path path =
      options.out / (job.path.filename().string() + std::string(suffix(options.output)));
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return fail(ErrorCode::kIo, "cannot be written", path.string());
  return {};
}

class Batch {
 public:
  Batch(const TranscribeOptions& options, service::ModelLibrary& library, std::string model)
      : options_(options), library_(library), model_(std::move(model)), waiter_(std::make_shared<Waiter>()) {
    for (const std::filesystem::path& path : options.files) jobs_.push_back({.path = path});
  }

  // Results come out in the order of the files, as soon as those before are done. False: one failed.
  bool run() {
    const auto begun = Clock::now();
    std::optional<DurationScan> scan;
    if (display_.terminal()) scan.emplace(options_.files);
    while (written_ < jobs_.size()) {
      while (started_ < jobs_.size() && running_ < kMaxAtOnce) start(jobs_[started_++]);
      bool progress = false;
      for (std::size_t i = written_; i < started_; ++i) progress = take(jobs_[i]) || progress;
      display_.show({heard_, scan ? scan->total() : 0, files_over(), jobs_.size()});
      while (written_ < started_ && jobs_[written_].stream == nullptr) finish(jobs_[written_++]);
      if (!progress && written_ < jobs_.size() && running_ > 0) waiter_->wait();
    }
    const std::chrono::duration<double> took = Clock::now() - begun;
    display_.close({heard_, 0, files_over(), jobs_.size()}, took.count());
    return !failed_;
  }

 private:
  void start(Job& job) {
    auto stream = open(options_, job.path, library_, model_);
    if (!stream) {
      job.failure = about(job.path, std::move(stream.error()));
      return;
    }
    job.stream = std::move(*stream);
    ++running_;
    job.stream->on_ready([waiter = waiter_] { waiter->notify(); });
  }

  // One event, if there is one.
  bool take(Job& job) {
    if (job.stream == nullptr) return false;
    std::optional<speech::Event> event = job.stream->poll();
    if (!event) return false;
    if (auto* segment = std::get_if<speech::Segment>(&*event)) {
      job.transcript.segments.push_back(std::move(*segment));
    } else if (const auto* progress = std::get_if<speech::Progress>(&*event)) {
      hear(job, progress->seconds);
    } else if (const auto* finished = std::get_if<speech::Finished>(&*event)) {
      hear(job, finished->duration);
      job.transcript.language = finished->language;
      job.transcript.duration = finished->duration;
      end(job);
    } else {
      job.failure = about(job.path, std::get<Error>(*event));
      end(job);
    }
    return true;
  }

  void hear(Job& job, double seconds) {
    heard_ += seconds - job.transcript.duration;
    job.transcript.duration = seconds;
  }

  void end(Job& job) {
    job.stream.reset();
    --running_;
  }

  void finish(Job& job) {
    display_.clear();
    if (!job.failure) {
      job.transcript.task = options_.translate ? speech::Task::kTranslate : speech::Task::kTranscribe;
      if (auto status = write_out(options_, job); !status) job.failure = std::move(status.error());
    }
    if (job.failure) {
      failed_ = true;
      report(*job.failure);
    }
    job.transcript.segments.clear();
  }

  std::size_t files_over() const { return started_ - running_; }

  const TranscribeOptions& options_;
  service::ModelLibrary& library_;
  const std::string model_;
  const std::shared_ptr<Waiter> waiter_;
  TranscribeDisplay display_{stderr};
  std::vector<Job> jobs_;
  std::size_t started_ = 0;
  std::size_t running_ = 0;
  std::size_t written_ = 0;
  double heard_ = 0;  // seconds, of all recordings
  bool failed_ = false;
};

Result<bool> run(const TranscribeOptions& options) {
  if (!options.out.empty() && !std::filesystem::is_directory(options.out)) {
    return fail(ErrorCode::kNotFound, "is no folder", options.out.string());
  }
  PEREGRINE_ASSIGN(const auto path, model_file(options.model, models_folder(options.folder)));
  const Settings settings = single_user_settings(path, options.threads);
  Runtime runtime(settings);
  PEREGRINE_TRY(runtime.add_models(settings));
  PEREGRINE_TRY(runtime.library.load_named());
  const std::string id = runtime.library.models().front().id;
  {
    PEREGRINE_ASSIGN(const service::ModelLease lease, runtime.library.get(id));
    if (lease->as<service::SpeechRecognizer>() == nullptr) {
      return fail(ErrorCode::kUnsupported,
                  "is no model of speech; 'peregrine pull whisper-large-v3-turbo' gets one", id);
    }
  }
  return Batch(options, runtime.library, id).run();
}

}  // namespace

int transcribe(const TranscribeOptions& options) {
  const Result<bool> done = run(options);
  if (!done) return report(done.error());
  return *done ? 0 : 1;
}

}  // namespace peregrine::app
