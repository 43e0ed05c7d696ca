// Why lines of a batch failed: out of its error file, with the numbers that they have in the input file.
import { fileLines } from '../../api/files';
import type { Batch } from '../../api/types';

export type Advice = 'expired' | 'cancelled' | 'model' | 'body' | 'forbidden' | 'tooLarge' | 'busy' | 'server';

export interface FailedLine {
  customId: string;
  line: number | null; // null where the input file is gone
  message: string;
  param: string | null;
  advice: Advice | string; // or the code of a fault of the line itself
}

interface ErrorLine {
  custom_id?: string;
  response?: { status_code?: number; body?: { error?: { message?: string; code?: string; param?: string } } } | null;
  error?: { code?: string; message?: string } | null;
}

function adviceFor(status: number, code: string | undefined): Advice {
  if (code === 'model_not_found') return 'model';
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 413) return 'tooLarge';
  if (status === 429 || status === 498 || status === 503) return 'busy';
  return status >= 400 && status < 500 ? 'body' : 'server';
}

const kOfBatches: Record<string, Advice> = { batch_expired: 'expired', batch_cancelled: 'cancelled' };

export function readFailedLine(text: string): FailedLine | null {
  let record: ErrorLine;
  try {
    record = JSON.parse(text) as ErrorLine;
  } catch {
    return null;
  }
  if (typeof record !== 'object' || record === null || typeof record.custom_id !== 'string') return null;
  const { custom_id: customId, response, error } = record;
  if (error) return { customId, line: null, message: error.message ?? '', param: null, advice: kOfBatches[error.code ?? ''] ?? error.code ?? 'server' };
  const status = response?.status_code ?? 500;
  const told = response?.body?.error;
  return { customId, line: null, message: told?.message ?? String(status), param: told?.param ?? null, advice: adviceFor(status, told?.code) };
}

const kMaxShown = 100;
const kMaxInput = 64 * 1024 * 1024; // characters of the input file that are read for line numbers

// The number of each of these lines, as far as the text goes. Ids are read, not parsed: lines may be megabytes long.
export async function numbersOf(lines: AsyncIterable<string>, ids: ReadonlySet<string>): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  let number = 0;
  let read = 0;
  for await (const text of lines) {
    ++number;
    read += text.length;
    const quoted = /"custom_id"\s*:\s*("(?:[^"\\]|\\.){0,3072}")/.exec(text)?.[1];
    const id = quoted === undefined ? undefined : (JSON.parse(quoted) as string);
    if (id !== undefined && ids.has(id) && !found.has(id)) found.set(id, number);
    if (found.size === ids.size || read > kMaxInput) break;
  }
  return found;
}

export interface Explained {
  lines: FailedLine[];
  more: boolean; // the error file has more of them
}

export async function explainLines(batch: Batch, signal: AbortSignal): Promise<Explained> {
  const lines: FailedLine[] = [];
  let more = false;
  for await (const text of fileLines(batch.error_file_id!, signal)) {
    const read = readFailedLine(text);
    more = read !== null && lines.length === kMaxShown;
    if (more) break;
    if (read !== null) lines.push(read);
  }
  const ids = new Set(lines.map(({ customId }) => customId));
  // The upload may be deleted while the batch has its own hold on it.
  const numbers = await numbersOf(fileLines(batch.input_file_id, signal), ids).catch(() => new Map<string, number>());
  const numbered = lines.map((each) => ({ ...each, line: numbers.get(each.customId) ?? null }));
  return { lines: numbered.sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity)), more };
}
