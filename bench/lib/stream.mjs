// One streamed chat completion, timed as its client sees it.

// Milliseconds (of performance.now()) at which pieces of content came, as they come in `times`, and the server's counts
// when it is over. A piece is nearly always a token: bytes that are no whole character yet wait for the next one.
// `done` rejects when `signal` ends the stream.
export function followChat(url, model, prompt, maxTokens, signal) {
  const times = [];
  const read = async () => {
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      signal,
      body: JSON.stringify({
        model,
        messages: [{ role: 'user', content: prompt }],
        max_tokens: maxTokens,
        stream: true,
        stream_options: { include_usage: true },
      }),
    });
    if (!response.ok) throw new Error(`the server answered ${response.status}: ${await response.text()}`);
    let usage;
    for await (const chunk of chunks(response.body)) {
      if (chunk.choices?.[0]?.delta?.content) times.push(performance.now());
      usage = chunk.usage ?? usage;
    }
    if (!usage) throw new Error('a stream ended without its counts');
    return usage;
  };
  return { times, done: read() };
}

// {first, gaps, usage}: milliseconds to the first content, those between pieces of content, and the server's counts.
export async function streamChat(url, model, prompt, maxTokens) {
  const begun = performance.now();
  const { times, done } = followChat(url, model, prompt, maxTokens);
  const usage = await done;
  if (times.length === 0) times.push(performance.now());
  return { first: times[0] - begun, gaps: gapsOf(times), usage };
}

export function gapsOf(times) {
  return times.slice(1).map((time, i) => time - times[i]);
}

// The JSON of the stream's events.
async function* chunks(body) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('data: {')) yield JSON.parse(line.slice('data: '.length));
    }
  }
}
