import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { Button } from '../../components/button';
import { onCommand } from '../../state/commands';
import { pathOf, type Conversation, type Turn } from '../../state/conversation';
import { answer, ask, running } from '../../state/generation';
import { useStore } from '../../state/store';
import { useTexts } from '../../text';
import { AnswerTurn } from './answer_turn';
import { Pair } from './pair';
import { ToolTurn, UserTurn } from './user_turn';

const kNear = 80; // pixels from the end at which the view goes along with what is written

function Welcome({ conversation }: { conversation: Conversation }) {
  const t = useTexts();
  const { id, settings } = conversation;
  return (
    <div class="welcome">
      <h2>{t.chat.welcome}</h2>
      <p>{t.chat.welcomeHint}</p>
      <ul>
        {t.chat.starters.map((text) => (
          <li key={text}><button type="button" class="starter" disabled={settings.model === ''} onClick={() => void ask(id, text, null)}>{text}</button></li>
        ))}
      </ul>
    </div>
  );
}

function useFollowing(content: unknown) {
  const element = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [away, setAway] = useState(false);
  const onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = element.current!;
    following.current = scrollHeight - scrollTop - clientHeight < kNear;
    setAway(!following.current);
  };
  const follow = (): void => {
    following.current = true;
    element.current?.scrollTo({ top: element.current.scrollHeight });
  };
  useLayoutEffect(() => {
    if (following.current) follow();
  }, [content]);
  return { element, away, onScroll, follow };
}

export function Thread({ conversation }: { conversation: Conversation }) {
  const t = useTexts();
  const path = pathOf(conversation);
  const { element, away, onScroll, follow } = useFollowing(conversation.turns);
  const [editing, setEditing] = useState<string | null>(null);
  const last = path.at(-1)?.turn;
  const lastQuestion = path.findLast(({ turn }) => turn.role === 'user')?.turn;
  const busy = useStore(running, (all) => last !== undefined && all.has(last.id));

  useEffect(() => {
    const ends = [
      onCommand('again', () => {
        if (last?.role === 'assistant' && !busy && last.parent !== null) void answer(conversation.id, last.parent);
      }),
      onCommand('edit', () => {
        if (lastQuestion !== undefined) setEditing(lastQuestion.id);
      }),
    ];
    return () => ends.forEach((end) => end());
  }, [conversation.id, last?.id, lastQuestion?.id, busy]);

  if (path.length === 0) return <div class="thread"><Welcome conversation={conversation} /></div>;
  const results = (turn: Turn): boolean => turn.role === 'tool';
  return (
    <div class="thread" ref={element} onScroll={onScroll} tabIndex={0} role="log" aria-label={t.chat.conversations} aria-live="off">
      <div class="turns">
        {path.map(({ turn, siblings }, i) => {
          const shared = { conversationId: conversation.id, turn, siblings: siblings.map(({ id }) => id).join(), at: siblings.indexOf(turn) };
          if (turn.role === 'user') return <UserTurn key={turn.id} {...shared} editing={editing === turn.id} onEditing={setEditing} />;
          if (results(turn)) return <ToolTurn key={turn.id} turn={turn} />;
          const pair = turn.pair === undefined ? [] : siblings.filter((sibling) => sibling.pair === turn.pair);
          const isLast = i === path.length - 1;
          if (pair.length > 1) return <Pair key={turn.pair} conversation={conversation} turns={pair} chosen={turn.id} isLast={isLast} />;
          return <AnswerTurn key={turn.id} {...shared} isLast={isLast} schema={turn.structured ? conversation.settings.schema : ''} format={conversation.settings.format} />;
        })}
      </div>
      <p class="unseen" role="status">{busy ? t.chat.writing : ''}</p>
      {away && <Button class="latest" icon="down" label={t.chat.latest} onClick={follow} />}
    </div>
  );
}
