import { useState } from 'preact/hooks';

import { Button, CopyButton } from '../../components/button';
import { PlainText } from '../../components/markdown';
import { memo } from '../../components/memo';
import { isTooMuch } from '../../markdown/render';
import type { Turn } from '../../state/conversation';
import { ask } from '../../state/generation';
import { useTexts } from '../../text';
import { Branches } from './branches';

interface UserTurnProps {
  conversationId: string;
  turn: Turn;
  siblings: string;
  at: number;
  editing: boolean;
  onEditing: (id: string | null) => void;
}

function Editor({ conversationId, turn, onEnd }: { conversationId: string; turn: Turn; onEnd: () => void }) {
  const t = useTexts();
  const [text, setText] = useState(turn.content);
  const save = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    onEnd();
    void ask(conversationId, text, turn.parent);
  };
  return (
    <form class="editor" onSubmit={save}>
      <textarea
        aria-label={t.chat.edit} value={text} rows={Math.min(12, text.split('\n').length + 1)} autofocus
        ref={(area) => { if (area !== null && document.activeElement !== area) area.focus(); }}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) save(event);
          if (event.key === 'Escape') { event.preventDefault(); onEnd(); }
        }}
      />
      <div class="row end">
        <Button label={t.shell.cancel} onClick={onEnd} />
        <Button primary submit label={t.chat.save} disabled={text.trim() === ''} />
      </div>
    </form>
  );
}

export const UserTurn = memo(function UserTurn({ conversationId, turn, siblings, at, editing, onEditing }: UserTurnProps) {
  const t = useTexts();
  if (editing) return <article class="turn user"><Editor conversationId={conversationId} turn={turn} onEnd={() => onEditing(null)} /></article>;
  return (
    <article class="turn user" aria-label={t.chat.you}>
      <div class="bubble">{isTooMuch(turn.content) ? <PlainText text={turn.content} /> : turn.content}</div>
      <footer class="actions">
        <Branches conversationId={conversationId} siblings={siblings} at={at} />
        <CopyButton text={turn.content} />
        <Button icon="edit" bare label={t.chat.edit} onClick={() => onEditing(turn.id)} />
      </footer>
    </article>
  );
});

export const ToolTurn = memo(function ToolTurn({ turn }: { turn: Turn }) {
  const t = useTexts();
  return (
    <article class="turn tool" aria-label={t.chat.tool}>
      <details class="fold">
        <summary>{t.chat.tool}</summary>
        <pre tabIndex={0}>{turn.content}</pre>
      </details>
    </article>
  );
});
