import { useEffect, useRef, useState } from 'preact/hooks';

import { Button } from '../../components/button';
import { onCommand } from '../../state/commands';
import { pathOf, type Conversation } from '../../state/conversation';
import { ask, running, stop } from '../../state/generation';
import { readSettings } from '../../state/settings';
import { useStore } from '../../state/store';
import { drafts, panels, setDraft } from '../../state/ui';
import { useTexts } from '../../text';

export function Composer({ conversation }: { conversation: Conversation }) {
  const t = useTexts();
  const { id, settings, turns } = conversation;
  const text = useStore(drafts, (all) => all[id] ?? '');
  const writing = useStore(running, (all) => [...all.keys()].filter((turn) => turn in turns).join());
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    return onCommand('write', () => field.current?.focus());
  }, []);
  useEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  const submit = (event?: Event): void => {
    event?.preventDefault();
    if (text.trim() === '' || writing !== '') return;
    if (settings.model === '') return setProblem(t.problems.noModel);
    if (readSettings(settings).problems.length > 0) {
      panels.update((old) => ({ ...old, parameters: true }));
      return setProblem(t.problems.fix);
    }
    setProblem('');
    setDraft(id, '');
    void ask(id, text, pathOf(conversation).at(-1)?.turn.id ?? null);
  };

  return (
    <form class="composer" onSubmit={submit}>
      {problem !== '' && <p class="problem" role="alert" id="composer-problem">{problem}</p>}
      <div class="composer-box">
        <textarea
          ref={field} value={text} rows={1} placeholder={t.chat.placeholder} aria-label={t.chat.write}
          aria-describedby={problem === '' ? 'composer-hint' : 'composer-problem'}
          onInput={(event) => setDraft(id, event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
          }}
        />
        {writing === '' ? (
          <Button submit primary icon="send" bare label={t.chat.send} disabled={text.trim() === ''} />
        ) : (
          <Button primary icon="stop" bare label={t.chat.stop} onClick={() => stop(writing.split(','))} />
        )}
      </div>
      <p class="hint" id="composer-hint">{t.chat.sendHint}</p>
    </form>
  );
}
