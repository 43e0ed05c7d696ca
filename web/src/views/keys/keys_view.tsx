import { useState } from 'preact/hooks';

import { limitNames, readKeys, revokeKey, type Key } from '../../api/admin';
import { ApiFailure } from '../../api/failure';
import { AdminFailure } from '../../components/admin_only';
import { Button } from '../../components/button';
import { CheckField } from '../../components/field';
import { Notice } from '../../components/notice';
import { accessKey } from '../../state/access';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatDate, formatNumber } from '../../text/format';
import { PageHead } from '../page_head';
import { useRequest } from '../use_request';
import { IssuedDialog } from './issued_dialog';
import { KeyForm } from './key_form';

function Row({ entry, onRevoke }: { entry: Key; onRevoke: (entry: Key) => void }) {
  const t = useTexts();
  const configured = entry.origin === 'configuration';
  const limits = limitNames.filter((name) => entry.limits[name] !== undefined);
  return (
    <tr>
      <th scope="row">{entry.name}<p class="hint">{configured ? t.keys.configured : <code>{entry.begins}…</code>}</p></th>
      <td data-label={t.keys.organisation}>{entry.organisation}</td>
      <td data-label={t.keys.opens}>
        <span>{entry.scopes.map((scope) => t.keys.scopes[scope]).join(', ')}</span>
        <p class="hint">{entry.models.length === 0 ? t.keys.allModels : entry.models.join(', ')}</p>
        {limits.map((name) => <p key={name} class="hint">{`${t.keys.limitNames[name]}: ${formatNumber(entry.limits[name]!)}`}</p>)}
      </td>
      <td data-label={t.keys.made}>{entry.created_at === 0 ? '' : formatDate(entry.created_at * 1000)}</td>
      <td data-label={t.keys.until}>{entry.expires_at === null ? t.keys.never : formatDate(entry.expires_at * 1000)}</td>
      <td data-label={t.keys.state}><span class={`state ${entry.state}`}>{t.keys.states[entry.state]}</span></td>
      <td>{!configured && entry.state !== 'revoked' && <Button icon="remove" bare label={t.keys.revoke(entry.name)} onClick={() => onRevoke(entry)} />}</td>
    </tr>
  );
}

export function KeysView() {
  const t = useTexts();
  const { value: keys, failure, again } = useRequest(readKeys);
  const [made, setMade] = useState<(Key & { secret: string }) | null>(null);
  const [refusal, setRefusal] = useState<ApiFailure | null>(null);
  const [everything, setEverything] = useState(false);
  const first = keys?.length === 0;
  const revoke = (entry: Key): void => {
    setRefusal(null);
    if (!confirm(t.keys.revokeAsk(entry.name))) return;
    void revokeKey(entry.id).then(again, (error: unknown) => setRefusal(error instanceof ApiFailure ? error : new ApiFailure(0, {})));
  };
  const close = (): void => {
    setMade(null);
    again();
  };
  const shown = keys?.filter(({ state }) => everything || state === 'valid') ?? [];
  return (
    <div class="page">
      <PageHead title={t.keys.title} hint={t.keys.hint} />
      <AdminFailure failure={failure} what={t.keys.only} again={again} />
      {refusal !== null && <Notice>{explainFailure(refusal, t)}</Notice>}
      {failure === null && first && <p class="empty">{t.keys.none}</p>}
      {failure === null && keys !== null && !first && (
        <section>
          {shown.length > 0 && (
            <table class="table">
              <thead>
                <tr>
                  {[t.keys.name, t.keys.organisation, t.keys.opens, t.keys.made, t.keys.until, t.keys.state].map((head) => <th key={head} scope="col">{head}</th>)}
                  <th scope="col"><span class="unseen">{t.files.actions}</span></th>
                </tr>
              </thead>
              <tbody>{shown.map((entry) => <Row key={entry.id} entry={entry} onRevoke={revoke} />)}</tbody>
            </table>
          )}
          <CheckField label={t.keys.showAll} checked={everything} onChange={setEverything} />
        </section>
      )}
      {failure === null && keys !== null && <KeyForm key={String(first)} first={first} onMade={setMade} />}
      {made !== null && <IssuedDialog made={made} needed={accessKey() === ''} onClose={close} />}
    </div>
  );
}
