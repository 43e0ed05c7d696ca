// What is open: the view, dialogs, and what was typed but not sent.
import { createStore } from './store';

export type ViewName = 'chat' | 'speech' | 'files' | 'models' | 'batches' | 'adapters' | 'usage' | 'keys' | 'live';
export const viewNames: readonly ViewName[] = ['chat', 'speech', 'files', 'models', 'batches', 'adapters', 'usage', 'keys', 'live'];

const viewOf = (hash: string): ViewName => {
  const name = hash.replace(/^#\/?/, '');
  return viewNames.find((view) => view === name) ?? 'chat';
};

export const view = createStore<ViewName>(viewOf(location.hash));
addEventListener('hashchange', () => view.set(viewOf(location.hash)));

export const go = (name: ViewName): void => {
  location.hash = `/${name}`;
};

export type DialogName = 'shortcuts' | 'settings' | 'code';
export const dialog = createStore<DialogName | null>(null);

// Panels at the sides of the chat. On narrow screens they lie above it, and begin shut.
const kWide = 1180;
export const panels = createStore({ list: false, parameters: innerWidth >= kWide });

// Typed, by conversation; it outlives the view and a reload of the page.
const kDrafts = 'peregrine.drafts';

function keptDrafts(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(kDrafts) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

export const drafts = createStore<Record<string, string>>(keptDrafts());

export function setDraft(id: string, text: string): void {
  drafts.update((old) => ({ ...old, [id]: text }));
  try {
    sessionStorage.setItem(kDrafts, JSON.stringify(drafts.get()));
  } catch {
    // Then it lives as long as the page.
  }
}
