// Fine tunings over records in memory, contents on disk and a base that is nothing but its tensors. For tests
// only.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/lora/files/testing/adapter_parts.h"
#include "service/adapters/tuned_models.h"
#include "service/files/testing/file_room.h"
#include "store/adapters/testing/memory_adapter_store.h"

namespace peregrine::service::testing {

// An adapter of zeros that fits the base.
inline std::string adapter_zip(std::string_view dtype = "F16") {
  const std::string name = "base_model.model.model.layers.0.self_attn.q_proj.lora_";
  const std::string header = R"({")" + name + R"(A.weight":{"dtype":")" + std::string(dtype) +
                             R"(","shape":[8,16],"data_offsets":[0,256]},")" + name +
                             R"(B.weight":{"dtype":")" + std::string(dtype) +
                             R"(","shape":[16,8],"data_offsets":[256,512]}})";
  const std::string config =
      R"({"peft_type":"LORA","r":8,"lora_alpha":8,"target_modules":["q_proj"],"bias":"none"})";
  return model::testing::make_zip(
      {{.name = "adapter_config.json", .content = config},
       {.name = "adapter_model.safetensors",
        .content = model::testing::make_safetensors(header, std::string(512, '\0'))}});
}

// The base answers to all of `names`; the first is its id.
class TuningRoom {
 public:
  explicit TuningRoom(std::vector<std::string> names)
      : names_(std::move(names)),
        tuned(
            records, contents, room.files, [this](std::string_view id) { return locate(id); },
            [this](std::string_view id) { forgotten.emplace_back(id); }) {
    write_base("llama");
  }

  std::filesystem::path base_path() const { return room.folder.path() / "base.gguf"; }
  void write_base(const std::string& architecture) const {
    const auto bytes = model::testing::make_base(architecture);
    std::ofstream out(base_path(), std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  // The id of the file.
  std::string upload(std::string_view content, const std::string& organisation,
                     const std::string& filename = "adapter.zip",
                     const std::string& purpose = "fine_tuning") {
    const auto made = room.create(content, organisation, filename, purpose);
    EXPECT_TRUE(made) << made.error().text();
    return made ? made->id : "";
  }

 private:
  std::optional<ModelLocation> locate(std::string_view id) const {
    if (std::ranges::find(names_, id) == names_.end()) return std::nullopt;
    return ModelLocation{names_.front(), base_path()};
  }

  std::vector<std::string> names_;

 public:
  FileRoom room;
  store::testing::MemoryAdapterStore records;
  store::BlobStore contents = room.open_blobs("adapters");
  std::vector<std::string> forgotten;
  TunedModels tuned;
};

}  // namespace peregrine::service::testing
