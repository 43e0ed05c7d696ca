// Administration: what /admin/v1 tells, and how it is told to.
import { EventParser } from './sse';
import { getJson, send } from './client';

export const kAdmin = '/admin/v1';

export interface Memory {
  limit_bytes: number;
  used_bytes: number;
  weights_bytes: number;
  kv_cache_bytes: number;
  scratch_bytes: number;
  caches_bytes: number;
}

export type AdminState = 'on_disk' | 'loading' | 'ready' | 'unloading' | 'failed';

export interface AdminModel {
  id: string;
  state: AdminState;
  progress?: number;
  error?: string;
  kind: 'text' | 'speech';
  file: string;
  named: boolean;
  created: number;
  context_window: number;
  file_bytes: number;
  memory_bytes: number;
  in_use: number;
  waiting: number;
}

export interface Unfinished {
  file: string;
  done_bytes: number;
  total_bytes: number;
}

export interface AdminModels {
  memory: Memory;
  data: AdminModel[];
  unfinished: Unfinished[];
}

export interface CatalogueModel {
  id: string;
  aliases: string[];
  repository: string;
}

export type PullState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Pull {
  id: string;
  source: string;
  state: PullState;
  stage?: 'asking' | 'waiting' | 'downloading' | 'checking';
  file?: string;
  file_number?: number;
  file_count?: number;
  done_bytes: number;
  total_bytes: number;
  bytes_per_second: number;
  note?: string;
  model?: string;
  error?: string;
  created_at: number;
  ended_at: number | null;
}

export interface Pulls {
  allowed: boolean;
  data: Pull[];
}

export const limitNames = ['requests_per_minute', 'requests_per_day', 'tokens_per_minute', 'tokens_per_day', 'audio_seconds_per_hour', 'audio_seconds_per_day'] as const;
export type LimitName = (typeof limitNames)[number];

export const scopeNames = ['chat', 'responses', 'embeddings', 'reranking', 'audio', 'models', 'files', 'batches', 'fine_tunings'] as const;
export type ScopeName = (typeof scopeNames)[number] | 'all' | 'admin';

export interface KeyOrder {
  name: string;
  organisation?: string;
  scopes: ScopeName[];
  models: string[];
  limits: Partial<Record<LimitName, number>>;
  expires_at: number | null;
}

export interface Key extends Omit<KeyOrder, 'organisation'> {
  id: string;
  organisation: string;
  begins: string;
  origin: 'data_folder' | 'configuration';
  state: 'valid' | 'expired' | 'revoked';
  created_at: number;
  revoked_at: number | null;
}

export interface LiveModel {
  id: string;
  state: AdminState;
  memory_bytes: number;
  in_use: number;
  waiting: number;
  queued: number;
  kv_blocks: { total: number; used: number; cached: number } | null;
  prompt_tokens_per_second: number;
  generated_tokens_per_second: number;
}

export interface LiveRequest {
  id: string;
  endpoint: string;
  model: string;
  tier: string;
  key: string;
  organisation: string;
  age_seconds: number;
  prompt_tokens: number;
  generated_tokens: number;
}

export interface Live {
  at: number;
  prompt_tokens_per_second: number;
  generated_tokens_per_second: number;
  requests: { running: number; queued: number };
  memory: Memory;
  models: LiveModel[];
  running: LiveRequest[];
}

// Changes need the content type, whether they say something or not.
async function change<T>(method: 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
  const response = await send(`${kAdmin}${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) });
  return (await response.json()) as T;
}

const modelPath = (id: string): string => `/models/${encodeURIComponent(id)}`;

export const readModels = (signal: AbortSignal): Promise<AdminModels> => getJson(`${kAdmin}/models`, { signal });
export const readPulls = (signal: AbortSignal): Promise<Pulls> => getJson(`${kAdmin}/pulls`, { signal });
export const readCatalogue = async (): Promise<CatalogueModel[]> => (await getJson<{ data: CatalogueModel[] }>(`${kAdmin}/catalogue`)).data;
export const readKeys = async (): Promise<Key[]> => (await getJson<{ data: Key[] }>(`${kAdmin}/keys`)).data;

export const loadModel = (id: string): Promise<AdminModel> => change('POST', `${modelPath(id)}/load`);
export const unloadModel = (id: string): Promise<AdminModel> => change('POST', `${modelPath(id)}/unload`);
export const removeModel = (id: string): Promise<unknown> => change('DELETE', modelPath(id));
export const orderPull = (source: string, sha256: string): Promise<Pull> => change('POST', '/pulls', { source, ...(sha256 !== '' && { sha256 }) });
export const cancelPull = (id: string): Promise<Pull> => change('DELETE', `/pulls/${encodeURIComponent(id)}`);
export const createKey = (order: KeyOrder): Promise<Key & { secret: string }> => change('POST', '/keys', order);
export const revokeKey = (id: string): Promise<Key> => change('DELETE', `/keys/${encodeURIComponent(id)}`);

// Until the stream ends, which is when the server goes, or `signal` says so.
export async function followLive(signal: AbortSignal, onPicture: (picture: Live) => void): Promise<void> {
  const response = await send(`${kAdmin}/live/events`, { signal });
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new EventParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const { data } of parser.push(value)) onPicture(JSON.parse(data) as Live);
  }
}
