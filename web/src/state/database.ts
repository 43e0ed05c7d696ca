// Where the browser keeps conversations: IndexedDB, one record each. Without it they live as long as the page.
import type { Conversation } from './conversation';

const kName = 'peregrine';
const kVersion = 1; // of the database; a record has its own
const kStore = 'conversations';

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(kName, kVersion);
    request.onupgradeneeded = () => request.result.createObjectStore(kStore, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(kStore, mode);
    const request = work(transaction.objectStore(kStore));
    // A page that is being left does not live to see the request succeed, after which it would be committed.
    if (mode === 'readwrite') transaction.commit();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// As they were stored: readConversation() judges them. Null: this browser keeps nothing.
export async function readAll(): Promise<unknown[] | null> {
  try {
    return await run('readonly', (store) => store.getAll());
  } catch {
    return null;
  }
}

export async function write(conversation: Conversation): Promise<boolean> {
  try {
    await run('readwrite', (store) => store.put(conversation));
    return true;
  } catch {
    return false;
  }
}

export async function erase(id: string): Promise<void> {
  try {
    await run('readwrite', (store) => store.delete(id));
  } catch {
    // Then it was not kept either.
  }
}
