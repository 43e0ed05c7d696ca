// The server's files.
import { getJson, kApi, send, upload, type UploadOptions } from './client';
import { linesOf } from './lines';
import type { StoredFile } from './types';

const pathOf = (id: string): string => `${kApi}/files/${encodeURIComponent(id)}`;

export const listFiles = async (): Promise<StoredFile[]> => (await getJson<{ data: StoredFile[] }>(`${kApi}/files?limit=1000`)).data;

export async function uploadFile(file: File, purpose: 'batch' | 'fine_tuning', options: UploadOptions): Promise<StoredFile> {
  const form = new FormData();
  form.append('purpose', purpose);
  form.append('file', file, file.name);
  return JSON.parse(await upload(`${kApi}/files`, form, options)) as StoredFile;
}

export const fileContent = async (id: string): Promise<Blob> => (await send(`${pathOf(id)}/content`)).blob();

export async function* fileLines(id: string, signal: AbortSignal): AsyncGenerator<string> {
  yield* linesOf((await send(`${pathOf(id)}/content`, { signal })).body!);
}

export const deleteFile = async (id: string): Promise<void> => void (await send(pathOf(id), { method: 'DELETE' }));
