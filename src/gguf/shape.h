// Sizes of a tensor's dimensions, innermost (contiguous) first, as GGUF stores them.
//
// 1 to kMaxDims dimensions for a tensor of a File, none zero, the product within 64 bits. An empty Shape
// (also made from more than kMaxDims sizes) belongs to no tensor and is refused by Writer.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "gguf/format.h"

namespace peregrine::gguf {

class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<std::uint64_t> dims) : Shape(std::span(dims.begin(), dims.size())) {}
  explicit Shape(std::span<const std::uint64_t> dims) {
    if (dims.size() > kMaxDims) return;
    std::copy(dims.begin(), dims.end(), dims_.begin());
    rank_ = dims.size();
  }

  std::size_t size() const { return rank_; }
  bool empty() const { return rank_ == 0; }
  std::uint64_t operator[](std::size_t i) const { return dims_[i]; }
  const std::uint64_t* begin() const { return dims_.data(); }
  const std::uint64_t* end() const { return dims_.data() + rank_; }
  std::span<const std::uint64_t> span() const { return {dims_.data(), rank_}; }

  // Product of the dimensions, modulo 2^64 where the shape did not come from a File.
  std::uint64_t elements() const {
    std::uint64_t product = 1;
    for (const std::uint64_t dim : span()) product *= dim;
    return product;
  }

  bool operator==(const Shape&) const = default;

 private:
  std::array<std::uint64_t, kMaxDims> dims_ = {};  // zero beyond rank_
  std::size_t rank_ = 0;
};

}  // namespace peregrine::gguf
