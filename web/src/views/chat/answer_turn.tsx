import { useEffect, useRef, useState } from 'preact/hooks';

import { Button, CopyButton } from '../../components/button';
import { Markdown } from '../../components/markdown';
import { memo } from '../../components/memo';
import { Notice } from '../../components/notice';
import type { Turn } from '../../state/conversation';
import { answer, proceed, running } from '../../state/generation';
import type { FormatKind } from '../../state/settings';
import { useStore } from '../../state/store';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { Branches } from './branches';
import { Calls } from './calls';
import { StatLine } from './stat_line';
import { StructuredAnswer } from './structured_answer';
import { TokenView } from './token_view';

interface AnswerTurnProps {
  conversationId: string;
  turn: Turn;
  siblings: string;
  at: number;
  isLast: boolean;
  schema: string;
  format: FormatKind;
}

function Reasoning({ text, active }: { text: string; active: boolean }) {
  const t = useTexts();
  const element = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollTo({ top: element.current.scrollHeight });
  }, [text, active]);
  return (
    <details class="fold reasoning">
      <summary>{active ? t.chat.thinking : t.chat.thoughts}</summary>
      <pre ref={element} tabIndex={0}>{text}</pre>
    </details>
  );
}

function Content({ turn, streaming, tokens, schema, format }: { turn: Turn; streaming: boolean; tokens: boolean; schema: string; format: FormatKind }) {
  if (tokens && turn.logprobs !== undefined) return <TokenView tokens={turn.logprobs} />;
  if (turn.structured && !streaming && turn.content !== '') return <StructuredAnswer text={turn.content} schema={format === 'json_schema' ? schema : ''} />;
  return <Markdown text={turn.content} streaming={streaming} />;
}

function Failure({ turn, onRetry }: { turn: Turn; onRetry: () => void }) {
  const t = useTexts();
  const { error } = turn;
  if (error === undefined) return null;
  const broken = error.status === 0 && turn.content !== '';
  return (
    <Notice onRetry={onRetry}>
      <p>{broken ? t.failures.broken : explainFailure(error, t)}</p>
      {error.param && <p class="hint"><code>{error.param}</code></p>}
      {error.failedGeneration && <details class="fold"><summary>{t.failures.written}</summary><pre>{error.failedGeneration}</pre></details>}
    </Notice>
  );
}

export const AnswerTurn = memo(function AnswerTurn({ conversationId, turn, siblings, at, isLast, schema, format }: AnswerTurnProps) {
  const t = useTexts();
  const streaming = useStore(running, (all) => all.has(turn.id));
  const [tokens, setTokens] = useState(false);
  const again = (): void => {
    if (turn.parent !== null) void answer(conversationId, turn.parent, turn.model);
  };
  const cut = !streaming && turn.content !== '' && (turn.finish === 'length' || turn.finish === 'stopped' || turn.finish === 'failed');
  const note = t.chat.finish[turn.finish ?? ''];
  return (
    <article class={streaming ? 'turn answer streaming' : 'turn answer'} aria-label={turn.model} aria-busy={streaming}>
      <p class="by">{turn.model}</p>
      {turn.reasoning !== undefined && <Reasoning text={turn.reasoning} active={streaming && turn.content === ''} />}
      {streaming && turn.content === '' && turn.reasoning === undefined && turn.calls === undefined && <p class="waiting" aria-label={t.chat.writing}><i /><i /><i /></p>}
      <Content turn={turn} streaming={streaming} tokens={tokens} schema={schema} format={format} />
      {turn.calls !== undefined && <Calls conversationId={conversationId} turn={turn} open={isLast && !streaming} />}
      {!streaming && <Failure turn={turn} onRetry={again} />}
      {!streaming && note !== undefined && turn.error === undefined && <p class="hint">{note}</p>}
      {!streaming && (
        <footer class="actions">
          <Branches conversationId={conversationId} siblings={siblings} at={at} />
          {turn.content !== '' && <CopyButton text={turn.content} label={t.chat.copyAnswer} />}
          <Button icon="again" bare label={t.chat.again} onClick={again} />
          {cut && isLast && <Button icon="go" label={t.chat.proceed} onClick={() => void proceed(conversationId, turn)} />}
          {turn.logprobs !== undefined && <Button label={tokens ? t.chat.text : t.chat.tokens} pressed={tokens} onClick={() => setTokens(!tokens)} />}
          {turn.stats !== undefined && <StatLine stats={turn.stats} />}
        </footer>
      )}
    </article>
  );
});
