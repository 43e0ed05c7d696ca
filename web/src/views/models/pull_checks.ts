// What can be said of a pull without asking the server, and what is shown of one that runs.
import type { Pull } from '../../api/admin';

export interface PullFields {
  source: string;
  sha256: string;
}

export type PullProblem = 'noSource' | 'badDigest';

export function checkPull({ source, sha256 }: PullFields): Partial<Record<keyof PullFields, PullProblem>> {
  const digest = sha256.trim();
  return {
    ...(source.trim() === '' && { source: 'noSource' as const }),
    ...(digest !== '' && !/^[0-9a-fA-F]{64}$/.test(digest) && { sha256: 'badDigest' as const }),
  };
}

export const isOver = ({ state }: Pull): boolean => state !== 'queued' && state !== 'running';

export const shareOf = ({ done_bytes, total_bytes }: Pull): number | null => (total_bytes > 0 ? done_bytes / total_bytes : null);

// Milliseconds until it is whole; nothing where that cannot be told.
export function leftOf({ done_bytes, total_bytes, bytes_per_second }: Pull): number | null {
  return bytes_per_second > 0 && total_bytes > done_bytes ? (1000 * (total_bytes - done_bytes)) / bytes_per_second : null;
}
