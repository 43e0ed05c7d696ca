import { useEffect, useState } from 'preact/hooks';

import { loadModel, readModels, readPulls, removeModel, unloadModel, type AdminModel, type AdminModels, type Pulls } from '../../api/admin';
import { ApiFailure } from '../../api/failure';
import { AdminFailure } from '../../components/admin_only';
import { Button, CopyButton } from '../../components/button';
import { Notice, Progress } from '../../components/notice';
import { changeSettings, startConversation } from '../../state/conversations';
import { models, refreshModels, type KnownModel } from '../../state/models';
import { useStore } from '../../state/store';
import { go } from '../../state/ui';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatBytes, formatContext, formatDate, formatNumber, formatPercent } from '../../text/format';
import { PageHead } from '../page_head';
import { speechModel } from '../speech/speech_state';
import { usePolling } from '../use_polling';
import { MemoryBar } from './memory_bar';
import { isOver } from './pull_checks';
import { PullPanel } from './pull_panel';
import { UnfinishedDownloads } from './unfinished';

const kLoadingStep = 1_000;

function use(model: KnownModel): void {
  if (model.kind === 'speech') {
    speechModel.set(model.id);
    return go('speech');
  }
  changeSettings(startConversation(), { model: model.id });
  go('chat');
}

// What administrators see of a model besides, and may do with it.
interface Managed {
  model: AdminModel | undefined; // undefined: a fine tuning, which has no file of its own
  act: (work: Promise<unknown>) => void;
}

function State({ model, managed }: { model: KnownModel; managed: AdminModel | undefined }) {
  const t = useTexts();
  const state = managed?.state ?? model.state;
  const progress = managed?.progress ?? model.progress ?? null;
  const name = managed !== undefined ? t.manage.states[managed.state] : t.models.states[model.state];
  const error = managed?.error ?? model.error;
  return (
    <>
      {state === 'loading'
        ? <Progress quiet share={progress} label={`${t.models.states.loading} ${formatPercent(progress ?? 0)}`} />
        : <span class={`state ${state}`}>{name}</span>}
      {managed !== undefined && managed.in_use > 0 && <p class="hint">{t.manage.inUse(formatNumber(managed.in_use))}</p>}
      {managed !== undefined && managed.waiting > 0 && <p class="hint">{t.manage.waiting(formatNumber(managed.waiting))}</p>}
      {error !== undefined && <p class="problem">{error}</p>}
    </>
  );
}

function Actions({ model, act }: { model: AdminModel; act: Managed['act'] }) {
  const t = useTexts();
  const loaded = model.state === 'ready' || model.state === 'unloading';
  const remove = (): void => {
    if (confirm(t.manage.removeAsk(model.id))) act(removeModel(model.id));
  };
  return (
    <>
      {loaded
        ? <Button label={t.manage.unload} describe={`${t.manage.unload}: ${model.id}`} disabled={model.state === 'unloading'} onClick={() => act(unloadModel(model.id))} />
        : <Button label={t.manage.load} describe={`${t.manage.load}: ${model.id}`} disabled={model.state === 'loading'} onClick={() => act(loadModel(model.id))} />}
      {!model.named && <Button icon="remove" bare label={`${t.shell.remove}: ${model.id}`} disabled={loaded || model.state === 'loading'} onClick={remove} />}
    </>
  );
}

function Row({ model, managed }: { model: KnownModel; managed: Managed | null }) {
  const t = useTexts();
  const own = managed?.model;
  return (
    <tr>
      <th scope="row"><code>{model.id}</code> <CopyButton text={model.id} label={t.models.copyId} /></th>
      <td data-label={t.models.kind}>{t.models.kinds[model.kind]}</td>
      <td data-label={t.models.state}><State model={model} managed={own} /></td>
      <td data-label={t.models.context} class="numbers">{formatContext(model.context_window)}</td>
      {managed !== null && <td data-label={t.manage.size} class="numbers">{own === undefined ? '' : formatBytes(own.file_bytes)}</td>}
      {managed !== null && <td data-label={t.manage.memory} class="numbers">{own === undefined || own.memory_bytes === 0 ? '' : formatBytes(own.memory_bytes)}</td>}
      <td data-label={t.models.changed}>{formatDate(model.created * 1000)}</td>
      <td>
        <div class="row">
          <Button label={model.kind === 'speech' ? t.models.listen : t.models.use} icon={model.kind === 'speech' ? 'speech' : 'chat'} onClick={() => use(model)} />
          {own !== undefined && managed !== null && <Actions model={own} act={managed.act} />}
        </div>
      </td>
    </tr>
  );
}

