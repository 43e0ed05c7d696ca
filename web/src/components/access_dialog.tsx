import { useState } from 'preact/hooks';

import { giveKey, refuseKey } from '../state/access';
import { useTexts } from '../text';
import { Button } from './button';
import { Dialog } from './dialog';
import { CheckField, TextField } from './field';

export function AccessDialog({ refused }: { refused: boolean }) {
  const t = useTexts();
  const [key, setKey] = useState('');
  const [remember, setRemember] = useState(false);
  const [problem, setProblem] = useState(refused ? t.access.refused : undefined);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (key.trim() === '') setProblem(t.access.empty);
    else giveKey(key.trim(), remember);
  };
  return (
    <Dialog title={t.access.title} onClose={refuseKey}>
      <form class="stack" onSubmit={submit} noValidate>
        <p>{t.access.why}</p>
        <TextField label={t.access.key} type="password" value={key} onInput={setKey} problem={problem} autofocus />
        <CheckField label={t.access.remember} hint={t.access.rememberHint} checked={remember} onChange={setRemember} />
        <div class="row end"><Button submit primary label={t.access.give} /></div>
      </form>
    </Dialog>
  );
}
