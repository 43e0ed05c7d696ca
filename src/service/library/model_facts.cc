#include "service/library/model_facts.h"

#include <chrono>
#include <string>
#include <system_error>

#include "gguf/file.h"
#include "gguf/format.h"
#include "gguf/shards.h"
#include "gguf/whisper_file.h"
#include "service/catalogue/catalogue.h"
#include "service/catalogue/model_folder.h"
#include "service/catalogue/model_id.h"
#include "service/library/loaded_model.h"
#include "service/library/speech_recognizer.h"

namespace peregrine::service {

FileStamp FileStamp::of(const std::filesystem::path& path) {
  std::error_code error;
  FileStamp stamp;
  const auto bytes = std::filesystem::file_size(path, error);
  if (error) return {};
  stamp.bytes = bytes;
  const auto time = std::filesystem::last_write_time(path, error);
  if (error) return {};
  stamp.modified_ns = std::chrono::nanoseconds(time.time_since_epoch()).count();
  return stamp;
}

namespace {

// Of a set of shards, all of them.
std::uint64_t file_bytes_of(const std::filesystem::path& path) {
  const auto shard = gguf::parse_shard_name(path.filename().string());
  if (!shard || shard->count > gguf::kMaxShards) return FileStamp::of(path).bytes;
  std::uint64_t bytes = 0;
  for (std::uint32_t number = 1; number <= shard->count; ++number) {
    bytes +=
        FileStamp::of(path.parent_path() / gguf::shard_filename(shard->prefix, number, shard->count)).bytes;
  }
  return bytes;
}

Result<ModelFacts> read_speech_facts(const std::filesystem::path& path) {
  PEREGRINE_ASSIGN(const gguf::WhisperFile file, gguf::WhisperFile::open(path));
  ModelFacts facts;
  facts.created = modified_at(path);
  for (const gguf::TensorInfo& tensor : file.tensors()) facts.weight_bytes += tensor.data.size();
  facts.context_length = file.hparams().n_text_ctx;
  facts.file_bytes = file_bytes_of(path);
  facts.listens = true;
  return facts;
}

}  // namespace

std::string served_id(const std::filesystem::path& path) {
  const auto origin = read_origin(path);
  const CatalogueEntry* known = origin ? Catalogue::builtin().find(origin->id) : nullptr;
  return known != nullptr ? known->id : model_id_for(path);
}

Result<ModelFacts> read_model_facts(const std::filesystem::path& path) {
  if (is_speech_file(path)) return read_speech_facts(path);
  PEREGRINE_ASSIGN(const gguf::File file, gguf::File::open(path));
  ModelFacts facts;
  facts.created = modified_at(path);
  for (const gguf::TensorInfo& tensor : file.tensors()) facts.weight_bytes += tensor.data.size();
  facts.file_bytes = file_bytes_of(path);
  // What is wrong with the keys is told when the model is loaded.
  const auto architecture = file.metadata().string_or("general.architecture", "");
  if (architecture) {
    const auto context = file.metadata().u32_or(std::string(*architecture) + ".context_length", 0);
    if (context) facts.context_length = *context;
  }
  return facts;
}

}  // namespace peregrine::service
