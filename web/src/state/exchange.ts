// Conversations as files, and as the browser kept them: what is read is checked before it is believed.
import { kVersion, newId, type Conversation, type Turn } from './conversation';
import { initialSettings, type ChatSettings } from './settings';

const kFormat = 'peregrine-conversations';
const kRoles: readonly unknown[] = ['user', 'assistant', 'tool'];

type Loose = Record<string, unknown>;
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);

export function exportConversations(list: readonly Conversation[]): string {
  return JSON.stringify({ format: kFormat, version: kVersion, conversations: list }, null, 1);
}

function isTurn(value: unknown): value is Turn {
  return (
    isObject(value) && typeof value.id === 'string' && kRoles.includes(value.role) && typeof value.content === 'string' &&
    (value.parent === null || typeof value.parent === 'string') && typeof value.created === 'number' &&
    (value.calls === undefined || (Array.isArray(value.calls) && value.calls.every(isCall))) &&
    (value.logprobs === undefined || Array.isArray(value.logprobs))
  );
}

function isCall(value: unknown): boolean {
  return isObject(value) && typeof value.id === 'string' && isObject(value.function) &&
    typeof value.function.name === 'string' && typeof value.function.arguments === 'string';
}

// Fields that are missing or of another type are as in a new conversation.
function readSettings(value: unknown): ChatSettings {
  const settings: Loose = { ...initialSettings() };
  if (!isObject(value)) return settings as unknown as ChatSettings;
  for (const [name, initial] of Object.entries(settings)) {
    const read = value[name];
    if (typeof read === typeof initial && Array.isArray(read) === Array.isArray(initial) && read !== null) settings[name] = read;
  }
  const numbers = Object.entries(settings.numbers as Loose).filter(([, typed]) => typeof typed === 'string');
  settings.numbers = Object.fromEntries(numbers);
  settings.tools = (settings.tools as unknown[]).filter((tool) => isObject(tool) && typeof tool.name === 'string' && typeof tool.parameters === 'string');
  return settings as unknown as ChatSettings;
}

// Every turn hangs on an earlier one, so that a path has an end.
function isTree(turns: readonly Turn[]): boolean {
  const seen = new Set<string>();
  return turns.every((turn) => {
    const fits = !seen.has(turn.id) && (turn.parent === null || seen.has(turn.parent));
    seen.add(turn.id);
    return fits;
  });
}

// Null: not a conversation, or of a version that is not known here.
export function readConversation(value: unknown): Conversation | null {
  if (!isObject(value) || value.version !== kVersion || typeof value.id !== 'string' || !isObject(value.turns)) return null;
  const turns = Object.values(value.turns);
  if (!turns.every(isTurn) || !isTree(turns)) return null;
  const chosen = isObject(value.chosen) ? Object.entries(value.chosen).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : [];
  const number = (field: unknown): number => (typeof field === 'number' && Number.isFinite(field) ? field : 0);
  return {
    id: value.id,
    version: kVersion,
    title: typeof value.title === 'string' ? value.title : '',
    named: value.named === true,
    created: number(value.created),
    updated: number(value.updated),
    turns: Object.fromEntries(turns.map((turn) => [turn.id, turn])),
    chosen: Object.fromEntries(chosen),
    settings: readSettings(value.settings),
  };
}

// Under new ids, so that nothing that is there is overwritten. Null: not a file of ours.
export function importConversations(text: string): Conversation[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || value.format !== kFormat || !Array.isArray(value.conversations)) return null;
  const list = value.conversations.map(readConversation);
  if (list.some((conversation) => conversation === null)) return null;
  return (list as Conversation[]).map((conversation) => ({ ...conversation, id: newId() }));
}
