import { useEffect, useId, useState } from 'preact/hooks';

import { cancelPull, orderPull, readCatalogue, type CatalogueModel, type Pull, type Pulls } from '../../api/admin';
import { ApiFailure } from '../../api/failure';
import { Button } from '../../components/button';
import { TextField } from '../../components/field';
import { Notice, Progress } from '../../components/notice';
import { useTexts, type Texts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatBytes, formatClock, formatNumber, formatPercent } from '../../text/format';
import { checkPull, isOver, leftOf, shareOf, type PullFields } from './pull_checks';

const asFailure = (error: unknown): ApiFailure => (error instanceof ApiFailure ? error : new ApiFailure(0, {}));

function progressOf(pull: Pull, t: Texts): string {
  const m = t.manage;
  const share = shareOf(pull);
  const left = leftOf(pull);
  const parts = [
    pull.note ?? m.stages[pull.stage ?? 'asking'],
    (pull.file_count ?? 0) > 1 && m.file(formatNumber(pull.file_number ?? 0), formatNumber(pull.file_count ?? 0)),
    share !== null && `${formatPercent(share)}, ${m.progress(formatBytes(pull.done_bytes), formatBytes(pull.total_bytes))}`,
    left !== null && m.rate(formatBytes(pull.bytes_per_second), formatClock(left / 1000)),
  ];
  return parts.filter(Boolean).join(' · ');
}

function PullCard({ pull, onChange }: { pull: Pull; onChange: () => void }) {
  const t = useTexts();
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const run = (work: Promise<unknown>): void => {
    setFailure(null);
    void work.then(onChange, (error: unknown) => setFailure(asFailure(error)));
  };
  const again = pull.state === 'failed' || pull.state === 'cancelled';
  return (
    <li class="pull">
      <div class="row spread">
        <code>{pull.source}</code>
        {pull.state === 'running' ? null : <span class={`state ${pull.state}`}>{t.manage.pullStates[pull.state]}</span>}
        {!isOver(pull) && <Button icon="close" label={t.shell.cancel} describe={t.manage.cancelPull(pull.source)} onClick={() => run(cancelPull(pull.id))} />}
        {again && <Button icon="again" label={t.manage.again} onClick={() => run(orderPull(pull.source, ''))} />}
      </div>
      {pull.state === 'running' && <Progress quiet share={shareOf(pull)} label={progressOf(pull, t)} />}
      {pull.model !== undefined && <p class="hint">{pull.model}</p>}
      {pull.error !== undefined && <p class="problem">{pull.error}</p>}
      {failure !== null && <p class="problem" role="alert">{explainFailure(failure, t)}</p>}
    </li>
  );
}

function PullForm({ onOrdered }: { onOrdered: () => void }) {
  const t = useTexts();
  const names = useId();
  const [fields, setFields] = useState<PullFields>({ source: '', sha256: '' });
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [catalogue, setCatalogue] = useState<CatalogueModel[]>([]);
  useEffect(() => void readCatalogue().then(setCatalogue, () => setCatalogue([])), []);
  const problems = checkPull(fields);
  const problem = (name: keyof PullFields): string | undefined => {
    if (failure?.status === 400 && failure.param === name) return failure.message;
    const kind = problems[name];
    return tried && kind !== undefined ? t.manage[kind] : undefined;
  };
  const change = (next: Partial<PullFields>): void => {
    setFields({ ...fields, ...next });
    setFailure(null);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    orderPull(fields.source.trim(), fields.sha256.trim()).then(
      () => {
        setFields({ source: '', sha256: '' });
        setTried(false);
        onOrdered();
      },
      (error: unknown) => setFailure(asFailure(error)),
    );
  };
  const beside = failure?.param === 'source' || failure?.param === 'sha256';
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <div class="panel-fields">
        <TextField label={t.manage.source} hint={t.manage.sourceHint} value={fields.source} problem={problem('source')} list={names} onInput={(source) => change({ source })} />
        <TextField label={t.manage.digest} hint={t.manage.digestHint} value={fields.sha256} problem={problem('sha256')} onInput={(sha256) => change({ sha256 })} />
      </div>
      <datalist id={names}>{catalogue.map(({ id, repository }) => <option key={id} value={id}>{repository}</option>)}</datalist>
      {failure !== null && !beside && <Notice>{explainFailure(failure, t)}</Notice>}
      <div class="row"><Button submit primary icon="download" label={t.manage.order} /></div>
    </form>
  );
}

export function PullPanel({ pulls, onChange }: { pulls: Pulls; onChange: () => void }) {
  const t = useTexts();
  return (
    <section class="panel" aria-labelledby="pull-title">
      <h2 id="pull-title">{t.manage.pull}</h2>
      {pulls.allowed ? <PullForm onOrdered={onChange} /> : <p class="hint">{t.manage.off}</p>}
      {pulls.data.length > 0 && <ul class="pulls" aria-label={t.manage.pulls}>{pulls.data.map((pull) => <PullCard key={pull.id} pull={pull} onChange={onChange} />)}</ul>}
    </section>
  );
}
