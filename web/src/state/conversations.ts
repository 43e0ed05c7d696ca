// All conversations, the one that is open, and their way into the browser's database.
import { newConversation, type Conversation } from './conversation';
import { erase, readAll, write } from './database';
import { readConversation } from './exchange';
import { keep, readKept } from './kept';
import { initialSettings, type ChatSettings } from './settings';
import { createStore } from './store';

interface Conversations {
  all: Record<string, Conversation>;
  open: string; // id
  ready: boolean; // what was kept has been read
  kept: boolean; // the browser keeps them
}

// The one that was open in this tab: a reload goes on where it was, with what was typed.
const kOpen = 'peregrine.open';

function keptOpen(): string | null {
  try {
    return sessionStorage.getItem(kOpen);
  } catch {
    return null;
  }
}

const blank = newConversation();
const first = { ...blank, id: keptOpen() ?? blank.id };
export const conversations = createStore<Conversations>({ all: { [first.id]: first }, open: first.id, ready: false, kept: true });

conversations.subscribe(() => {
  try {
    sessionStorage.setItem(kOpen, conversations.get().open);
  } catch {
    // Then a reload begins anew.
  }
});

const kSaveDelay = 400;
const unsaved = new Map<string, ReturnType<typeof setTimeout>>();

const isEmpty = (conversation: Conversation): boolean => Object.keys(conversation.turns).length === 0;

export function openConversation(): Conversation {
  const { all, open } = conversations.get();
  return all[open]!;
}

export const conversationById = (id: string): Conversation | undefined => conversations.get().all[id];

// Newest first; those without a turn are not worth a line.
export function listed(all: Record<string, Conversation>): Conversation[] {
  return Object.values(all).filter((conversation) => !isEmpty(conversation)).sort((a, b) => b.updated - a.updated);
}

async function save(id: string): Promise<void> {
  unsaved.delete(id);
  const conversation = conversationById(id);
  if (conversation === undefined || isEmpty(conversation)) return;
  if (!(await write(conversation))) conversations.update((old) => ({ ...old, kept: false }));
}

function saveSoon(id: string): void {
  if (!unsaved.has(id)) unsaved.set(id, setTimeout(() => void save(id), kSaveDelay));
}

// What is typed or streamed at this moment survives the page.
export function saveOnLeave(): void {
  addEventListener('pagehide', () => {
    for (const [id, timer] of unsaved) {
      clearTimeout(timer);
      void save(id);
    }
  });
}

export function change(id: string, how: (old: Conversation) => Conversation): void {
  const old = conversationById(id);
  if (old === undefined) return;
  const next = how(old);
  if (next === old) return;
  conversations.update((state) => ({ ...state, all: { ...state.all, [id]: next } }));
  saveSoon(id);
}

const kKeptSettings = 'settings';

export function changeSettings(id: string, settings: Partial<ChatSettings>): void {
  change(id, (old) => ({ ...old, settings: { ...old.settings, ...settings } }));
  const { model, compare } = openConversation().settings;
  keep(kKeptSettings, JSON.stringify({ model, compare }));
}

// The model that was used last.
function keptSettings(): ChatSettings {
  try {
    const kept = JSON.parse(readKept(kKeptSettings) ?? '{}') as Partial<ChatSettings>;
    return { ...initialSettings(), model: String(kept.model ?? '') };
  } catch {
    return initialSettings();
  }
}

// Opens an empty conversation: the one there is, or a new one.
export function startConversation(): string {
  const empty = Object.values(conversations.get().all).find(isEmpty);
  const conversation = empty ?? newConversation(keptSettings());
  const { model, system } = openConversation().settings;
  const settings = { ...conversation.settings, ...(model !== '' && { model }), ...(empty === undefined && { system }) };
  conversations.update((state) => ({
    ...state,
    all: { ...state.all, [conversation.id]: { ...conversation, settings } },
    open: conversation.id,
  }));
  return conversation.id;
}

export function show(id: string): void {
  conversations.update((state) => (id in state.all ? { ...state, open: id } : state));
}

export function addConversations(list: readonly Conversation[]): void {
  conversations.update((state) => ({
    ...state,
    all: { ...state.all, ...Object.fromEntries(list.map((conversation) => [conversation.id, conversation])) },
    open: list[0]?.id ?? state.open,
  }));
  for (const { id } of list) saveSoon(id);
}

export function removeConversation(id: string): void {
  clearTimeout(unsaved.get(id));
  unsaved.delete(id);
  if (openConversation().id === id) startConversation();
  conversations.update((state) => {
    const { [id]: _gone, ...all } = state.all;
    return { ...state, all };
  });
  void erase(id);
}

export function rename(id: string, title: string): void {
  change(id, (old) => ({ ...old, title, named: true }));
}

export async function readKeptConversations(): Promise<void> {
  const records = await readAll();
  const read = (records ?? []).map(readConversation).filter((conversation) => conversation !== null);
  conversations.update((state) => ({
    // What was begun before this was read is newer; an empty one is not.
    all: Object.fromEntries([...Object.values(state.all), ...read, ...Object.values(state.all).filter((conversation) => !isEmpty(conversation))].map((conversation) => [conversation.id, conversation])),
    open: state.open,
    ready: true,
    kept: records !== null,
  }));
  const { model } = keptSettings();
  const { id, settings } = openConversation();
  if (settings.model === '' && model !== '') changeSettings(id, { model });
}
