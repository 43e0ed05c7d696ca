// The same request in other tongues, ready to paste.
import type { ChatRequest } from '../api/types';

export type SampleKind = 'curl' | 'groq' | 'openai' | 'typescript';
export const sampleKinds: readonly SampleKind[] = ['curl', 'groq', 'openai', 'typescript'];

export interface Server {
  origin: string; // "http://127.0.0.1:8080"
  keyed: boolean; // the request needs a key
}

// Fields that OpenAI's client does not name; they travel beside the others.
const kBeyondOpenai: ReadonlySet<string> = new Set(['reasoning_format', 'documents', 'citation_options']);

const kIndent = 4;

// JSON as Python spells it. Strings of JSON are strings of Python.
export function toPython(value: unknown, depth = 0): string {
  const inner = ' '.repeat((depth + 1) * kIndent);
  const outer = ' '.repeat(depth * kIndent);
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => inner + toPython(item, depth + 1))
    : Object.entries(value).filter(([, item]) => item !== undefined).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${toPython(item, depth + 1)}`);
  if (parts.length === 0) return isList ? '[]' : '{}';
  return `${isList ? '[' : '{'}\n${parts.join(',\n')},\n${outer}${isList ? ']' : '}'}`;
}

function keywordArguments(fields: Record<string, unknown>): string {
  return Object.entries(fields).filter(([, value]) => value !== undefined)
    .map(([name, value]) => `    ${name}=${toPython(value, 1)},`).join('\n');
}

const singleQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function curl(request: ChatRequest, { origin, keyed }: Server): string {
  const parts = [
    `curl ${request.stream ? '-N ' : ''}${origin}/openai/v1/chat/completions`,
    ...(keyed ? ['  -H "Authorization: Bearer $PEREGRINE_API_KEY"'] : []),
    `  -H 'Content-Type: application/json'`,
    `  -d ${singleQuoted(JSON.stringify(request, null, 2))}`,
  ];
  return parts.join(' \\\n');
}

function python(kind: 'groq' | 'openai', request: ChatRequest, { origin, keyed }: Server): string {
  const groq = kind === 'groq';
  const entries = Object.entries(request);
  const named = Object.fromEntries(entries.filter(([name]) => groq || !kBeyondOpenai.has(name)));
  const beyond = Object.fromEntries(entries.filter(([name]) => !groq && kBeyondOpenai.has(name)));
  const fields = keywordArguments({ ...named, ...(Object.keys(beyond).length > 0 && { extra_body: beyond }) });
  const key = keyed ? 'os.environ["PEREGRINE_API_KEY"]' : '"any"';
  const client = groq ? 'Groq' : 'OpenAI';
  const base = groq ? origin : `${origin}/openai/v1`;
  const reading = request.stream
    ? `for chunk in answer:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)`
    : 'print(answer.choices[0].message)';
  return `${keyed ? 'import os\n\n' : ''}from ${kind} import ${client}  # pip install ${kind}

client = ${client}(base_url=${JSON.stringify(base)}, api_key=${key})
answer = client.chat.completions.create(
${fields}
)
${reading}`;
}

// Names of object members stand without quotes where they may.
function toTypescript(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/^( *)"([A-Za-z_$][\w$]*)":/gm, '$1$2:');
}

function typescript(request: ChatRequest, { origin, keyed }: Server): string {
  const key = keyed ? 'process.env.PEREGRINE_API_KEY' : '"any"';
  const reading = request.stream
    ? `for await (const chunk of answer) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
}`
    : 'console.log(answer.choices[0].message);';
  return `import Groq from "groq-sdk"; // npm install groq-sdk

const client = new Groq({ baseURL: ${JSON.stringify(origin)}, apiKey: ${key} });
const answer = await client.chat.completions.create(${toTypescript(request)});
${reading}`;
}

export function sample(kind: SampleKind, request: ChatRequest, server: Server): string {
  if (kind === 'curl') return curl(request, server);
  return kind === 'typescript' ? typescript(request, server) : python(kind, request, server);
}