interface Managing {
  models: AdminModels;
  pulls: Pulls;
}

// Pulls first: of one that is over, the model is in the list that is read after it.
const read = async (signal: AbortSignal): Promise<Managing> => {
  const pulls = await readPulls(signal);
  return { models: await readModels(signal), pulls };
};

const isBusy = ({ models: { data }, pulls }: Managing): boolean =>
  data.some(({ state }) => state === 'loading' || state === 'unloading') || pulls.data.some((pull) => !isOver(pull));

// The list is read again when a model has come or gone, or stands otherwise.
const standing = (managing: Managing | null): string => JSON.stringify(managing?.models.data.map(({ id, state }) => [id, state]) ?? null);

export function ModelsView() {
  const t = useTexts();
  const { list, loaded, failure } = useStore(models);
  const [refusal, setRefusal] = useState<ApiFailure | null>(null);
  const { value: managing, failure: closed, again } = usePolling(read, isBusy);
  const loading = managing === null && list.some(({ state }) => state === 'loading');
  useEffect(() => void refreshModels(), [standing(managing)]);
  useEffect(() => {
    if (!loading) return;
    const timer = setInterval(() => void refreshModels(), kLoadingStep);
    return () => clearInterval(timer);
  }, [loading]);
  const refresh = (): void => {
    void refreshModels();
    again();
  };
  const refuse = (error: unknown): void => setRefusal(error instanceof ApiFailure ? error : new ApiFailure(0, {}));
  const act = (work: Promise<unknown>): void => {
    setRefusal(null);
    void work.then(refresh, refuse);
  };
  const byId = new Map(managing?.models.data.map((model) => [model.id, model]));
  const fetched = new Set(managing?.pulls.data.filter((pull) => !isOver(pull)).map(({ file }) => file));
  const heads = [t.models.model, t.models.kind, t.models.state, t.models.context, ...(managing === null ? [] : [t.manage.size, t.manage.memory]), t.models.changed];
  const numbers = new Set([t.models.context, t.manage.size, t.manage.memory]);
  return (
    <div class="page">
      <PageHead title={t.models.title} hint={t.models.hint}><Button icon="again" label={t.models.refresh} onClick={refresh} /></PageHead>
      {failure !== null && <Notice onRetry={refresh}>{explainFailure(failure, t)}</Notice>}
      {failure === null && <AdminFailure failure={closed} what={t.manage.only} again={again} />}
      {refusal !== null && <Notice>{explainFailure(refusal, t)}</Notice>}
      {managing !== null && <MemoryBar memory={managing.models.memory} />}
      {loaded && list.length === 0 && failure === null && <p class="empty">{t.models.none}</p>}
      {list.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              {heads.map((head) => <th key={head} scope="col" class={numbers.has(head) ? 'numbers' : undefined}>{head}</th>)}
              <th scope="col"><span class="unseen">{t.files.actions}</span></th>
            </tr>
          </thead>
          <tbody>{list.map((model) => <Row key={model.id} model={model} managed={managing === null ? null : { model: byId.get(model.id), act }} />)}</tbody>
        </table>
      )}
      {managing !== null && <UnfinishedDownloads list={managing.models.unfinished.filter(({ file }) => !fetched.has(file))} onChange={refresh} onFailure={refuse} />}
      {managing !== null && <PullPanel pulls={managing.pulls} onChange={refresh} />}
    </div>
  );
}
