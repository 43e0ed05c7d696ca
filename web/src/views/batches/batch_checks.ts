// What is typed to order a batch, and what is wrong with it; bounds are those of docs/openapi.yaml.
import { readJson } from '../../state/settings';

export const endpoints = ['/v1/chat/completions', '/v1/responses', '/v1/embeddings', '/v1/audio/transcriptions', '/v1/audio/translations'] as const;
export type Endpoint = (typeof endpoints)[number];

export type WindowProblem = 'window';
export type MetadataProblem = 'notJson' | 'notObject' | 'notTexts' | 'tooManyKeys' | 'longKey' | 'longValue';

const kMinHours = 24;
const kMaxHours = 7 * 24;

export function windowProblem(typed: string): WindowProblem | undefined {
  const match = /^([0-9]{1,4})([hd])$/.exec(typed.trim());
  if (match === null) return 'window';
  const hours = Number(match[1]) * (match[2] === 'd' ? 24 : 1);
  return hours < kMinHours || hours > kMaxHours ? 'window' : undefined;
}

const kMaxKeys = 16;
const kMaxKeyBytes = 64;
const kMaxValueBytes = 512;
const bytes = (text: string): number => new TextEncoder().encode(text).length;

export function readMetadata(typed: string): { value?: Record<string, string>; problem?: MetadataProblem } {
  if (typed.trim() === '') return {};
  const value = readJson(typed);
  if (value === undefined) return { problem: 'notJson' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'notObject' };
  const entries = Object.entries(value);
  if (!entries.every(([, each]) => typeof each === 'string')) return { problem: 'notTexts' };
  if (entries.length > kMaxKeys) return { problem: 'tooManyKeys' };
  if (entries.some(([key]) => bytes(key) > kMaxKeyBytes)) return { problem: 'longKey' };
  if (entries.some(([, each]) => bytes(each as string) > kMaxValueBytes)) return { problem: 'longValue' };
  return { value: value as Record<string, string> };
}

export const batchFileProblem = ({ name, size }: { name: string; size: number }): 'badName' | 'emptyFile' | undefined =>
  !name.endsWith('.jsonl') ? 'badName' : size === 0 ? 'emptyFile' : undefined;
