// A small model file taken apart, so that tests can spoil one thing in it and put it together again.
//
// Reads what the seeds of model_fuzz have: scalar keys and strings.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "gguf/file.h"
#include "gguf/writer.h"

namespace peregrine::model::testing {

class EditableModel {
 public:
  using Value = std::variant<std::uint32_t, std::uint64_t, float, bool, std::string>;
  struct Key {
    std::string name;
    Value value;
  };
  struct Tensor {
    std::string name;
    tensor::DType type;
    std::vector<std::uint64_t> shape;  // innermost first
    std::vector<std::byte> data;       // zeros where it does not fit the shape
  };

  enum class Arrays : std::uint8_t {
    kNone,     // the file has none
    kDropped,  // those of a vocabulary, which a model does without
  };
  explicit EditableModel(const std::filesystem::path& path, Arrays arrays = Arrays::kNone) {
    const auto file = gguf::File::open(path);
    if (!file) throw std::runtime_error(file.error().text());
    for (const gguf::Metadata::Entry& entry : file->metadata().entries()) {
      if (arrays == Arrays::kDropped && entry.type == gguf::ValueType::kArray) continue;
      keys.push_back({std::string(entry.key), value_of(file->metadata(), entry)});
    }
    for (const gguf::TensorInfo& tensor : file->tensors()) {
      tensors.push_back({std::string(tensor.name),
                         tensor.type,
                         {tensor.shape.begin(), tensor.shape.end()},
                         {tensor.data.begin(), tensor.data.end()}});
    }
  }

  std::string architecture() const { return std::get<std::string>(key("general.architecture").value); }
  // ".attention.head_count" is short for "llama.attention.head_count", whatever the architecture.
  std::string full_name(std::string_view name) const {
    return name.starts_with('.') ? architecture() + std::string(name) : std::string(name);
  }

  void set(std::string_view name, Value value) {
    const std::string full = full_name(name);
    const auto found = std::ranges::find(keys, full, &Key::name);
    if (found == keys.end()) {
      keys.push_back({full, std::move(value)});
    } else {
      found->value = std::move(value);
    }
  }
  void drop(std::string_view name) {
    const std::string full = full_name(name);
    if (std::erase_if(keys, [&](const Key& k) { return k.name == full; }) == 0) missing(full);
  }
  void drop_tensor(std::string_view name) {
    if (std::erase_if(tensors, [&](const Tensor& t) { return t.name == name; }) == 0) missing(name);
  }
  Tensor& tensor(std::string_view name) {
    const auto found = std::ranges::find(tensors, name, &Tensor::name);
    if (found == tensors.end()) missing(name);
    return *found;
  }
  const Key& key(std::string_view name) const {
    const auto found = std::ranges::find(keys, name, &Key::name);
    if (found == keys.end()) missing(name);
    return *found;
  }

  // The file.
  std::vector<std::byte> bytes() const {
    gguf::Writer writer;
    for (const Key& k : keys) {
      std::visit([&](const auto& value) { add(writer, k.name, value); }, k.value);
    }
    for (const Tensor& t : tensors) {
      const gguf::Shape shape{std::span(t.shape)};
      std::vector<std::byte> data = t.data;
      data.resize(*tensor::row_bytes(t.type, t.shape[0]) * (shape.elements() / t.shape[0]));
      writer.add_tensor(t.name, t.type, shape, std::move(data));
    }
    auto bytes = writer.bytes();
    if (!bytes) throw std::runtime_error(bytes.error().text());
    return std::move(*bytes);
  }

  std::vector<Key> keys;
  std::vector<Tensor> tensors;

 private:
  [[noreturn]] static void missing(std::string_view name) {
    throw std::runtime_error("the model has no " + std::string(name));
  }

  static Value value_of(const gguf::Metadata& metadata, const gguf::Metadata::Entry& entry) {
    switch (entry.type) {
      case gguf::ValueType::kU32:
        return *metadata.u32(entry.key);
      case gguf::ValueType::kF32:
        return *metadata.f32(entry.key);
      case gguf::ValueType::kBool:
        return *metadata.boolean(entry.key);
      case gguf::ValueType::kString:
        return std::string(*metadata.string(entry.key));
      default:
        throw std::runtime_error("unexpected type of " + std::string(entry.key));
    }
  }

  static void add(gguf::Writer& writer, const std::string& name, std::uint32_t value) {
    writer.add_u32(name, value);
  }
  static void add(gguf::Writer& writer, const std::string& name, std::uint64_t value) {
    writer.add_u64(name, value);
  }
  static void add(gguf::Writer& writer, const std::string& name, float value) { writer.add_f32(name, value); }
  static void add(gguf::Writer& writer, const std::string& name, bool value) { writer.add_bool(name, value); }
  static void add(gguf::Writer& writer, const std::string& name, const std::string& value) {
    writer.add_string(name, value);
  }
};

}  // namespace peregrine::model::testing
