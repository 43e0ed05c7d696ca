#include "engine/sample/sampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/sample/row_passes.h"
#include "engine/sample/weights.h"

namespace peregrine::engine {
namespace {

constexpr std::size_t kBlock = 256;  // tokens
// Its weight is zero.
constexpr float kRuledOut = -std::numeric_limits<float>::infinity();

// floor(u * total) for a u uniform in [0, 1) with 53 bits: exact.
std::uint64_t scale_uniform(base::Rng& rng, std::uint64_t total) {
  __extension__ using Wide = unsigned __int128;
  const auto bits = static_cast<std::uint64_t>(rng.uniform() * 0x1.0p53);
  return static_cast<std::uint64_t>((Wide{bits} * total) >> 53);
}

}  // namespace

Sampler::Sampler(const SamplingParams& params)
    : temperature_(params.temperature),
      top_p_(params.top_p),
      frequency_penalty_(params.frequency_penalty),
      presence_penalty_(params.presence_penalty),
      rng_(params.seed) {
  for (const auto& [token, bias] : params.logit_bias) bias_.emplace_back(token, bias);
  std::ranges::sort(bias_);  // by bias too: a sum must not depend on the order of the request
  std::size_t kept = 0;
  for (std::size_t i = 0; i < bias_.size(); ++i) {
    if (kept > 0 && bias_[kept - 1].first == bias_[i].first) {
      bias_[kept - 1].second += bias_[i].second;
    } else {
      bias_[kept++] = bias_[i];
    }
  }
  bias_.resize(kept);
}

std::optional<TokenId> Sampler::sample(std::span<float> logits, SamplerScratch& scratch) {
  adjust(logits, scratch.adjusted);
  // Adjusted tokens take part through the list alone.
  for (const auto& adjusted : scratch.adjusted) logits[static_cast<std::size_t>(adjusted.token)] = kRuledOut;
  const std::optional<TokenId> token = choose(logits, scratch);
  for (const auto& adjusted : scratch.adjusted) {
    logits[static_cast<std::size_t>(adjusted.token)] = adjusted.untouched;
  }
  if (token) take(*token);
  return token;
}

void Sampler::take(TokenId token) {
  if (penalises()) count(token);
}

// Merges the two lists by token.
void Sampler::adjust(std::span<const float> logits, std::vector<SamplerScratch::Adjusted>& adjusted) const {
  adjusted.clear();
  auto bias = bias_.begin();
  auto occurred = occurred_.begin();
  while (bias != bias_.end() || occurred != occurred_.end()) {
    const TokenId token =
        std::min(bias != bias_.end() ? bias->first : std::numeric_limits<TokenId>::max(),
                 occurred != occurred_.end() ? occurred->first : std::numeric_limits<TokenId>::max());
    const float untouched = logits[static_cast<std::size_t>(token)];
    double logit = untouched;
    if (bias != bias_.end() && bias->first == token) logit += (bias++)->second;
    if (occurred != occurred_.end() && occurred->first == token) {
      logit -= frequency_penalty_ * (occurred++)->second + presence_penalty_;
    }
    adjusted.push_back({.token = token, .logit = logit, .untouched = untouched});
  }
}

std::optional<TokenId> Sampler::choose(std::span<const float> logits, SamplerScratch& scratch) {
  const RowScan scan = row_passes().scan(logits.data(), logits.size());
  if (!scan.drawable) return std::nullopt;
  double max = scan.max;
  for (const auto& adjusted : scratch.adjusted) {
    // Written so that NaN fails too.
    if (!(adjusted.logit <= std::numeric_limits<double>::max())) return std::nullopt;
    max = std::max(max, adjusted.logit);
  }
  if (max == -std::numeric_limits<double>::infinity()) return std::nullopt;
  if (temperature_ > kGreedyTemperature) return draw(logits, max, scratch);

  auto best = std::numeric_limits<TokenId>::max();
  for (const auto& adjusted : scratch.adjusted) {
    if (adjusted.logit == max) best = std::min(best, adjusted.token);
  }
  if (max == static_cast<double>(scan.max)) {
    const float below = std::nextafter(scan.max, kRuledOut);
    best = std::min(best, static_cast<TokenId>(row_passes().find_above(logits.data(), logits.size(), below)));
  }
  return best;
}

TokenId Sampler::draw(std::span<const float> logits, double max, SamplerScratch& scratch) {
  return top_p_ < 1 ? draw_from_nucleus(logits, max, scratch) : draw_from_all(logits, max, scratch);
}

TokenId Sampler::draw_from_nucleus(std::span<const float> logits, double max, SamplerScratch& scratch) {
  const double inverse_temperature = 1.0 / static_cast<double>(temperature_);
  scratch.weights.resize(logits.size());
  std::uint64_t total =
      row_passes().weigh(logits.data(), logits.size(), max, inverse_temperature, scratch.weights.data());
  for (const auto& adjusted : scratch.adjusted) {
    const std::uint64_t weight = weight_at((adjusted.logit - max) * inverse_temperature);
    scratch.weights[static_cast<std::size_t>(adjusted.token)] = weight;
    total += weight;
  }
  scratch.nucleus.choose(scratch.weights, total, top_p_);
  return static_cast<TokenId>(
      scratch.nucleus.at(scratch.weights, scale_uniform(rng_, scratch.nucleus.total())));
}

// Keeps the sums of blocks alone: weighing one block again is less than writing all weights down.
TokenId Sampler::draw_from_all(std::span<const float> logits, double max, SamplerScratch& scratch) {
  const double inverse_temperature = 1.0 / static_cast<double>(temperature_);
  std::array<std::uint64_t, kBlock> weights;
  const auto weigh = [&](std::size_t block) {
    const std::span<const float> part = logits.subspan(block * kBlock);
    return row_passes().weigh(part.data(), std::min(part.size(), kBlock), max, inverse_temperature,
                              weights.data());
  };
  scratch.weights.resize((logits.size() + kBlock - 1) / kBlock);
  for (std::size_t block = 0; block < scratch.weights.size(); ++block) scratch.weights[block] = weigh(block);
  const auto weight_of = [&](const SamplerScratch::Adjusted& adjusted) {
    return weight_at((adjusted.logit - max) * inverse_temperature);
  };
  for (const auto& adjusted : scratch.adjusted) {
    scratch.weights[static_cast<std::size_t>(adjusted.token) / kBlock] += weight_of(adjusted);
  }
  std::uint64_t left =
      scale_uniform(rng_, std::accumulate(scratch.weights.begin(), scratch.weights.end(), std::uint64_t{0}));
  std::size_t block = 0;
  while (left >= scratch.weights[block]) left -= scratch.weights[block++];
  weigh(block);
  for (const auto& adjusted : scratch.adjusted) {
    const auto token = static_cast<std::size_t>(adjusted.token);
    if (token / kBlock == block) weights[token % kBlock] = weight_of(adjusted);
  }
  std::size_t place = 0;
  while (left >= weights[place]) left -= weights[place++];
  return static_cast<TokenId>(block * kBlock + place);
}

void Sampler::count(TokenId token) {
  const auto place =
      std::ranges::lower_bound(occurred_, token, {}, &std::pair<TokenId, std::uint32_t>::first);
  if (place != occurred_.end() && place->first == token) {
    ++place->second;
  } else {
    occurred_.insert(place, {token, 1});
  }
}

}  // namespace peregrine::engine
