#include "tests/golden/whisper_harness.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace peregrine::golden {
namespace {

namespace json = boost::json;

constexpr std::uint32_t kRows = 64;
constexpr std::size_t kFrame = 400;
constexpr std::size_t kHop = 160;
constexpr std::size_t kBins = kFrame / 2 + 1;

template <class T>
T need(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return std::move(*result);
}

std::filesystem::path folder() {
  return std::filesystem::path(PEREGRINE_SHARED_DIR) / "golden" / "whisper";
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Mono samples of 16 bits.
std::vector<float> read_wav(const std::filesystem::path& path) {
  const std::string bytes = read_file(path);
  const std::size_t data = bytes.find("data");
  if (data == std::string::npos) throw std::runtime_error("no samples in " + path.string());
  std::uint32_t size = 0;
  std::memcpy(&size, bytes.data() + data + 4, 4);
  std::vector<float> samples(std::min<std::size_t>(size, bytes.size() - data - 8) / 2);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    std::int16_t value = 0;
    std::memcpy(&value, bytes.data() + data + 8 + 2 * i, 2);
    samples[i] = static_cast<float>(value) / 32768.0F;
  }
  return samples;
}

template <class T>
std::vector<T> numbers(const json::value& array) {
  std::vector<T> values;
  for (const json::value& value : array.as_array()) values.push_back(value.to_number<T>());
  return values;
}

LogitSamples read_position(const json::value& position) {
  const json::value& truth = position.at("truth");
  LogitSamples samples;
  samples.indices = numbers<std::uint32_t>(position.at("top_indices"));
  samples.truth = numbers<float>(truth.at("top"));
  const auto more = numbers<std::uint32_t>(position.at("sample_indices"));
  const auto values = numbers<float>(truth.at("sample"));
  samples.indices.insert(samples.indices.end(), more.begin(), more.end());
  samples.truth.insert(samples.truth.end(), values.begin(), values.end());
  samples.logsumexp = truth.at("logsumexp").to_number<double>();
  return samples;
}

}  // namespace

bool has_speech_golden(const std::string& name) {
  return std::filesystem::exists(folder() / (name + ".json")) &&
         std::filesystem::exists(folder() / (name + ".bin.xz"));
}

SpeechGolden read_speech_golden(const std::string& name) {
  const json::value root = json::parse(read_file(folder() / (name + ".json")));
  const json::value& run = root.at("runs").at(0);
  SpeechGolden golden;
  golden.audio = read_wav(folder() / std::string(run.at("audio").as_string()));
  for (const json::value& s : run.at("mel").at("samples").as_array()) {
    golden.mel.push_back(
        {s.at(0).to_number<std::uint32_t>(), s.at(1).to_number<std::uint32_t>(), s.at(2).to_number<float>()});
  }
  for (const json::value& s : run.at("encoder").at("samples_truth").as_array()) {
    golden.encoder.push_back(
        {s.at(0).to_number<std::uint32_t>(), s.at(1).to_number<std::uint32_t>(), s.at(2).to_number<float>()});
  }
  golden.prefix = numbers<model::TokenId>(run.at("prefix"));
  for (const json::value& position : run.at("positions").as_array())
    golden.positions.push_back(read_position(position));
  golden.greedy = numbers<model::TokenId>(run.at("greedy_truth").at("tokens"));
  golden.greedy_margin = numbers<float>(run.at("greedy_truth").at("margins"));
  const json::value& tolerance = root.at("tolerance");
  golden.mel_max_abs = tolerance.at("mel_max_abs").to_number<float>();
  golden.encoder_max_abs = tolerance.at("encoder_max_abs").to_number<float>();
  golden.max_abs = tolerance.at("max_abs").to_number<float>();
  golden.rms = tolerance.at("rms").to_number<float>();
  return golden;
}

