import { kApi, send } from './client';
import { ApiFailure, failureOf, isAbort } from './failure';
import { EventParser } from './sse';
import type { ChatChunk, ChatRequest } from './types';

// The chunks of a streamed answer. Throws an ApiFailure where the stream breaks off before its end.
export async function* streamChat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatChunk> {
  const response = await send(`${kApi}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...request, stream: true }),
    signal,
  });
  const parser = new EventParser();
  const decoder = new TextDecoder();
  const reader = response.body!.getReader();
  for (;;) {
    const { done, value } = await read(reader);
    if (done) throw new ApiFailure(0, {});
    for (const event of parser.push(decoder.decode(value, { stream: true }))) {
      if (event.name === 'error') throw failureOf(500, event.data);
      if (event.data === '[DONE]') return;
      yield JSON.parse(event.data) as ChatChunk;
    }
  }
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiFailure(0, {});
  }
}
