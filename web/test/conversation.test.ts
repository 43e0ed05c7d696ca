import { describe, expect, it } from 'vitest';

import { addTurn, ancestry, changeTurn, choose, messagesOf, newConversation, pathOf, removeTurn, type Conversation, type Turn } from '../src/state/conversation';

const turn = (id: string, parent: string | null, role: Turn['role'], content = id): Turn => ({ id, parent, role, content, created: 1 });
const shown = (conversation: Conversation): string => pathOf(conversation).map(({ turn: { id } }) => id).join(' ');

// q1 - a1 - q2 - a2, and beside a1 the branch b1.
function branched(): Conversation {
  const turns = [turn('q1', null, 'user'), turn('a1', 'q1', 'assistant'), turn('q2', 'a1', 'user'), turn('a2', 'q2', 'assistant'), turn('b1', 'q1', 'assistant')];
  return turns.reduce(addTurn, newConversation());
}

describe('a conversation', () => {
  it('shows what was added last', () => {
    expect(shown(branched())).toBe('q1 b1');
    expect(pathOf(branched())[1]!.siblings.map(({ id }) => id)).toEqual(['a1', 'b1']);
  });

  it('goes back to a branch as it was left', () => {
    const conversation = branched();
    expect(shown(choose(conversation, conversation.turns.a1!))).toBe('q1 a1 q2 a2');
  });

  it('takes its title from the first question', () => {
    const long = addTurn(newConversation(), turn('q', null, 'user', `  ${'x'.repeat(80)}\nmore`));
    expect(long.title).toHaveLength(60);
    expect(addTurn(long, turn('r', null, 'user', 'other')).title).toBe(long.title);
  });

  it('forgets a turn with all that came of it', () => {
    const rest = removeTurn(branched(), 'a1');
    expect(Object.keys(rest.turns)).toEqual(['q1', 'b1']);
    expect(shown(rest)).toBe('q1 b1');
  });

  it('leaves the turns that did not change what they are', () => {
    const before = branched();
    const after = changeTurn(before, 'b1', { content: 'new' });
    expect(after.turns.a1).toBe(before.turns.a1);
    expect(before.turns.b1!.content).toBe('b1');
    expect(changeTurn(before, 'nobody', { content: 'x' })).toBe(before);
  });

  it('becomes messages, without answers that said nothing', () => {
    const turns = [
      turn('q', null, 'user'),
      { ...turn('c', 'q', 'assistant', ''), calls: [{ id: '1', type: 'function' as const, function: { name: 'f', arguments: '{}' } }] },
      { ...turn('r', 'c', 'tool', '7'), callId: '1' },
      turn('failed', 'r', 'assistant', ''),
    ];
    expect(messagesOf('be brief', turns)).toEqual([
      { role: 'system', content: 'be brief' },
      { role: 'user', content: 'q' },
      { role: 'assistant', content: null, tool_calls: turns[1]!.calls },
      { role: 'tool', content: '7', tool_call_id: '1' },
    ]);
    expect(messagesOf(' \n', [])).toEqual([]);
  });

  it('knows the way to any turn', () => {
    expect(ancestry(branched(), 'a2').map(({ id }) => id)).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(ancestry(branched(), null)).toEqual([]);
  });
});
