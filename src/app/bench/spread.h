// Least, middle and greatest of what was measured several times.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace peregrine::app::bench {

struct Spread {
  double min = 0;
  double median = 0;  // of an even number: the mean of the middle two
  double max = 0;
};

// At least one value.
inline Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  const double median = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return {values.front(), median, values.back()};
}

}  // namespace peregrine::app::bench
