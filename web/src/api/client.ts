// Requests to the server that the page came from. A 401 asks the person for a key, once for all who wait, and the
// request is sent again.
import { accessKey, requestKey } from '../state/access';
import { ApiFailure, failureOf, isAbort } from './failure';

export const kApi = '/openai/v1';

function withKey(init: RequestInit): RequestInit {
  const headers = new Headers(init.headers);
  const key = accessKey();
  if (key !== '') headers.set('authorization', `Bearer ${key}`);
  return { ...init, headers };
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, withKey(init));
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiFailure(0, {});
  }
}

export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  let response = await reach(path, init);
  while (response.status === 401) {
    const failure = failureOf(401, await response.text());
    if (!(await requestKey(accessKey() !== ''))) throw failure;
    response = await reach(path, init);
  }
  if (!response.ok) throw failureOf(response.status, await response.text());
  return response;
}

export async function getJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  return (await (await send(path, init)).json()) as T;
}

export interface UploadOptions {
  signal?: AbortSignal;
  onProgress?: (share: number) => void; // of what is sent, 0 to 1
  onText?: (piece: string) => void; // of what is answered, as it comes
}

// A form, with progress, which fetch() does not tell.
export async function upload(path: string, form: FormData, options: UploadOptions = {}): Promise<string> {
  for (;;) {
    const { status, text } = await post(path, form, options);
    if (status >= 200 && status < 300) return text;
    if (status !== 401 || !(await requestKey(accessKey() !== ''))) throw failureOf(status, text);
  }
}

function post(path: string, form: FormData, options: UploadOptions): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let told = 0;
    request.open('POST', path);
    if (accessKey() !== '') request.setRequestHeader('authorization', `Bearer ${accessKey()}`);
    request.upload.onprogress = (event) => options.onProgress?.(event.total > 0 ? event.loaded / event.total : 0);
    const tell = (): void => {
      if (request.status !== 200 || options.onText === undefined) return;
      options.onText(request.responseText.slice(told));
      told = request.responseText.length;
    };
    request.onprogress = tell;
    request.onload = () => {
      tell();
      resolve({ status: request.status, text: request.responseText });
    };
    request.onerror = () => reject(new ApiFailure(0, {}));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    options.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
