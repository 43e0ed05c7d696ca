// Adapters: one to make of a file, and those there are.
import { useEffect, useState } from 'preact/hooks';

import { getJson, kApi, send } from '../../api/client';
import { ApiFailure } from '../../api/failure';
import type { FineTune } from '../../api/types';
import { Button, CopyButton } from '../../components/button';
import { Notice } from '../../components/notice';
import { changeSettings, startConversation } from '../../state/conversations';
import { refreshModels } from '../../state/models';
import { go } from '../../state/ui';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatDate } from '../../text/format';
import { PageHead } from '../page_head';
import { useRequest } from '../use_request';
import { NewAdapter } from './new_adapter';

const list = async (): Promise<FineTune[]> => (await getJson<{ data: FineTune[] }>(`${kApi}/fine_tunings`)).data;

async function tryIt(model: string): Promise<void> {
  await refreshModels();
  changeSettings(startConversation(), { model });
  go('chat');
}

function Row({ tune, onGone, onFailure }: { tune: FineTune; onGone: () => void; onFailure: (error: unknown) => void }) {
  const t = useTexts();
  const remove = async (): Promise<void> => {
    if (!confirm(t.adapters.removeAsk(tune.name))) return;
    await send(`${kApi}/fine_tunings/${encodeURIComponent(tune.id)}`, { method: 'DELETE' });
    onGone();
  };
  return (
    <tr>
      <th scope="row">{tune.name}<p class="hint"><code>{tune.fine_tuned_model}</code> <CopyButton text={tune.fine_tuned_model} label={t.models.copyId} /></p></th>
      <td data-label={t.adapters.base}><code>{tune.base_model}</code></td>
      <td data-label={t.adapters.made}>{formatDate(tune.created_at * 1000)}</td>
      <td>
        <div class="row tight">
          <Button icon="chat" label={t.adapters.use} onClick={() => void tryIt(tune.fine_tuned_model)} />
          <Button icon="remove" bare label={`${t.shell.remove}: ${tune.name}`} onClick={() => void remove().catch(onFailure)} />
        </div>
      </td>
    </tr>
  );
}

export function AdaptersView() {
  const t = useTexts();
  const { value: tunes, failure, again } = useRequest(list);
  const [removing, setRemoving] = useState<ApiFailure | null>(null);
  useEffect(() => void refreshModels(), []);
  const changed = (): void => {
    setRemoving(null);
    again();
    void refreshModels();
  };
  const notServed = failure?.status === 404;
  const shown = failure ?? removing;
  return (
    <div class="page adapters">
      <PageHead title={t.adapters.title} hint={t.adapters.hint} />
      {shown !== null && <Notice onRetry={changed}>{notServed ? t.files.notServed : explainFailure(shown, t)}</Notice>}
      {!notServed && <NewAdapter onMade={changed} />}
      {tunes !== null && tunes.length === 0 && <div class="empty"><p>{t.adapters.none}</p><p class="hint">{t.adapters.noneHint}</p></div>}
      {tunes !== null && tunes.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              {[t.adapters.name, t.adapters.base, t.adapters.made].map((head) => <th key={head} scope="col">{head}</th>)}
              <th scope="col"><span class="unseen">{t.files.actions}</span></th>
            </tr>
          </thead>
          <tbody>{tunes.map((tune) => <Row key={tune.id} tune={tune} onGone={changed} onFailure={(error) => setRemoving(error instanceof ApiFailure ? error : new ApiFailure(0, {}))} />)}</tbody>
        </table>
      )}
    </div>
  );
}
