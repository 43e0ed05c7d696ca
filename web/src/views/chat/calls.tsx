import { useState } from 'preact/hooks';

import { Button } from '../../components/button';
import { AreaField } from '../../components/field';
import { Icon } from '../../components/icon';
import { CodeBlock } from '../../components/markdown';
import type { Turn } from '../../state/conversation';
import { giveResults } from '../../state/generation';
import { readJson } from '../../state/settings';
import { useTexts } from '../../text';

function pretty(text: string): string {
  const value = readJson(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}

// The calls of an answer; while it is the last turn, their results can be typed in.
export function Calls({ conversationId, turn, open }: { conversationId: string; turn: Turn; open: boolean }) {
  const t = useTexts();
  const calls = turn.calls ?? [];
  const [results, setResults] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState(false);
  const missing = (id: string): boolean => (results[id] ?? '').trim() === '';
  const give = (event: Event): void => {
    event.preventDefault();
    if (calls.some(({ id }) => missing(id))) return setProblem(true);
    void giveResults(conversationId, turn, calls.map(({ id }) => results[id]!));
  };
  return (
    <form class="calls" onSubmit={give}>
      {calls.map(({ id, function: called }) => (
        <section class="call" key={id} aria-label={called.name}>
          <p class="call-head"><Icon name="function" /> <span>{t.chat.calls}</span> <code>{called.name}</code></p>
          <CodeBlock language="json" text={pretty(called.arguments)} settled={open} />
          {open && (
            <AreaField
              label={t.chat.resultFor(called.name)} hint={t.chat.resultHint} rows={2} code value={results[id] ?? ''}
              problem={problem && missing(id) ? t.problems.empty : undefined} onInput={(value) => setResults((old) => ({ ...old, [id]: value }))}
            />
          )}
        </section>
      ))}
      {open && <div class="row end"><Button primary submit icon="send" label={t.chat.giveResults} /></div>}
    </form>
  );
}
