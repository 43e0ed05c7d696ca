// How a conversation asks its model: fields as they were typed, and what becomes of them in a request.
//
// An empty field is left out of the request, and the server's default holds. Bounds are those of docs/openapi.yaml.
import type { ChatRequest, ResponseFormat, ToolDeclaration } from '../api/types';

export interface ToolSetting {
  id: string;
  name: string;
  description: string;
  parameters: string; // JSON Schema
  answer: 'manual' | 'script';
  script: string; // a JavaScript function of the arguments
}

export type NumberName =
  | 'temperature' | 'top_p' | 'max_completion_tokens' | 'n' | 'seed' | 'frequency_penalty' | 'presence_penalty' | 'top_logprobs';

export type FormatKind = 'text' | 'json_object' | 'json_schema' | 'regex' | 'choice';

export interface ChatSettings {
  model: string;
  compare: string; // a second model, beside the first; '' for none
  system: string;
  numbers: Partial<Record<NumberName, string>>;
  stop: string; // one a line
  logitBias: string; // JSON
  logprobs: boolean;
  format: FormatKind;
  schema: string;
  pattern: string;
  choices: string; // one a line
  tools: ToolSetting[];
  toolChoice: '' | 'none' | 'auto' | 'required';
  parallelCalls: boolean;
  reasoningFormat: '' | 'hidden' | 'raw' | 'parsed';
  reasoningEffort: '' | 'none' | 'default' | 'low' | 'medium' | 'high';
  serviceTier: '' | 'auto' | 'on_demand' | 'flex' | 'performance';
}

export interface NumberField {
  name: NumberName;
  min: number;
  max: number;
  step: number;
  initial: number | null; // null: none, or drawn, or what the context has room for
  integer: boolean;
}

export const numberFields: readonly NumberField[] = [
  { name: 'temperature', min: 0, max: 2, step: 0.1, initial: 1, integer: false },
  { name: 'top_p', min: 0, max: 1, step: 0.05, initial: 1, integer: false },
  { name: 'max_completion_tokens', min: 1, max: 10_000_000, step: 64, initial: null, integer: true },
  { name: 'seed', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, step: 1, initial: null, integer: true },
  { name: 'frequency_penalty', min: -2, max: 2, step: 0.1, initial: 0, integer: false },
  { name: 'presence_penalty', min: -2, max: 2, step: 0.1, initial: 0, integer: false },
  { name: 'n', min: 1, max: 128, step: 1, initial: 1, integer: true },
  { name: 'top_logprobs', min: 0, max: 20, step: 1, initial: 0, integer: true },
];

const kSchema = `{
  "type": "object",
  "properties": {
    "name": { "type": "string" },
    "age": { "type": "integer" }
  },
  "required": ["name", "age"],
  "additionalProperties": false
}`;

export function initialSettings(model = ''): ChatSettings {
  return {
    model, compare: '', system: '', numbers: {}, stop: '', logitBias: '', logprobs: false, format: 'text', schema: kSchema,
    pattern: '', choices: '', tools: [], toolChoice: '', parallelCalls: true, reasoningFormat: '', reasoningEffort: '',
    serviceTier: '',
  };
}

// Why a field cannot be used; `at` names it: a NumberName, 'stop', 'logitBias', 'schema', 'tool.ID.name'...
export type Problem =
  | { at: string; kind: 'notNumber' | 'notInteger' | 'notJson' | 'notObject' | 'empty' | 'identifier' | 'twice' | 'pattern' | 'bias' }
  | { at: string; kind: 'range'; min: number; max: number }
  | { at: string; kind: 'tooMany'; most: number };

const kMaxStops = 4;
const kMaxBias = 100;
const kIdentifier = /^[A-Za-z0-9_-]{1,64}$/;

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

