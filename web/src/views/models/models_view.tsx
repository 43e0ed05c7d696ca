import { useEffect } from 'preact/hooks';

import { Button, CopyButton } from '../../components/button';
import { Notice, Progress } from '../../components/notice';
import { changeSettings, startConversation } from '../../state/conversations';
import { models, refreshModels, type KnownModel } from '../../state/models';
import { useStore } from '../../state/store';
import { go } from '../../state/ui';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatContext, formatDate, formatPercent } from '../../text/format';
import { PageHead } from '../page_head';
import { speechModel } from '../speech/speech_state';

const kLoadingStep = 1_000;

function use(model: KnownModel): void {
  if (model.kind === 'speech') {
    speechModel.set(model.id);
    return go('speech');
  }
  changeSettings(startConversation(), { model: model.id });
  go('chat');
}

function Row({ model }: { model: KnownModel }) {
  const t = useTexts();
  return (
    <tr>
      <th scope="row"><code>{model.id}</code> <CopyButton text={model.id} label={t.models.copyId} /></th>
      <td data-label={t.models.kind}>{t.models.kinds[model.kind]}</td>
      <td data-label={t.models.state}>
        {model.state === 'loading' ? (
          <Progress share={model.progress ?? null} label={`${t.models.states.loading} ${formatPercent(model.progress ?? 0)}`} />
        ) : (
          <span class={`state ${model.state}`}>{t.models.states[model.state]}</span>
        )}
        {model.error !== undefined && <p class="problem">{model.error}</p>}
      </td>
      <td data-label={t.models.context} class="numbers">{formatContext(model.context_window)}</td>
      <td data-label={t.models.changed}>{formatDate(model.created * 1000)}</td>
      <td><Button label={model.kind === 'speech' ? t.models.listen : t.models.use} icon={model.kind === 'speech' ? 'speech' : 'chat'} onClick={() => use(model)} /></td>
    </tr>
  );
}

export function ModelsView() {
  const t = useTexts();
  const { list, loaded, failure } = useStore(models);
  const loading = list.some(({ state }) => state === 'loading');
  useEffect(() => void refreshModels(), []);
  useEffect(() => {
    if (!loading) return;
    const timer = setInterval(() => void refreshModels(), kLoadingStep);
    return () => clearInterval(timer);
  }, [loading]);
  return (
    <div class="page">
      <PageHead title={t.models.title} hint={t.models.hint}><Button icon="again" label={t.models.refresh} onClick={() => void refreshModels()} /></PageHead>
      {failure !== null && <Notice onRetry={() => void refreshModels()}>{explainFailure(failure, t)}</Notice>}
      {loaded && list.length === 0 && failure === null && <p class="empty">{t.models.none}</p>}
      {list.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              {[t.models.model, t.models.kind, t.models.state, t.models.context, t.models.changed].map((head) => <th key={head} scope="col" class={head === t.models.context ? 'numbers' : undefined}>{head}</th>)}
              <th scope="col"><span class="unseen">{t.files.actions}</span></th>
            </tr>
          </thead>
          <tbody>{list.map((model) => <Row key={model.id} model={model} />)}</tbody>
        </table>
      )}
    </div>
  );
}
