import { useEffect, useRef, useState } from 'preact/hooks';

import { kApi, send } from '../../api/client';
import { ApiFailure, isAbort } from '../../api/failure';
import { deleteFile, uploadFile } from '../../api/files';
import { Button } from '../../components/button';
import { SelectField, TextField } from '../../components/field';
import { FileField } from '../../components/file_field';
import { Notice } from '../../components/notice';
import { models } from '../../state/models';
import { useStore } from '../../state/store';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatPercent } from '../../text/format';
import { adapterFileProblem, isBase, nameFrom, nameProblem } from './adapter_checks';

interface Refused {
  at: 'file' | 'name' | 'base' | '';
  text: string;
}

const kFieldOf: Record<string, Refused['at']> = { input_file_id: 'file', file: 'file', name: 'name', base_model: 'base' };

async function make(file: File, name: string, base: string, signal: AbortSignal, onProgress: (share: number) => void): Promise<void> {
  const { id } = await uploadFile(file, 'fine_tuning', { signal, onProgress });
  try {
    await send(`${kApi}/fine_tunings`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ input_file_id: id, name, type: 'lora', base_model: base }), signal,
    });
  } finally {
    // An adapter is a copy of its own, and a file that became none is of no use.
    await deleteFile(id).catch(() => undefined);
  }
}

export function NewAdapter({ onMade }: { onMade: () => void }) {
  const t = useTexts();
  const bases = useStore(models, (state) => state.list).filter(isBase);
  const loaded = useStore(models, (state) => state.loaded);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const [tried, setTried] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [round, setRound] = useState(0); // a new one is a new, empty field for the file
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const base = bases.some(({ id }) => id === chosen) ? chosen : (bases[0]?.id ?? '');
  const badFile = file === null ? (tried ? 'noFile' : undefined) : adapterFileProblem(file);
  const badName = name !== '' || tried ? nameProblem(name) : undefined;
  const saidOf = (at: Refused['at']): string | undefined => (refused?.at === at ? refused.text : undefined);
  const fileProblem = badFile ? t.adapters[badFile] : saidOf('file');

  const take = (next: File | null): void => {
    setFile(next);
    setRefused(null);
    if (next !== null && name === '') setName(nameFrom(next.name));
  };
  const put = async (adapter: File): Promise<void> => {
    controller.current = new AbortController();
    setShare(0);
    try {
      await make(adapter, name, base, controller.current.signal, setShare);
      setTried(false);
      setFile(null);
      setName('');
      setRound(round + 1);
      onMade();
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : new ApiFailure(0, {});
      const at = kFieldOf[failure.param ?? ''] ?? '';
      const advice = at === 'file' && failure.status === 400 ? ` ${t.adapters.fix}` : '';
      if (!isAbort(error)) setRefused({ at, text: `${explainFailure(failure, t)}${advice}` });
    }
    setShare(null);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    setRefused(null);
    if (file !== null && adapterFileProblem(file) === undefined && nameProblem(name) === undefined && base !== '' && share === null) void put(file);
  };

  const sending = share === null ? null : { share, label: share < 1 ? t.files.uploading(file?.name ?? '', formatPercent(share)) : t.adapters.checking };
  return (
    <form class="panel" aria-label={t.adapters.make} onSubmit={submit} noValidate>
      <h2>{t.adapters.make}</h2>
      <div class="panel-fields">
        <FileField key={round} label={t.adapters.file} hint={t.adapters.fileHint} accept=".zip,.gguf" problem={fileProblem} disabled={share !== null} sending={sending} onFile={take} />
        <SelectField
          label={t.adapters.base} hint={t.adapters.baseHint} value={base} options={bases.map(({ id }) => [id, id] as const)} disabled={bases.length === 0}
          problem={loaded && bases.length === 0 ? t.adapters.noBase : saidOf('base')} onChange={(id) => { setChosen(id); setRefused(null); }}
        />
        <TextField label={t.adapters.name} hint={t.adapters.nameHint} value={name} problem={badName ? t.adapters[badName] : saidOf('name')} onInput={(typed) => { setName(typed); setRefused(null); }} />
      </div>
      {refused?.at === '' && <Notice>{refused.text}</Notice>}
      <div class="row">
        {share === null ? (
          <Button primary submit icon="upload" label={t.adapters.start} />
        ) : (
          <Button icon="stop" label={t.shell.cancel} onClick={() => controller.current?.abort()} />
        )}
      </div>
    </form>
  );
}
