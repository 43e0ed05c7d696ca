// The batches that are shown: the newest page, which is asked for again and again, and older ones.
import { getJson, kApi } from '../../api/client';
import type { Batch, BatchPage, BatchStatus } from '../../api/types';

const kPage = 50;
const kMaxIds = 200; // in one request

const kUnended: readonly BatchStatus[] = ['validating', 'in_progress', 'finalizing', 'cancelling'];
export const isUnended = ({ status }: Pick<Batch, 'status'>): boolean => kUnended.includes(status);
export const canCancel = ({ status }: Pick<Batch, 'status'>): boolean => status === 'validating' || status === 'in_progress';

export const endOf = (batch: Batch): number | null => batch.completed_at ?? batch.failed_at ?? batch.expired_at ?? batch.cancelled_at;

export interface Asked {
  first: BatchPage;
  again: Batch[]; // older ones that had not ended
}

export async function askBatches(older: readonly Batch[], signal: AbortSignal): Promise<Asked> {
  const first = await getJson<BatchPage>(`${kApi}/batches?limit=${kPage}`, { signal });
  const ids = older.filter(isUnended).slice(0, kMaxIds).map(({ id }) => `id=${encodeURIComponent(id)}`);
  const again = ids.length === 0 ? [] : (await getJson<BatchPage>(`${kApi}/batches?${ids.join('&')}`, { signal })).data;
  return { first, again };
}

export const askOlder = (after: string): Promise<BatchPage> => getJson(`${kApi}/batches?limit=${kPage}&after=${encodeURIComponent(after)}`);

// One list, the newest first, each batch as it was told last.
export function join({ first, again }: Asked, older: readonly Batch[]): Batch[] {
  const fresh = new Map(again.map((batch) => [batch.id, batch]));
  const shown = new Set(first.data.map(({ id }) => id));
  return [...first.data, ...older.filter(({ id }) => !shown.has(id)).map((batch) => fresh.get(batch.id) ?? batch)];
}