std::vector<std::byte> speech_model_bytes(const std::string& name) {
  const std::string command = "xz -dc '" + (folder() / (name + ".bin.xz")).string() + "'";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run xz");
  std::vector<std::byte> bytes;
  std::array<std::byte, 65536> part;
  for (std::size_t n; (n = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
    bytes.insert(bytes.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(n));
  if (::pclose(pipe) != 0) throw std::runtime_error("xz failed");
  return bytes;
}

std::vector<float> reference_mel(const std::vector<float>& audio, const gguf::WhisperFile& file,
                                 std::uint32_t frames) {
  std::array<double, kFrame> cosines;
  std::array<double, kFrame> window;
  for (std::size_t i = 0; i < kFrame; ++i) {
    cosines[i] = std::cos(2 * std::numbers::pi * static_cast<double>(i) / kFrame);
    window[i] = 0.5 * (1 - cosines[i]);
  }
  // Before the sound its mirror image, after it silence.
  const auto sample = [&](std::ptrdiff_t at) {
    const auto i = static_cast<std::size_t>(std::abs(at));
    return i < audio.size() ? static_cast<double>(audio[i]) : 0.0;
  };
  const std::size_t n_mels = file.hparams().n_mels;
  std::vector<double> mel(n_mels * frames, -10.0);
  const std::size_t sounding = std::min<std::size_t>(frames, audio.size() / kHop + 2);
  for (std::size_t frame = 0; frame < sounding; ++frame) {
    std::array<double, kFrame> x;
    for (std::size_t i = 0; i < kFrame; ++i) {
      x[i] = window[i] *
             sample(static_cast<std::ptrdiff_t>(frame * kHop + i) - static_cast<std::ptrdiff_t>(kFrame / 2));
    }
    std::array<double, kBins> power;
    for (std::size_t bin = 0; bin < kBins; ++bin) {
      double re = 0;
      double im = 0;
      for (std::size_t i = 0; i < kFrame; ++i) {
        re += x[i] * cosines[bin * i % kFrame];
        im += x[i] * cosines[(bin * i + kFrame / 4) % kFrame];
      }
      power[bin] = re * re + im * im;
    }
    for (std::size_t m = 0; m < n_mels; ++m) {
      double sum = 0;
      for (std::size_t bin = 0; bin < kBins; ++bin)
        sum += power[bin] * static_cast<double>(file.mel_filters()[m * kBins + bin]);
      mel[m * frames + frame] = std::log10(std::max(sum, 1e-10));
    }
  }
  const double least = *std::ranges::max_element(mel) - 8.0;
  std::vector<float> out(mel.size());
  for (std::size_t i = 0; i < mel.size(); ++i)
    out[i] = static_cast<float>((std::max(mel[i], least) + 4.0) / 4.0);
  return out;
}

SpeechHarness::SpeechHarness(const std::vector<std::byte>& bytes, const std::string& isa, unsigned threads,
                             const model::SpeechModelOptions& options)
    : file_(need(gguf::WhisperFile::parse(bytes))),
      backend_(backend::make_cpu_backend({.threads = threads, .isa = isa}, budget_)),
      model_(need(model::load_speech_model(file_, *backend_, options))),
      state_(need(model_->make_state({.windows = kWindows,
                                      .sequences = kSequences,
                                      .encode_batch = kWindows,
                                      .rows = kRows,
                                      .output_rows = kRows,
                                      .aligned_rows = kRows}))) {}

std::vector<float> SpeechHarness::decode(const Tokens& tokens, std::uint32_t start, std::uint32_t sequence,
                                         std::uint32_t window) {
  return decode(tokens, {{.first_row = 0,
                          .n_rows = static_cast<std::uint32_t>(tokens.size()),
                          .start = start,
                          .sequence = sequence,
                          .window = window}});
}

std::vector<float> SpeechHarness::decode(const Tokens& tokens, const std::vector<model::TextSlice>& slices,
                                         std::vector<float>* alignment) {
  const model::SpeechModelInfo& info = model_->info();
  std::vector<std::uint32_t> rows(tokens.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::vector<float> logits(tokens.size() * info.n_vocab);
  if (alignment != nullptr)
    alignment->resize(info.alignment_heads.size() * tokens.size() * info.audio_positions);
  model_->decode({tokens, slices, rows}, *state_, logits,
                 alignment == nullptr ? std::span<float>{} : std::span<float>(*alignment));
  return logits;
}

}  // namespace peregrine::golden
