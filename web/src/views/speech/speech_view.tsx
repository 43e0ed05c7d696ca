import { useEffect, useRef, useState } from 'preact/hooks';

import { kApi, upload } from '../../api/client';
import { ApiFailure, failureOf, isAbort } from '../../api/failure';
import { EventParser } from '../../api/sse';
import type { Segment, Transcript } from '../../api/types';
import { Button } from '../../components/button';
import { SelectField, TextField } from '../../components/field';
import { Notice, Progress } from '../../components/notice';
import { models } from '../../state/models';
import { readNumber, type NumberField } from '../../state/settings';
import { useStore } from '../../state/store';
import { useTexts } from '../../text';
import { explainFailure, explainProblem } from '../../text/explain';
import { formatBytes, formatClock, formatPercent } from '../../text/format';
import { PageHead } from '../page_head';
import { useRecorder } from './recorder';
import { speechModel } from './speech_state';
import { isRecording } from './subtitles';
import { TranscriptView } from './transcript_view';

type Event = { type: 'transcript.text.delta'; delta: string } | ({ type: 'transcript.text.segment' } & Segment) | ({ type: 'transcript.text.done' } & Transcript);

interface Asked {
  task: 'transcriptions' | 'translations';
  language: string;
  prompt: string;
  temperature: string;
}

const kTemperature: NumberField = { name: 'temperature', min: 0, max: 1, step: 0.1, initial: 0, integer: false };

function formOf(file: File, model: string, { task, language, prompt, temperature }: Asked): FormData {
  const form = new FormData();
  form.append('model', model);
  if (task === 'transcriptions' && language.trim() !== '') form.append('language', language.trim());
  if (prompt.trim() !== '') form.append('prompt', prompt.trim());
  if (temperature.trim() !== '') form.append('temperature', temperature.trim());
  form.append('response_format', 'verbose_json');
  form.append('timestamp_granularities[]', 'word');
  form.append('timestamp_granularities[]', 'segment');
  form.append('stream', 'true');
  form.append('file', file, file.name);
  return form;
}

// The transcript so far, after one more event.
export function grow(old: Transcript, event: Event): Transcript {
  switch (event.type) {
    case 'transcript.text.delta':
      return { ...old, text: old.text + event.delta };
    case 'transcript.text.segment':
      return { ...old, segments: [...(old.segments ?? []), event] };
    case 'transcript.text.done': {
      const { type: _type, ...whole } = event;
      return whole;
    }
  }
}

function Source({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const t = useTexts();
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const recorder = useRecorder(t.speech.recording, onFile);
  return (
    <div
      class={over ? 'drop over' : 'drop'} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer?.files[0];
        if (dropped !== undefined) onFile(dropped);
      }}
    >
      <p>{file === null ? t.speech.drop : `${file.name} · ${formatBytes(file.size)}`}</p>
      <div class="row middle">
        <input
          ref={chooser} id="sound-chooser" type="file" class="unseen" tabIndex={-1} aria-hidden="true" accept="audio/*,.flac,.mp3,.mp4,.mpeg,.mpga,.m4a,.ogg,.opus,.wav,.webm"
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (chosen !== undefined) onFile(chosen);
          }}
        />
        <Button icon="upload" label={t.speech.choose} onClick={() => chooser.current?.click()} />
        {recorder.seconds === null ? (
          <Button icon="record" label={t.speech.record} onClick={recorder.start} />
        ) : (
          <Button icon="stop" danger label={t.speech.stopRecording(formatClock(recorder.seconds))} onClick={recorder.stop} />
        )}
      </div>
      <p class="hint">{t.speech.formats}</p>
      {recorder.failed && <p class="problem" role="alert">{t.speech.noMicrophone}</p>}
    </div>
  );
}

