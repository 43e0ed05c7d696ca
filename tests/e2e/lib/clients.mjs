// The official clients, configured as a program would: a key, a base URL, and nothing sent twice.
import assert from 'node:assert/strict';

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

// The error of a client that is answered with this status, and with these fields in its envelope.
export async function rejected(promise, status, expected = {}) {
  const error = await promise.then((value) => assert.fail(`answered ${JSON.stringify(value)}`), (reason) => reason);
  assert.equal(error.status, status, error.message);
  for (const [key, value] of Object.entries(expected)) assert.equal(errorBody(error)[key], value, error.message);
  return error;
}

// All that a stream or a paged list has.
export async function all(items) {
  const got = [];
  for await (const item of items) got.push(item);
  return got;
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

// A stream's choices put together as whole answers have them: [{index, message, logprobs, finish_reason}], and the last
// usage. Pieces of a call must come in order, and only the first may name it.
export async function assemble(stream) {
  const choices = [];
  let usage = null;
  for await (const chunk of stream) {
    usage = chunk.usage ?? chunk.x_groq?.usage ?? usage;
    for (const { index, delta, logprobs, finish_reason: finish } of chunk.choices) {
      choices[index] ??= { index, message: { role: delta.role, content: '' }, logprobs: null, finish_reason: null };
      const choice = choices[index];
      if (choice.finish_reason !== null) throw new Error('a choice goes on after its end');
      choice.message.content += delta.content ?? '';
      if (delta.reasoning !== undefined) choice.message.reasoning = (choice.message.reasoning ?? '') + delta.reasoning;
      for (const piece of delta.tool_calls ?? []) addPiece((choice.message.tool_calls ??= []), piece);
      if (delta.annotations) (choice.message.annotations ??= []).push(...delta.annotations);
      if (delta.function_call) {
        const call = (choice.message.function_call ??= { name: delta.function_call.name, arguments: '' });
        call.arguments += delta.function_call.arguments;
      }
      if (logprobs) (choice.logprobs ??= { content: [] }).content.push(...logprobs.content);
      choice.finish_reason = finish;
    }
  }
  for (const { message } of choices) {
    if (message.content === '' && (message.tool_calls || message.function_call)) message.content = null;
  }
  return { choices, usage };
}

function addPiece(calls, { index, id, type, function: called }) {
  if (id !== undefined) {
    if (index !== calls.length || type !== 'function' || !called.name) throw new Error('a call that begins wrongly');
    calls.push({ id, type, function: { name: called.name, arguments: called.arguments ?? '' } });
  } else {
    if (index !== calls.length - 1 || type !== undefined || called.name !== undefined) throw new Error('a piece of no call');
    calls.at(-1).function.arguments += called.arguments;
  }
}

// A choice without what differs from answer to answer.
export function withoutIds({ message, ...choice }) {
  const { tool_calls: calls, ...rest } = message;
  return { ...choice, message: { ...rest, ...(calls && { tool_calls: calls.map((call) => call.function) }) } };
}