export function readNumber(field: NumberField, typed: string): { value?: number; problem?: Problem } {
  const text = typed.trim();
  if (text === '') return {};
  const value = Number(text);
  const at = field.name;
  if (!Number.isFinite(value)) return { problem: { at, kind: 'notNumber' } };
  if (field.integer && !Number.isSafeInteger(value)) return { problem: { at, kind: 'notInteger' } };
  if (value < field.min || value > field.max) return { problem: { at, kind: 'range', min: field.min, max: field.max } };
  return { value };
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readBias(typed: string, problems: Problem[]): Record<string, number> | undefined {
  if (typed.trim() === '') return undefined;
  const value = readJson(typed);
  const at = 'logitBias';
  if (value === undefined) problems.push({ at, kind: 'notJson' });
  else if (!isObject(value)) problems.push({ at, kind: 'notObject' });
  else if (!Object.entries(value).every(([id, bias]) => /^(0|[1-9][0-9]*)$/.test(id) && typeof bias === 'number' && Math.abs(bias) <= kMaxBias)) {
    problems.push({ at, kind: 'bias' });
  } else return value as Record<string, number>;
  return undefined;
}

function readFormat(settings: ChatSettings, problems: Problem[]): ResponseFormat | undefined {
  switch (settings.format) {
    case 'text':
      return undefined;
    case 'json_object':
      return { type: 'json_object' };
    case 'json_schema': {
      const schema = readJson(settings.schema);
      if (schema === undefined) problems.push({ at: 'schema', kind: 'notJson' });
      else if (!isObject(schema)) problems.push({ at: 'schema', kind: 'notObject' });
      return { type: 'json_schema', json_schema: { name: 'answer', schema } };
    }
    case 'regex':
      if (settings.pattern === '') problems.push({ at: 'pattern', kind: 'empty' });
      return { type: 'regex', pattern: settings.pattern };
    case 'choice':
      if (lines(settings.choices).length === 0) problems.push({ at: 'choices', kind: 'empty' });
      return { type: 'choice', choices: lines(settings.choices) };
  }
}

function readTool(tool: ToolSetting, others: readonly ToolSetting[], problems: Problem[]): ToolDeclaration {
  const at = `tool.${tool.id}`;
  if (!kIdentifier.test(tool.name)) problems.push({ at: `${at}.name`, kind: 'identifier' });
  else if (others.some((other) => other !== tool && other.name === tool.name)) problems.push({ at: `${at}.name`, kind: 'twice' });
  const parameters = tool.parameters.trim() === '' ? null : readJson(tool.parameters);
  if (parameters === undefined) problems.push({ at: `${at}.parameters`, kind: 'notJson' });
  else if (parameters !== null && !isObject(parameters)) problems.push({ at: `${at}.parameters`, kind: 'notObject' });
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description !== '' && { description: tool.description }),
      ...(parameters !== null && { parameters }),
    },
  };
}

// The field that a request's parameter comes from, as Problem names fields; null for none of these.
export function fieldOfParam(param: string, settings: ChatSettings): string | null {
  if (param in settings.numbers || numberFields.some(({ name }) => name === param)) return param;
  if (/^stop\b/.test(param)) return 'stop';
  if (/^logit_bias\b/.test(param)) return 'logitBias';
  if (/^response_format\b/.test(param)) return { json_schema: 'schema', regex: 'pattern', choice: 'choices', json_object: null, text: null }[settings.format];
  const tool = /^tools\W+(\d+)\W+function\W+(name|parameters)\b/.exec(param);
  const found = tool === null ? undefined : settings.tools[Number(tool[1])];
  return found === undefined ? null : `tool.${found.id}.${tool![2]}`;
}

export type Fields = Omit<ChatRequest, 'model' | 'messages' | 'stream'>;

// The request's fields beside model and messages, and everything that is wrong.
export function readSettings(settings: ChatSettings): { fields: Fields; problems: Problem[] } {
  const problems: Problem[] = [];
  const fields: Fields = {};
  for (const field of numberFields) {
    const { value, problem } = readNumber(field, settings.numbers[field.name] ?? '');
    if (problem !== undefined) problems.push(problem);
    if (value !== undefined && (field.name !== 'top_logprobs' || settings.logprobs)) fields[field.name] = value;
  }
  if (lines(settings.stop).length > kMaxStops) problems.push({ at: 'stop', kind: 'tooMany', most: kMaxStops });
  if (settings.stop !== '') fields.stop = lines(settings.stop);
  const bias = readBias(settings.logitBias, problems);
  if (bias !== undefined) fields.logit_bias = bias;
  if (settings.logprobs) fields.logprobs = true;
  const format = readFormat(settings, problems);
  if (format !== undefined) fields.response_format = format;
  if (settings.tools.length > 0) {
    fields.tools = settings.tools.map((tool) => readTool(tool, settings.tools, problems));
    if (settings.toolChoice !== '') fields.tool_choice = settings.toolChoice;
    if (!settings.parallelCalls) fields.parallel_tool_calls = false;
  }
  if (settings.reasoningFormat !== '') fields.reasoning_format = settings.reasoningFormat;
  if (settings.reasoningEffort !== '') fields.reasoning_effort = settings.reasoningEffort;
  if (settings.serviceTier !== '') fields.service_tier = settings.serviceTier;
  return { fields, problems };
}
