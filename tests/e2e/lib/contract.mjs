// docs/openapi.yaml as the judge of everything that a server of these tests says: the body and every event of every
// answer fits the schema of its route and status, and a request that was served fits the schema of its route.
//
// On for all tests: lib/http.mjs asks here, and so does fetch() (also that of the official clients) for the servers that
// lib/server.mjs started.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const kId = 'openapi';
const kMaxShown = 300;

export const description = parse(readFileSync(new URL('../../../docs/openapi.yaml', import.meta.url), 'utf8'));

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: false, verbose: true });
addFormats.default(ajv);
ajv.addVocabulary(['example', ...Object.keys(description)]);
ajv.addSchema(description, kId, undefined, false);

const escaped = (part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
const validators = new Map();

// The validator of the schema at a path of keys into the description.
export function validatorAt(...path) {
  const ref = `${kId}#/${path.map(escaped).join('/')}`;
  if (!validators.has(ref)) validators.set(ref, ajv.compile({ $ref: ref }));
  return validators.get(ref);
}

// The deepest errors say most: a wrong branch of a oneOf fails near its top.
function explain(errors) {
  const depth = Math.max(...errors.map((error) => error.instancePath.split('/').length));
  const told = errors.filter((error) => error.instancePath.split('/').length === depth);
  return told.map(({ instancePath, message, params, data }) =>
    `${instancePath || '/'}: ${message} ${JSON.stringify(params)}, has ${JSON.stringify(data)?.slice(0, kMaxShown)}`).join('\n');
}

function assertFits(value, what, ...path) {
  const validate = validatorAt(...path);
  if (!validate(value)) assert.fail(`${what} breaks docs/openapi.yaml\n${explain(validate.errors)}`);
}

const patterns = Object.keys(description.paths).map((template) => {
  // A model's id may hold slashes; no other parameter may.
  const pattern = template.replaceAll('.', '\\.').replaceAll('{model}', '.+').replaceAll(/\{\w+\}/g, '[^/]+');
  return { template, pattern: new RegExp(`^${pattern}$`) };
});

// The path's template in the description, or undefined.
export function templateOf(target) {
  const path = target.replace(/\?.*$/s, '').replace(/^http:\/\/[^/]*/, '').replace(/^\/+/, '/').replace(/^\/v1\//, '/openai/v1/');
  return patterns.find(({ pattern }) => pattern.test(path))?.template;
}

function follow(path) {
  const found = path.reduce((value, key) => value[key], description);
  return found.$ref ? found.$ref.slice(2).split('/') : path;
}

// Where the description has the answer to a request: keys into it. An unknown route answers like any protocol error.
function answerAt({ method, path: target, status }) {
  const template = templateOf(target);
  const operation = description.paths[template]?.[method.toLowerCase()];
  const key = operation?.responses[status] ? String(status) : 'default';
  if (!operation) return ['components', 'responses', 'Protocol'];
  assert.ok(key !== 'default' || status >= 400, `${method} ${target}: the status ${status} is not in docs/openapi.yaml`);
  return follow(['paths', template, method.toLowerCase(), 'responses', key]);
}

const kErrorSchema = ['components', 'schemas', 'Error'];

// Judges the events of a stream as they come; bytes may be cut anywhere. What is left over at the end was cut off.
export class StreamJudge {
  #exchange;
  #at;
  #rest = '';
  #decoder = new TextDecoder();

  constructor(exchange) {
    this.#exchange = exchange;
    this.#at = answerAt(exchange);
  }

  add(bytes) {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const frames = this.#rest.split('\n\n');
    this.#rest = frames.pop();
    for (const frame of frames) this.#judge(frame);
  }

  #judge(frame) {
    const lines = frame.split('\n').filter((line) => !line.startsWith(':'));
    const name = lines.find((line) => line.startsWith('event: '))?.slice('event: '.length);
    const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length);
    if (data === undefined || data === '[DONE]') return;
    const event = JSON.parse(data);
    const what = `an event of ${this.#exchange.method} ${this.#exchange.path}`;
    if (name === 'error') return assertFits(event, what, ...kErrorSchema);
    assertFits(event, what, ...this.#at, 'content', 'text/event-stream', 'schema');
    if (name !== undefined) assert.equal(event.type, name, 'the name of an event is its type');
  }
}

// Judges a whole answer. exchange: {method, path, status, headers (a plain object), body (text), sent (text)}.
export function judge(exchange) {
  const { method, path: target, status, headers, body, sent } = exchange;
  if (status === 204 || status === 304 || method === 'HEAD') return;
  const at = answerAt(exchange);
  const type = (headers['content-type'] ?? '').replace(/;.*$/, '');
  const what = `${status} of ${method} ${target}`;
  const content = at.reduce((value, key) => value[key], description).content;
  assert.ok(content?.[type], `${what}: the content type '${type}' is not in docs/openapi.yaml`);
  if (type === 'text/event-stream') {
    new StreamJudge(exchange).add(Buffer.from(body));
  } else {
    assertFits(type === 'application/json' ? JSON.parse(body) : body, what, ...at, 'content', type, 'schema');
  }
  if (status === 200 && sent) judgeRequest(method, target, sent);
}

// What was served was well-formed by the description, too.
function judgeRequest(method, target, sent) {
  const template = templateOf(target);
  if (!description.paths[template]?.[method.toLowerCase()]?.requestBody?.content['application/json']) return;
  const at = ['paths', template, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
  assertFits(JSON.parse(sent), `the served request to ${target}`, ...at);
}

const judged = new Set();  // origins of servers under test
const plainFetch = globalThis.fetch;

export function judgeFetchesOf(origin) {
  judged.add(origin);
}

async function judgedFetch(resource, options) {
  const request = { url: String(resource?.url ?? resource), method: options?.method ?? resource?.method ?? 'GET' };
  const response = await plainFetch(resource, options);
  const url = new URL(request.url);
  if (!judged.has(url.origin) || response.body === null) return response;
  const sent = typeof options?.body === 'string' ? options.body : undefined;
  const headers = Object.fromEntries(response.headers);
  const exchange = { method: request.method.toUpperCase(), path: url.pathname, status: response.status, headers, sent };
  const made = { status: response.status, statusText: response.statusText, headers: response.headers };
  if (!headers['content-type']?.startsWith('text/event-stream')) {
    const bytes = Buffer.from(await response.arrayBuffer());
    judge({ ...exchange, body: bytes.toString() });
    return new Response(bytes, made);
  }
  if (sent) judgeRequest(exchange.method, exchange.path, sent);
  const judgement = new StreamJudge(exchange);
  const transform = (bytes, controller) => {
    judgement.add(bytes);
    controller.enqueue(bytes);
  };
  return new Response(response.body.pipeThrough(new TransformStream({ transform })), made);
}

globalThis.fetch = judgedFetch;
