// One streamed chat completion, timed as its client sees it.

// {first, gaps, usage}: milliseconds to the first content, those between pieces of content, and the server's counts. A
// piece is nearly always a token: bytes that are no whole character yet wait for the next one.
export async function streamChat(url, model, prompt, maxTokens) {
  const begun = performance.now();
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model,
      messages: [{ role: 'user', content: prompt }],
      max_tokens: maxTokens,
      stream: true,
      stream_options: { include_usage: true },
    }),
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}: ${await response.text()}`);
  const times = [];
  let usage;
  for await (const chunk of chunks(response.body)) {
    if (chunk.choices?.[0]?.delta?.content) times.push(performance.now());
    usage = chunk.usage ?? usage;
  }
  if (!usage) throw new Error('a stream ended without its counts');
  if (times.length === 0) times.push(performance.now());
  return { first: times[0] - begun, gaps: times.slice(1).map((time, i) => time - times[i]), usage };
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