export function SpeechView() {
  const t = useTexts();
  const list = useStore(models, (state) => state.list).filter(({ kind }) => kind === 'speech');
  const loaded = useStore(models, (state) => state.loaded);
  const chosen = useStore(speechModel);
  const model = list.find(({ id }) => id === chosen)?.id ?? list[0]?.id ?? '';
  const [asked, setAsked] = useState<Asked>({ task: 'transcriptions', language: '', prompt: '', temperature: '' });
  const [file, setFile] = useState<File | null>(null);
  const [sound, setSound] = useState('');
  const [transcript, setTranscript] = useState<Transcript | null>(null);
  const [progress, setProgress] = useState<number | 'listening' | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const controller = useRef<AbortController | null>(null);
  const { problem } = readNumber(kTemperature, asked.temperature);

  useEffect(() => () => controller.current?.abort(), []);
  useEffect(() => {
    if (file === null) return;
    const url = URL.createObjectURL(file);
    setSound(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);

  const take = (next: File): void => {
    setFileProblem(isRecording(next.name) ? null : t.speech.badFile);
    if (!isRecording(next.name)) return;
    setFile(next);
    setTranscript(null);
    setFailure(null);
  };

  const start = async (): Promise<void> => {
    if (file === null) return setFileProblem(t.speech.noFile);
    if (problem !== undefined || model === '') return;
    const parser = new EventParser();
    controller.current = new AbortController();
    setFailure(null);
    setTranscript({ text: '' });
    setProgress(0);
    try {
      await upload(`${kApi}/audio/${asked.task}`, formOf(file, model, asked), {
        signal: controller.current.signal,
        onProgress: (share) => setProgress(share < 1 ? share : 'listening'),
        onText: (piece) => {
          for (const { name, data } of parser.push(piece)) {
            if (name === 'error') setFailure(failureOf(500, data));
            else setTranscript((old) => grow(old ?? { text: '' }, JSON.parse(data) as Event));
          }
        },
      });
    } catch (error) {
      setTranscript((old) => (old?.text ? old : null));
      if (!isAbort(error)) setFailure(error instanceof ApiFailure ? error : new ApiFailure(0, {}));
    }
    setProgress(null);
  };

  // Beside the field that the server means, where it means one.
  const refused = (param: string): string | undefined => (failure?.status === 400 && failure.param === param ? explainFailure(failure, t) : undefined);
  const fileRefused = fileProblem ?? refused('file');
  const elsewhere = failure !== null && !['file', 'language', 'prompt', 'temperature'].some((param) => refused(param) !== undefined);
  const put = (change: Partial<Asked>): void => {
    setAsked({ ...asked, ...change });
    setFailure(null);
  };
  const options = list.map(({ id }) => [id, id] as const);
  return (
    <div class="page speech">
      <PageHead title={t.speech.title} />
      <div class="split">
        <div class="stack">
          <Source file={file} onFile={take} />
          {fileRefused !== undefined && <p class="problem" role="alert">{fileRefused}</p>}
          <SelectField label={t.speech.model} value={model} options={options} disabled={list.length === 0} problem={loaded && list.length === 0 ? t.speech.noModels : undefined} onChange={speechModel.set} />
          <SelectField label={t.speech.task} value={asked.task} options={[['transcriptions', t.speech.transcribe], ['translations', t.speech.translate]]} onChange={(task) => put({ task })} />
          {asked.task === 'transcriptions' && <TextField label={t.speech.language} hint={t.speech.languageHint} placeholder={t.speech.detect} value={asked.language} problem={refused('language')} onInput={(language) => put({ language })} />}
          <TextField label={t.speech.prompt} hint={t.speech.promptHint} value={asked.prompt} problem={refused('prompt')} onInput={(prompt) => put({ prompt })} />
          <TextField label={t.speech.temperature} aside={<span class="range">0 – 1 · {t.parameters.default('0')}</span>} numeric placeholder="0" value={asked.temperature} problem={problem ? explainProblem(problem, t) : refused('temperature')} onInput={(temperature) => put({ temperature })} />
          <div class="row">
            {progress === null ? (
              <Button primary icon="speech" label={t.speech.start} disabled={list.length === 0} onClick={() => void start()} />
            ) : (
              <Button icon="stop" label={t.shell.cancel} onClick={() => controller.current?.abort()} />
            )}
          </div>
        </div>
        <div class="stack">
          {progress !== null && <Progress share={typeof progress === 'number' ? progress : null} label={typeof progress === 'number' ? t.speech.uploading(formatPercent(progress)) : t.speech.listening} />}
          {failure !== null && elsewhere && <Notice onRetry={() => void start()}>{explainFailure(failure, t)}</Notice>}
          {transcript === null ? (
            <div class="empty"><p>{t.speech.empty}</p><p class="hint">{t.speech.emptyHint}</p></div>
          ) : (
            <TranscriptView transcript={transcript} sound={sound} name={file?.name ?? ''} done={progress === null} />
          )}
        </div>
      </div>
    </div>
  );
}
