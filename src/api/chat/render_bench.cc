// What a token costs in this room: rendering its chunk, and reading a request.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "api/chat/render.h"
#include "api/chat/wire.h"

namespace peregrine::api {
namespace {

AnswerHead head() {
  AnswerHead head;
  head.id = "chatcmpl-9b2f6c1e-7a55-4a0e-9c65-0a6d3d1c7b11";
  head.request_id = "req_01jbd6g2qdfw2adyrt2az8hz4w";
  head.created = 1767225600;
  head.model = "llama-3.2-1b-instruct-q4_k_m";
  head.fingerprint = "fp_0123456789";
  return head;
}

void content_chunk(benchmark::State& state) {
  const ChunkRenderer renderer(head());
  service::TextDelta delta{0, " little", {}};
  for (std::int64_t i = 0; i < state.range(0); ++i)
    delta.logprobs.push_back({{" little", " little", -0.123F}, {}});
  std::string out;
  std::size_t bytes = 0;
  for (auto step : state) {
    (void)step;
    out.clear();
    renderer.content(out, delta);
    benchmark::DoNotOptimize(out.data());
    bytes += out.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(content_chunk)->ArgName("logprobs")->Arg(0)->Arg(1);

void parse_request(benchmark::State& state) {
  const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
  const std::string body =
      R"({"model":"m","stream":true,"temperature":0.7,"max_completion_tokens":100,"messages":[)"
      R"({"role":"system","content":"You are brief."},{"role":"user","content":")" +
      text + R"("}]})";
  for (auto step : state) {
    (void)step;
    const Result<ChatCall> call = parse_chat_call(body);
    if (!call) std::abort();
    benchmark::DoNotOptimize(call->request.messages.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
BENCHMARK(parse_request)->ArgName("bytes")->Arg(100)->Arg(100'000);

}  // namespace
}  // namespace peregrine::api
