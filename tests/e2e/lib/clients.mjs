// The official clients, configured as a program would: a key, a base URL, and nothing sent twice.
import Groq from 'groq-sdk';
import OpenAI from 'openai';

export function makeClients(server, { apiKey = 'any' } = {}) {
  const common = { apiKey, maxRetries: 0 };
  return {
    'groq-sdk': new Groq({ ...common, baseURL: server.root }),
    openai: new OpenAI({ ...common, baseURL: server.url }),
  };
}

export const errorsOf = { 'groq-sdk': Groq, openai: OpenAI };

// The error's envelope: one client hands out the whole body, the other what is in it.
export function errorBody(error) {
  return error.error?.error ?? error.error;
}

export function userSays(content) {
  return [{ role: 'user', content }];
}

// One streamed choice, collected: {text, chunks, finish}.
export async function collect(stream) {
  const result = { text: '', chunks: [], finish: null };
  for await (const chunk of stream) {
    result.chunks.push(chunk);
    const choice = chunk.choices[0];
    if (!choice) continue;
    result.text += choice.delta.content ?? '';
    result.finish = choice.finish_reason ?? result.finish;
  }
  return result;
}
