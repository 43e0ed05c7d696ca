// One cell measured with llama.cpp, through node-llama-cpp's prebuilt library: what `peregrine bench --json` does.
//   node llama.mjs --model FILE --threads N --prompt N --generate N --streams N
//   node llama.mjs --check        ends with 0 if the library can be loaded here
//
// Streams are sequences of one context, whose rows the library puts into one batch when they are asked for together.
// All start with a random prompt each; prefill lasts until the last has its first token. Then every stream takes
// `generate` steps, all of them together. Tokens are the likeliest ones.
import { parseArgs } from 'node:util';

const kBatchTokens = 512;
const kWarmPrompt = 512;
const kLikeliest = { generateNext: { token: true, options: { temperature: 0 } } };

async function load(threads) {
  const { getLlama } = await import('node-llama-cpp');
  return getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: threads, logLevel: 'error', progressLogs: false });
}

// Uniform whole numbers below `bound`, the same ones in every process (Park and Miller's generator).
function generator(seed = 1) {
  let state = seed;
  return (bound) => {
    state = (state * 48271) % 0x7fffffff;
    return state % bound;
  };
}

async function nextToken(sequence, tokens) {
  const last = tokens.length - 1;
  const outputs = await sequence.controlledEvaluate([...tokens.slice(0, last), [tokens[last], kLikeliest]]);
  return outputs[last].next.token;
}

// {prefill, decode} in seconds.
async function measure(model, { threads, prompt, generate, streams }, random) {
  const tokens = [...model.iterateAllTokens()];
  const prompts = Array.from({ length: streams }, () => Array.from({ length: prompt }, () => tokens[random(tokens.length)]));
  const context = await model.createContext({
    contextSize: prompt + generate + 1,
    sequences: streams,
    batchSize: kBatchTokens,
    threads: { ideal: threads, min: threads },
  });
  const sequences = prompts.map(() => context.getSequence());
  const step = (inputs) => Promise.all(sequences.map((sequence, i) => nextToken(sequence, inputs[i])));

  const begun = performance.now();
  let last = await step(prompts);
  const prefilled = performance.now();
  for (let i = 0; i < generate; ++i) last = await step(last.map((token) => [token]));
  const decoded = performance.now();

  await context.dispose();
  return { prefill: (prefilled - begun) / 1000, decode: (decoded - prefilled) / 1000 };
}

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    threads: { type: 'string', default: '1' },
    prompt: { type: 'string', default: '512' },
    generate: { type: 'string', default: '64' },
    streams: { type: 'string', default: '1' },
    check: { type: 'boolean', default: false },
  },
});
const sizes = Object.fromEntries(['threads', 'prompt', 'generate', 'streams'].map((name) => [name, Number(values[name])]));
const llama = await load(sizes.threads);
if (!values.check) {
  const model = await llama.loadModel({ modelPath: values.model, gpuLayers: 0, useMmap: false });
  const random = generator();
  await measure(model, { ...sizes, prompt: Math.min(sizes.prompt, kWarmPrompt), generate: 1, streams: 1 }, random);
  const seconds = await measure(model, sizes, random);
  const result = {
    version: `llama.cpp ${llama.llamaCppRelease.release}`,
    ...sizes,
    prefill_tokens_per_second: (sizes.prompt * sizes.streams) / seconds.prefill,
    decode_tokens_per_second: (sizes.generate * sizes.streams) / seconds.decode,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
await llama.dispose();
