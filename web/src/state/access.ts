// The key: in memory, or kept by the browser if the person wishes it.
import { keep, readKept } from './kept';
import { createStore } from './store';

interface Access {
  key: string;
  remembered: boolean;
  asked: null | { refused: boolean }; // a request waits for a key; refused: the one it had was wrong
}

const kept = readKept('key');
export const access = createStore<Access>({ key: kept ?? '', remembered: kept !== null, asked: null });

export const accessKey = (): string => access.get().key;

let waiting: { promise: Promise<boolean>; resolve: (given: boolean) => void } | null = null;

// True once the person has given another key; false when they would not.
export function requestKey(refused: boolean): Promise<boolean> {
  if (waiting === null) {
    waiting = makeHandles();
    access.update((old) => ({ ...old, asked: { refused } }));
  }
  return waiting.promise;
}

function makeHandles(): { promise: Promise<boolean>; resolve: (given: boolean) => void } {
  let resolve!: (given: boolean) => void;
  const promise = new Promise<boolean>((done) => (resolve = done));
  return { promise, resolve };
}

function settle(given: boolean): void {
  access.update((old) => ({ ...old, asked: null }));
  waiting?.resolve(given);
  waiting = null;
}

export function giveKey(key: string, remember: boolean): void {
  keep('key', remember ? key : null);
  access.update((old) => ({ ...old, key, remembered: remember }));
  settle(true);
}

export function refuseKey(): void {
  settle(false);
}

export function forgetKey(): void {
  keep('key', null);
  access.update((old) => ({ ...old, key: '', remembered: false }));
}
