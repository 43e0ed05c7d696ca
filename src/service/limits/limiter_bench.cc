// What counting costs a request: admission and settlement under every kind of limit, of a key and of its
// organisation, by one thread and by several that share the account.
#include <benchmark/benchmark.h>

#include "service/limits/limiter.h"

namespace peregrine::service {
namespace {

void admit_and_settle(benchmark::State& state) {
  static Limiter limiter;
  Account account;
  account.key = "key_01jbd6g2qdfw2adyrt2az8hz4w";
  account.organisation = "acme";
  account.model = "llama-3.1-8b-instant";
  account.of_key =
      parse_limits(
          "rpm=1000000000,rpd=1000000000,tpm=1000000000000,tpd=1000000000000,ash=1000000,asd=1000000")
          .value();
  account.of_organisation = account.of_key;
  const Cost reserved{.requests = 1, .tokens = 1500, .audio_seconds = 0};
  const Cost used{.requests = 1, .tokens = 700, .audio_seconds = 0};
  for (auto _ : state) {
    benchmark::DoNotOptimize(limiter.admit(account, reserved));
    limiter.settle(account, reserved, used);
  }
}
BENCHMARK(admit_and_settle)->ThreadRange(1, 8);

}  // namespace
}  // namespace peregrine::service
