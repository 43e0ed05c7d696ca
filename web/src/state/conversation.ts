// A conversation is a tree of turns: editing or asking again adds a branch beside the old one, and `chosen` says which
// branch is shown. Everything here takes a conversation and gives back another.
import type { Message, TokenLogprob, ToolCall, Usage } from '../api/types';
import { initialSettings, type ChatSettings } from './settings';

export const kVersion = 1;
const kRoot = '';
const kTitleLength = 60;

export interface Stats {
  firstToken: number | null; // milliseconds, as seen from here
  usage: Usage | null;
  seed: number | null;
}

export interface TurnError {
  status: number;
  message: string;
  code?: string | undefined;
  param?: string | undefined;
  failedGeneration?: string | undefined;
}

export interface Turn {
  id: string;
  parent: string | null;
  role: 'user' | 'assistant' | 'tool';
  content: string;
  created: number; // milliseconds
  reasoning?: string;
  calls?: ToolCall[];
  callId?: string; // of a tool's turn: the call that it answers
  model?: string;
  pair?: string; // the same in answers that were asked for side by side
  finish?: string; // 'stop', 'length', 'tool_calls', 'stopped' (by the person), 'failed'
  error?: TurnError;
  stats?: Stats;
  logprobs?: TokenLogprob[];
  structured?: boolean; // the answer had to be JSON
}

export interface Conversation {
  id: string;
  version: number;
  title: string;
  named: boolean; // the title is the person's
  created: number;
  updated: number;
  turns: Record<string, Turn>; // by id, in the order they were made
  chosen: Record<string, string>; // the turn that is shown below a turn; below kRoot, the first
  settings: ChatSettings;
}

export const newId = (): string => crypto.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

export function newConversation(settings: ChatSettings = initialSettings(), now = Date.now()): Conversation {
  return { id: newId(), version: kVersion, title: '', named: false, created: now, updated: now, turns: {}, chosen: {}, settings };
}

function childrenByParent(conversation: Conversation): Map<string, Turn[]> {
  const children = new Map<string, Turn[]>();
  for (const turn of Object.values(conversation.turns)) {
    const parent = turn.parent ?? kRoot;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [turn]);
    else list.push(turn);
  }
  return children;
}

// The turns that are shown, from the first on, each with the branches beside it.
export function pathOf(conversation: Conversation): { turn: Turn; siblings: Turn[] }[] {
  const children = childrenByParent(conversation);
  const path: { turn: Turn; siblings: Turn[] }[] = [];
  let at = kRoot;
  for (;;) {
    const siblings = children.get(at) ?? [];
    const turn = siblings.find(({ id }) => id === conversation.chosen[at]) ?? siblings.at(-1);
    if (turn === undefined) return path;
    path.push({ turn, siblings });
    at = turn.id;
  }
}

// From the first turn to `id`, whatever is chosen.
export function ancestry(conversation: Conversation, id: string | null): Turn[] {
  const turns: Turn[] = [];
  for (let turn = id === null ? undefined : conversation.turns[id]; turn !== undefined; ) {
    turns.push(turn);
    turn = turn.parent === null ? undefined : conversation.turns[turn.parent];
  }
  return turns.reverse();
}

const titleOf = (text: string): string => {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > kTitleLength ? `${line.slice(0, kTitleLength - 1)}…` : line;
};

export function addTurn(conversation: Conversation, turn: Turn): Conversation {
  const title = conversation.title === '' && turn.role === 'user' ? titleOf(turn.content) : conversation.title;
  return {
    ...conversation,
    title,
    updated: turn.created,
    turns: { ...conversation.turns, [turn.id]: turn },
    chosen: { ...conversation.chosen, [turn.parent ?? kRoot]: turn.id },
  };
}

export function changeTurn(conversation: Conversation, id: string, change: Partial<Turn>): Conversation {
  const turn = conversation.turns[id];
  if (turn === undefined) return conversation;
  return { ...conversation, turns: { ...conversation.turns, [id]: { ...turn, ...change } } };
}

export function choose(conversation: Conversation, turn: Turn): Conversation {
  return { ...conversation, chosen: { ...conversation.chosen, [turn.parent ?? kRoot]: turn.id } };
}

// The turn and all that came of it.
export function removeTurn(conversation: Conversation, id: string): Conversation {
  const children = childrenByParent(conversation);
  const gone = new Set<string>();
  const rest = [id];
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    gone.add(at);
    rest.push(...(children.get(at) ?? []).map((turn) => turn.id));
  }
  const turns = Object.fromEntries(Object.entries(conversation.turns).filter(([at]) => !gone.has(at)));
  const chosen = Object.fromEntries(Object.entries(conversation.chosen).filter(([at, to]) => !gone.has(at) && !gone.has(to)));
  return { ...conversation, turns, chosen };
}

function messageOf(turn: Turn): Message[] {
  if (turn.role === 'user') return [{ role: 'user', content: turn.content }];
  if (turn.role === 'tool') return [{ role: 'tool', content: turn.content, tool_call_id: turn.callId ?? '' }];
  const calls = turn.calls ?? [];
  if (turn.content === '' && calls.length === 0) return []; // it failed before it said anything
  return [
    {
      role: 'assistant',
      content: turn.content === '' ? null : turn.content,
      ...(turn.reasoning && { reasoning: turn.reasoning }),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
  ];
}

export function messagesOf(system: string, turns: readonly Turn[]): Message[] {
  const first: Message[] = system.trim() === '' ? [] : [{ role: 'system', content: system }];
  return [...first, ...turns.flatMap(messageOf)];
}
