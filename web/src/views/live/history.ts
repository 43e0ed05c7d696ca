// The pictures of the last minutes, as the charts need them.
import type { Live } from '../../api/admin';

export const kSpan = 300; // seconds
const kMostPictures = 2 * kSpan;

// With the newest last. Pictures that are too old go, and so does one that was told before.
export function remember(history: readonly Live[], picture: Live): Live[] {
  const newest = history.at(-1);
  if (newest !== undefined && picture.at < newest.at) return [picture]; // the clock was set back
  const kept = history.filter(({ at }) => picture.at - at <= kSpan && at !== picture.at);
  return [...kept.slice(-kMostPictures), picture];
}

export const agesOf = (history: readonly Live[]): number[] => {
  const now = history.at(-1)?.at ?? 0;
  return history.map(({ at }) => now - at);
};

// The share of its KV cache that each model uses, over time; a gap where it was not in memory.
export function kvShares(history: readonly Live[]): { name: string; values: (number | null)[] }[] {
  const names = [...new Set(history.flatMap(({ models }) => models.filter(({ kv_blocks }) => kv_blocks !== null).map(({ id }) => id)))];
  return names.map((name) => ({
    name,
    values: history.map(({ models }) => {
      const blocks = models.find(({ id }) => id === name)?.kv_blocks;
      return blocks == null || blocks.total === 0 ? null : blocks.used / blocks.total;
    }),
  }));
}
