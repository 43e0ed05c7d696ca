// The models of the server: what they are (GET /models) and how they stand (GET /ready).
import { kApi, getJson } from '../api/client';
import { ApiFailure } from '../api/failure';
import type { Model, ModelState } from '../api/types';
import { createStore } from './store';

export interface KnownModel extends Model {
  kind: 'text' | 'speech';
  state: ModelState['state'];
  progress?: number | undefined;
  error?: string | undefined;
}

interface Models {
  list: KnownModel[];
  loaded: boolean; // an answer has come
  failure: ApiFailure | null;
}

export const models = createStore<Models>({ list: [], loaded: false, failure: null });

export function joinModels(list: Model[], states: ModelState[]): KnownModel[] {
  const byId = new Map(states.map((state) => [state.id, state]));
  return list.map((model) => {
    const found = byId.get(model.id);
    const { kind = 'text', state = 'available', progress, error } = found ?? {};
    return { ...model, kind, state, progress, error };
  });
}

// Answers 503 with the same body while models load, and needs no key.
async function readStates(): Promise<ModelState[]> {
  const response = await fetch('/ready');
  const body = (await response.json()) as { models?: ModelState[] };
  return body.models ?? [];
}

const kFirstRetry = 1_000; // milliseconds
const kLastRetry = 30_000;
let retryDelay = kFirstRetry;
let retry: ReturnType<typeof setTimeout> | undefined;

// While the server is not reached it is asked again by itself, later each time.
function retryLater(failure: ApiFailure | null): void {
  clearTimeout(retry);
  if (failure?.status !== 0) {
    retryDelay = kFirstRetry;
    return;
  }
  retry = setTimeout(() => void refreshModels(), retryDelay);
  retryDelay = Math.min(kLastRetry, retryDelay * 2);
}

export function refreshWhenOnline(): void {
  addEventListener('online', () => void refreshModels());
}

export async function refreshModels(): Promise<void> {
  try {
    const [list, states] = await Promise.all([
      getJson<{ data: Model[] }>(`${kApi}/models`),
      readStates().catch((): ModelState[] => []),
    ]);
    models.set({ list: joinModels(list.data, states), loaded: true, failure: null });
    retryLater(null);
  } catch (error) {
    const failure = error instanceof ApiFailure ? error : new ApiFailure(0, {});
    models.update((old) => ({ ...old, loaded: true, failure }));
    retryLater(failure);
  }
}
