import { describe, expect, it } from 'vitest';

import { addTurn, newConversation } from '../src/state/conversation';
import { exportConversations, importConversations, readConversation } from '../src/state/exchange';

const conversation = addTurn(newConversation(), { id: 'q', parent: null, role: 'user', content: 'Hi', created: 5 });

describe('a file of conversations', () => {
  it('comes back as it went, under another id', () => {
    const [read] = importConversations(exportConversations([conversation]))!;
    expect(read).toEqual({ ...conversation, id: read!.id });
    expect(read!.id).not.toBe(conversation.id);
  });

  const bad: [string, unknown][] = [
    ['text', 'nothing'],
    ['another format', { format: 'x', conversations: [] }],
    ['no list', { format: 'peregrine-conversations' }],
    ['a later version', { format: 'peregrine-conversations', conversations: [{ ...conversation, version: 2 }] }],
    ['a turn that hangs on itself', { format: 'peregrine-conversations', conversations: [{ ...conversation, turns: { q: { ...conversation.turns.q, parent: 'q' } } }] }],
    ['a role that is none', { format: 'peregrine-conversations', conversations: [{ ...conversation, turns: { q: { ...conversation.turns.q, role: 'root' } } }] }],
    ['calls that are none', { format: 'peregrine-conversations', conversations: [{ ...conversation, turns: { q: { ...conversation.turns.q, calls: [{}] } } }] }],
  ];
  for (const [name, value] of bad) it(`is refused: ${name}`, () => expect(importConversations(JSON.stringify(value))).toBeNull());

  it('has settings of the right types, whatever it says', () => {
    const read = readConversation({ ...conversation, settings: { model: 'm', system: 5, tools: 'x', numbers: { n: 4, top_p: '1' }, logprobs: null } })!;
    expect(read.settings).toMatchObject({ model: 'm', system: '', tools: [], numbers: { top_p: '1' }, logprobs: false });
    expect(readConversation({ ...conversation, settings: null })!.settings.format).toBe('text');
  });
});
