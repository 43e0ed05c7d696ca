import { useEffect, useState } from 'preact/hooks';

import { kApi, send } from '../../api/client';
import { ApiFailure, isAbort } from '../../api/failure';
import { fileContent } from '../../api/files';
import type { Batch } from '../../api/types';
import { Button } from '../../components/button';
import { Notice, Progress } from '../../components/notice';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatDate, formatNumber } from '../../text/format';
import { saveFile } from '../save_file';
import { canCancel, endOf, isUnended } from './batch_list';
import { explainLines, type Explained } from './failed_lines';
import { FaultTable } from './fault_table';

interface BatchCardProps {
  batch: Batch;
  name: string; // of its input file, or its id
  onChanged: () => void;
}

// Read when it is opened: error files may be long.
function FailedLines({ batch }: { batch: Batch }) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<Explained | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  useEffect(() => {
    if (!open) return;
    const controller = new AbortController();
    setFailure(null);
    explainLines(batch, controller.signal).then(setFound, (error: unknown) => {
      if (!isAbort(error)) setFailure(error instanceof ApiFailure ? error : new ApiFailure(0, {}));
    });
    return () => controller.abort();
  }, [open, batch.error_file_id]);
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.batches.why(batch.request_counts.failed)}</summary>
      {failure !== null && <Notice>{explainFailure(failure, t)}</Notice>}
      {found === null && failure === null && <p class="hint" role="status">{t.shell.loading}</p>}
      {found !== null && <FaultTable title={t.batches.why(batch.request_counts.failed)} faults={found.lines} />}
      {found?.more && <p class="hint">{t.batches.moreLines}</p>}
    </details>
  );
}

function Facts({ batch }: { batch: Batch }) {
  const t = useTexts();
  const end = endOf(batch);
  const facts: [string, string][] = [
    [t.batches.made, formatDate(batch.created_at * 1000)],
    end === null ? [t.batches.until, formatDate(batch.expires_at * 1000)] : [t.batches.ended, formatDate(end * 1000)],
    ...Object.entries(batch.metadata ?? {}),
  ];
  return <dl class="facts">{facts.map(([key, value]) => <div key={key}><dt>{key}</dt><dd>{value}</dd></div>)}</dl>;
}

export function BatchCard({ batch, name, onChanged }: BatchCardProps) {
  const t = useTexts();
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const { total, completed, failed } = batch.request_counts;
  const faults = batch.errors?.data ?? [];
  const attempt = (what: Promise<void>): void => {
    setFailure(null);
    what.catch((error: unknown) => setFailure(error instanceof ApiFailure ? error : new ApiFailure(0, {})));
  };
  const cancel = async (): Promise<void> => {
    if (!confirm(t.batches.cancelAsk(name))) return;
    await send(`${kApi}/batches/${encodeURIComponent(batch.id)}/cancel`, { method: 'POST' });
    onChanged();
  };
  const download = async (id: string, part: string): Promise<void> => saveFile(`${batch.id}_${part}.jsonl`, await fileContent(id), 'application/jsonl');
  const counts = t.batches.counts(formatNumber(completed + failed), formatNumber(total), formatNumber(failed));
  return (
    <article class="batch" aria-label={name} data-status={batch.status}>
      <header class="row spread">
        <div>
          <h3>{name}</h3>
          <p class="hint"><code>{batch.id}</code> · <code>{batch.endpoint}</code></p>
        </div>
        <span class={`state ${batch.status}`}>{t.batches.states[batch.status]}</span>
      </header>
      {isUnended(batch) ? (
        <Progress share={total > 0 ? (completed + failed) / total : null} label={total > 0 ? counts : t.batches.reading} quiet />
      ) : (
        total > 0 && <p class="numbers">{counts}</p>
      )}
      <Facts batch={batch} />
      {faults.length > 0 && (
        <section class="stack">
          <p class="problem">{batch.status === 'failed' ? t.batches.noBatch : t.batches.someLines}</p>
          <FaultTable title={t.batches.faults} faults={faults.map((fault) => ({ ...fault, advice: fault.code }))} />
        </section>
      )}
      {batch.error_file_id !== null && failed > 0 && <FailedLines batch={batch} />}
      {failure !== null && <Notice>{explainFailure(failure, t)}</Notice>}
      <div class="row">
        {batch.output_file_id !== null && <Button icon="download" label={t.batches.output} onClick={() => attempt(download(batch.output_file_id!, 'output'))} />}
        {batch.error_file_id !== null && <Button icon="download" label={t.batches.errors} onClick={() => attempt(download(batch.error_file_id!, 'errors'))} />}
        {canCancel(batch) && <Button icon="stop" danger label={t.batches.cancel} onClick={() => attempt(cancel())} />}
      </div>
    </article>
  );
}
