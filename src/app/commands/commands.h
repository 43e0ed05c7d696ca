// The subcommands: options in, exit status out. Results go to standard output, everything else to standard
// error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/models_folder.h"
#include "app/synthetic/spec.h"
#include "base/result.h"
#include "tensor/dtype.h"

namespace peregrine::app {

// "peregrine: where: message" on standard error; returns the exit status 1.
int report(const Error& error);
// The same, naming `file` unless the error does.
int report(Error error, const std::filesystem::path& file);

struct ServeOptions {
  std::vector<std::filesystem::path> models;
  std::optional<std::string> host;
  std::optional<std::uint16_t> port;
  FolderOptions folder;
  std::optional<std::filesystem::path> config;
  std::optional<unsigned> threads;
  std::optional<tensor::DType> kv_type;
  bool allow_audio_urls = false;
  bool allow_pulls = false;
  std::optional<std::string> log_level;
  std::optional<std::string> log_format;
};
int serve(const ServeOptions& options);

struct SamplingOptions {
  float temperature = 0.0F;
  float top_p = 1.0F;
  std::optional<std::uint64_t> seed;
  std::optional<std::uint32_t> max_tokens;
  unsigned threads = 0;
};

struct ChatOptions {
  std::filesystem::path model;  // empty: the starter
  std::optional<std::string> prompt;
  std::optional<std::string> system;
  SamplingOptions sampling;
};
int chat(const ChatOptions& options);

struct CompleteOptions {
  std::filesystem::path model;
  std::string prompt;
  SamplingOptions sampling;
};
int complete(const CompleteOptions& options);

enum class TranscriptOutput : std::uint8_t { kText, kSrt, kVtt, kJson };

struct TranscribeOptions {
  std::vector<std::filesystem::path> files;
  std::filesystem::path model = "whisper-large-v3-turbo";
  FolderOptions folder;
  std::string language;
  bool translate = false;
  std::string prompt;
  bool words = false;
  std::uint32_t beam = 1;
  bool no_vad = false;
  bool no_context = false;
  TranscriptOutput output = TranscriptOutput::kText;
  std::filesystem::path out;  // folder; empty: standard output
  unsigned threads = 0;
};
int transcribe(const TranscribeOptions& options);

struct InspectOptions {
  std::filesystem::path file;
  bool json = false;
};
int inspect(const InspectOptions& options);

struct LogitsOptions {
  std::filesystem::path model;
  std::vector<std::int32_t> tokens;
  std::uint32_t chunk = 0;  // 0: all at once, in steps of at most kMaxLogitsRows
  std::int32_t start_position = 0;
  tensor::DType kv_type = tensor::DType::kF32;
  std::filesystem::path out;
  unsigned threads = 0;
};
int logits(const LogitsOptions& options);

struct BenchOptions {
  std::filesystem::path model;
  std::optional<std::uint32_t> prompt;  // none of the three: a table of several cells
  std::optional<std::uint32_t> generate;
  std::optional<std::uint32_t> streams;
  std::uint32_t repeat = 3;
  unsigned threads = 0;
  tensor::DType kv_type = tensor::DType::kF16;
  bool json = false;
};
int benchmark(const BenchOptions& options);

struct TokenizeOptions {
  std::filesystem::path model;
  bool special = false;
  bool json = false;
};
int tokenize(const TokenizeOptions& options);

struct RenderOptions {
  std::filesystem::path model;  // one of the two
  std::filesystem::path template_file;
  std::filesystem::path context;
};
int render(const RenderOptions& options);

struct PullOptions {
  std::string model;
  FolderOptions folder;
  std::string sha256;
  unsigned connections = 4;
  unsigned stall_seconds = 30;
};
int pull(const PullOptions& options);

struct ListOptions {
  FolderOptions folder;
  bool json = false;
};
int list(const ListOptions& options);

struct RmOptions {
  std::string model;
  FolderOptions folder;
  bool yes = false;
};
int rm(const RmOptions& options);

struct KeysCreateOptions {
  std::optional<std::filesystem::path> data_dir;
  std::string name;
  std::string organisation = "default";
  std::vector<std::string> scopes = {"all"};
  std::vector<std::string> models;  // none: all
  std::vector<std::string> limits;
  std::optional<std::string> expires;
};
int keys_create(const KeysCreateOptions& options);

struct KeysListOptions {
  std::optional<std::filesystem::path> data_dir;
  bool json = false;
};
int keys_list(const KeysListOptions& options);

struct KeysRevokeOptions {
  std::optional<std::filesystem::path> data_dir;
  std::string key;  // id or name
};
int keys_revoke(const KeysRevokeOptions& options);

struct UsageOptions {
  std::optional<std::filesystem::path> data_dir;
  std::string from;
  std::string to;
  std::string by;
  bool csv = false;
  bool json = false;
};
int usage(const UsageOptions& options);

struct DoctorOptions {
  std::optional<std::filesystem::path> data_dir;
  bool remove_orphans = false;
};
int doctor(const DoctorOptions& options);

struct MakeModelOptions {
  synthetic::SpecRequest request;
  std::filesystem::path out;
};
int make_model(const MakeModelOptions& options);

}  // namespace peregrine::app
