// The lines of an answer, as they come, without their ends. A line over `most` characters ends it: nothing of ours is
// that long, and the page does not collect it.

export const kMaxLine = 8 * 1024 * 1024;

export async function* linesOf(body: ReadableStream<Uint8Array>, most = kMaxLine): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (rest.length > most) return;
      if (done) break;
    }
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
