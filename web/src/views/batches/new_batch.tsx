import { useEffect, useRef, useState } from 'preact/hooks';

import { kApi, send } from '../../api/client';
import { ApiFailure, isAbort } from '../../api/failure';
import { uploadFile } from '../../api/files';
import type { Batch, StoredFile } from '../../api/types';
import { Button } from '../../components/button';
import { SelectField, TextField } from '../../components/field';
import { FileField } from '../../components/file_field';
import { Notice } from '../../components/notice';
import { JsonField } from '../../editor/json_field';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatBytes, formatPercent } from '../../text/format';
import { batchFileProblem, endpoints, readMetadata, windowProblem, type Endpoint } from './batch_checks';

interface NewBatchProps {
  files: readonly StoredFile[]; // of batches
  onUploaded: () => void;
  onMade: (batch: Batch) => void;
}

// What the server said of a field, until that field changes.
interface Refused {
  at: 'input_file_id' | 'endpoint' | 'completion_window' | 'metadata' | '';
  text: string;
}

function refusedAt(param: string | undefined): Refused['at'] {
  const name = param?.split('.')[0];
  return name === 'input_file_id' || name === 'endpoint' || name === 'completion_window' || name === 'metadata' ? name : '';
}

// Sends a file as soon as it is chosen.
function useSending(onSent: (file: StoredFile) => void) {
  const t = useTexts();
  const [sending, setSending] = useState<{ share: number; label: string } | null>(null);
  const [problem, setProblem] = useState<string | undefined>();
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const put = async (file: File | null): Promise<void> => {
    controller.current?.abort();
    setProblem(undefined);
    if (file === null) return;
    const wrong = batchFileProblem(file);
    if (wrong !== undefined) return setProblem(t.files[wrong]);
    const own = new AbortController();
    controller.current = own;
    const tell = (share: number): void => setSending({ share, label: t.files.uploading(file.name, formatPercent(share)) });
    tell(0);
    try {
      onSent(await uploadFile(file, 'batch', { signal: own.signal, onProgress: tell }));
    } catch (error) {
      if (!isAbort(error)) setProblem(explainFailure(error instanceof ApiFailure ? error : new ApiFailure(0, {}), t));
    }
    if (controller.current === own) setSending(null);
  };
  return { sending, problem, put, stop: () => controller.current?.abort() };
}

export function NewBatch({ files, onUploaded, onMade }: NewBatchProps) {
  const t = useTexts();
  const [input, setInput] = useState('');
  const [uploaded, setUploaded] = useState<StoredFile | null>(null);
  const [endpoint, setEndpoint] = useState<Endpoint>(endpoints[0]);
  const [span, setSpan] = useState('24h');
  const [metadata, setMetadata] = useState('');
  const [tried, setTried] = useState(false);
  const [round, setRound] = useState(0); // a batch later the field for the file is a new, empty one
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const { sending, problem: fileProblem, put, stop } = useSending((file) => {
    setUploaded(file);
    setInput(file.id);
    setRefused(null);
    onUploaded();
  });

  const known = uploaded === null || files.some(({ id }) => id === uploaded.id) ? files : [uploaded, ...files];
  const chosen = known.some(({ id }) => id === input) ? input : '';
  const read = readMetadata(metadata);
  const wrongWindow = windowProblem(span) !== undefined;
  const saidOf = (at: Refused['at']): string | undefined => (refused?.at === at ? refused.text : undefined);
  const changed = <T,>(set: (value: T) => void) => (value: T): void => {
    set(value);
    setRefused(null);
  };

  const order = async (): Promise<void> => {
    const body = { input_file_id: chosen, endpoint, completion_window: span.trim(), ...(read.value && { metadata: read.value }) };
    setBusy(true);
    try {
      const response = await send(`${kApi}/batches`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      onMade((await response.json()) as Batch);
      setTried(false);
      setInput('');
      setMetadata('');
      setRound(round + 1);
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : new ApiFailure(0, {});
      setRefused({ at: refusedAt(failure.param), text: explainFailure(failure, t) });
    }
    setBusy(false);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    setRefused(null);
    if (chosen !== '' && !wrongWindow && read.problem === undefined && sending === null && !busy) void order();
  };

  const options = [['', t.batches.pick] as const, ...known.map((file) => [file.id, `${file.filename} · ${formatBytes(file.bytes)}`] as const)];
  return (
    <form class="panel" aria-label={t.batches.make} onSubmit={submit} noValidate>
      <h2>{t.batches.make}</h2>
      <div class="panel-fields">
        <div class="stack">
          <SelectField label={t.batches.input} value={chosen} options={options} problem={tried && chosen === '' ? t.batches.noInput : saidOf('input_file_id')} onChange={changed(setInput)} />
          <FileField key={round} label={t.batches.upload} hint={t.batches.uploadHint} accept=".jsonl" problem={fileProblem} sending={sending} onFile={(file) => void put(file)} />
          {sending !== null && <div class="row"><Button icon="stop" label={t.shell.cancel} onClick={stop} /></div>}
        </div>
        <div class="stack">
          <SelectField<Endpoint> label={t.batches.endpoint} hint={t.batches.endpointHint} value={endpoint} options={endpoints.map((each) => [each, each] as const)} problem={saidOf('endpoint')} onChange={changed(setEndpoint)} />
          <TextField label={t.batches.window} hint={t.batches.windowHint} value={span} problem={wrongWindow ? t.batches.badWindow : saidOf('completion_window')} onInput={changed(setSpan)} />
        </div>
        <JsonField label={t.batches.metadata} hint={t.batches.metadataHint} rows={4} value={metadata} problem={read.problem ? t.batches.badMetadata[read.problem] : saidOf('metadata')} onInput={changed(setMetadata)} />
      </div>
      {refused?.at === '' && <Notice>{refused.text}</Notice>}
      <div class="row"><Button primary submit icon="send" label={t.batches.start} disabled={busy || sending !== null} /></div>
    </form>
  );
}
