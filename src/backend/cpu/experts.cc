// Mixture of experts of the CPU backend: choosing experts, and products grouped by expert so that each one's
// weights are read once per step.
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

#include "backend/cpu/cpu_backend.h"
#include "backend/cpu/tiles.h"

namespace peregrine::backend::cpu {
namespace {

constexpr float kLowest = -std::numeric_limits<float>::infinity();

// Turns logits into scores in place.
void score(RouterSpec::Scores kind, std::span<float> row) {
  if (kind == RouterSpec::Scores::kSigmoid) {
    for (float& x : row) x = 1.0F / (1.0F + std::exp(-x));
    return;
  }
  if (kind == RouterSpec::Scores::kSoftmaxOfChosen) return;
  const float top = *std::max_element(row.begin(), row.end());
  float total = 0.0F;
  for (float& x : row) total += x = std::exp(x - top);
  for (float& x : row) x /= total;
}

// A group's rank: the sum of its two best scores.
float rank_of(std::span<const float> group) {
  float best = kLowest;
  float second = kLowest;
  for (const float x : group) {
    second = std::max(second, std::min(best, x));
    best = std::max(best, x);
  }
  return best + (group.size() > 1 ? second : 0.0F);
}

// Experts outside the best groups can no longer be chosen: their scores become the lowest there is. Of equal
// groups the later one goes.
void keep_best_groups(const RouterSpec& spec, std::span<float> choice) {
  const std::size_t size = choice.size() / spec.n_groups;
  for (std::uint32_t dropped = spec.n_groups_used; dropped < spec.n_groups; ++dropped) {
    std::uint32_t worst = spec.n_groups;
    float worst_rank = 0.0F;
    for (std::uint32_t g = spec.n_groups; g-- > 0;) {
      const float rank = rank_of(choice.subspan(g * size, size));
      if (rank == kLowest || std::isnan(rank)) continue;  // dropped before
      if (worst == spec.n_groups || rank < worst_rank) {
        worst = g;
        worst_rank = rank;
      }
    }
    if (worst == spec.n_groups) return;
    std::fill_n(choice.begin() + static_cast<std::ptrdiff_t>(worst * size), size, kLowest);
  }
}

// The index of the largest value that is not taken, the first among equals; NaN loses to everything.
std::uint32_t best_of(std::span<const float> choice, std::span<const std::uint32_t> taken) {
  std::uint32_t best = std::numeric_limits<std::uint32_t>::max();
  for (std::uint32_t e = 0; e < choice.size(); ++e) {
    if (std::find(taken.begin(), taken.end(), e) != taken.end()) continue;
    if (best >= choice.size() || choice[e] > choice[best] ||
        (std::isnan(choice[best]) && !std::isnan(choice[e])))
      best = e;
  }
  return best;
}

void weigh(const RouterSpec& spec, std::span<float> weights) {
  if (spec.scores == RouterSpec::Scores::kSoftmaxOfChosen) score(RouterSpec::Scores::kSoftmax, weights);
  if (spec.normalise) {
    float total = 0.0F;
    for (const float w : weights) total += w;
    for (float& w : weights) w /= total;
  }
  for (float& w : weights) w *= spec.scale;
}

// `choice` is scratch, as long as the row.
void choose(const RouterSpec& spec, std::span<float> row, std::span<float> choice,
            std::span<std::uint32_t> experts, std::span<float> weights) {
  score(spec.scores, row);
  std::copy(row.begin(), row.end(), choice.begin());
  if (spec.choice_bias != nullptr) {
    const float* bias = spec.choice_bias->tensor().data;
    for (std::size_t e = 0; e < choice.size(); ++e) choice[e] += bias[e];
  }
  if (spec.n_groups > 1) keep_best_groups(spec, choice);
  for (std::uint32_t i = 0; i < experts.size(); ++i) {
    experts[i] = best_of(choice, experts.first(i));
    weights[i] = row[experts[i]];
  }
  weigh(spec, weights);
}

}  // namespace

void CpuBackend::route(const RouterSpec& spec, Tensor scores, Routes& routes) {
  auto& r = static_cast<CpuRoutes&>(routes);
  assert(scores.cols == spec.n_experts && r.used == spec.n_used && r.begins.size() == spec.n_experts + 1U);
  assert(std::size_t{scores.rows} * r.used <= r.rows.size());
  r.n_rows = scores.rows;
  for_each_row(scores, [&](std::uint32_t row, float* logits) {
    const std::size_t at = std::size_t{row} * r.used;
    choose(spec, {logits, scores.cols},
           std::span(r.choice).subspan(std::size_t{row} * scores.cols, scores.cols),
           std::span(r.chosen).subspan(at, r.used), std::span(r.chosen_weights).subspan(at, r.used));
  });
  // A counting sort by expert keeps the rows of each in order.
  const std::size_t assignments = std::size_t{r.n_rows} * r.used;
  std::fill(r.begins.begin(), r.begins.end(), 0U);
  for (std::size_t i = 0; i < assignments; ++i) ++r.begins[r.chosen[i] + 1U];
  for (std::size_t e = 1; e < r.begins.size(); ++e) r.begins[e] += r.begins[e - 1];
  std::copy(r.begins.begin(), r.begins.end() - 1, r.next.begin());
  for (std::size_t i = 0; i < assignments; ++i) {
    const std::uint32_t place = r.next[r.chosen[i]]++;
    r.places[i] = place;
    r.rows[place] = static_cast<std::uint32_t>(i / r.used);
    r.weights[place] = r.chosen_weights[i];
  }
}

void CpuBackend::dispatch(const Routes& routes, Tensor x, bool weighted, Tensor out) {
  const auto& r = static_cast<const CpuRoutes&>(routes);
  assert(x.rows == r.n_rows && out.rows == r.n_rows * r.used && out.cols == x.cols);
  for_each_row(out, [&](std::uint32_t a, float* row) {
    kernels_.scale(x.data + std::size_t{r.rows[a]} * x.cols, weighted ? r.weights[a] : 1.0F, row, x.cols);
  });
}

void CpuBackend::expert_matmul(const Routes& routes, Tensor x, std::span<const Product> products) {
  assert(products.size() <= kMaxProducts);
  for_each_form(products, [&](std::span<const Product> alike) {
    expert_matmul_of_one_form(static_cast<const CpuRoutes&>(routes), x, alike);
  });
}

void CpuBackend::expert_matmul_of_one_form(const CpuRoutes& r, Tensor x, std::span<const Product> products) {
  const std::size_t n_experts = r.begins.size() - 1;
  const std::size_t n_out = products[0].out.cols;
  assert(x.rows == r.n_rows * r.used);
  for ([[maybe_unused]] const Product& p : products) {
    assert(p.weight->n_in() == x.cols && p.weight->n_out() == n_experts * n_out && p.out.cols == n_out &&
           p.out.rows == x.rows);
  }
  std::size_t stride = 0;
  const std::byte* activations =
      quantize(static_cast<const CpuMatrix&>(*products[0].weight).dtype(), x, stride);
  std::vector<std::size_t>& firsts = r.first_tiles;  // of one product
  for (std::size_t e = 0; e < n_experts; ++e) {
    firsts[e + 1] = firsts[e] + tiles_of(n_out, r.begins[e + 1] - r.begins[e]);
  }
  for_each(firsts.back() * products.size(), [&](Lane&, std::size_t i) {
    const Product& product = products[i / firsts.back()];
    const std::size_t item = i % firsts.back();
    const auto& w = static_cast<const CpuMatrix&>(*product.weight);
    const auto after = std::upper_bound(firsts.begin(), firsts.end(), item);
    const auto expert = static_cast<std::size_t>(after - firsts.begin()) - 1;
    const std::size_t first = r.begins[expert];
    kernels_.matmul_tile(w.dtype())(cut({.weights = w.panels(),
                                         .weight_row_bytes = w.row_bytes(),
                                         .first_out = expert * n_out,
                                         .n_out = n_out,
                                         .activations = activations + first * stride,
                                         .activation_row_stride = stride,
                                         .n_rows = r.begins[expert + 1] - first,
                                         .k = x.cols,
                                         .out = product.out.data + first * n_out,
                                         .out_row_stride = n_out},
                                        item - firsts[expert]));
  });
}

void CpuBackend::expert_add_bias(const Buffer& bias, const Routes& routes, Tensor x) {
  const auto& r = static_cast<const CpuRoutes&>(routes);
  const Tensor b = bias.tensor();
  assert(b.cols == (r.begins.size() - 1) * x.cols && x.rows == r.n_rows * r.used);
  for (std::size_t e = 0; e + 1 < r.begins.size(); ++e) {
    const Tensor part{x.data + std::size_t{r.begins[e]} * x.cols, r.begins[e + 1] - r.begins[e], x.cols};
    for_each_row(part,
                 [&](std::uint32_t, float* row) { kernels_.add(row, b.data + e * x.cols, row, x.cols); });
  }
}

void CpuBackend::combine(const Routes& routes, Tensor x, bool weighted, Tensor out) {
  const auto& r = static_cast<const CpuRoutes&>(routes);
  assert(out.rows == r.n_rows && out.cols == x.cols && x.rows == r.n_rows * r.used);
  for_each_row(out, [&](std::uint32_t row, float* to) {
    std::fill_n(to, out.cols, 0.0F);
    for (std::uint32_t i = 0; i < r.used; ++i) {
      const std::size_t slot = std::size_t{row} * r.used + i;
      const float* from = x.data + std::size_t{r.places[slot]} * x.cols;
      const float factor = weighted ? r.chosen_weights[slot] : 1.0F;
      for (std::uint32_t c = 0; c < out.cols; ++c) to[c] += factor * from[c];
    }
  });
}

}  // namespace peregrine::backend::cpu
