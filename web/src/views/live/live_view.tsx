import type { Live, LiveModel, LiveRequest } from '../../api/admin';
import { Timeline } from '../../charts/timeline';
import { kMaxSeries } from '../../charts/series';
import { AdminFailure } from '../../components/admin_only';
import { Notice } from '../../components/notice';
import { useTexts } from '../../text';
import { formatBytes, formatClock, formatNumber, formatPercent } from '../../text/format';
import { PageHead } from '../page_head';
import { MemoryBar } from '../models/memory_bar';
import { agesOf, kSpan, kvShares } from './history';
import { useLive } from './use_live';

function Figures({ now }: { now: Live }) {
  const t = useTexts();
  const list: [string, string][] = [
    [t.live.generated, formatNumber(now.generated_tokens_per_second, 1)], [t.live.prompt, formatNumber(now.prompt_tokens_per_second, 1)],
    [t.live.running, formatNumber(now.requests.running)], [t.live.queued, formatNumber(now.requests.queued)],
  ];
  return <dl class="figures">{list.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function ModelRow({ model }: { model: LiveModel }) {
  const t = useTexts();
  const blocks = model.kv_blocks;
  return (
    <tr>
      <th scope="row"><code>{model.id}</code></th>
      <td data-label={t.live.state}><span class={`state ${model.state}`}>{t.manage.states[model.state]}</span></td>
      <td data-label={t.live.inUse} class="numbers">{formatNumber(model.in_use)}</td>
      <td data-label={t.live.queued} class="numbers">{formatNumber(model.waiting + model.queued)}</td>
      <td data-label={t.live.kv} class="numbers">{blocks === null ? '' : t.live.kvOf(formatNumber(blocks.used), formatNumber(blocks.total))}</td>
      <td data-label={t.live.prompt} class="numbers">{formatNumber(model.prompt_tokens_per_second, 1)}</td>
      <td data-label={t.live.generated} class="numbers">{formatNumber(model.generated_tokens_per_second, 1)}</td>
      <td data-label={t.live.memory} class="numbers">{formatBytes(model.memory_bytes)}</td>
    </tr>
  );
}

function Models({ list }: { list: LiveModel[] }) {
  const t = useTexts();
  const heads = [t.live.inUse, t.live.queued, t.live.kv, t.live.prompt, t.live.generated, t.live.memory];
  return (
    <section>
      <h2>{t.live.models}</h2>
      {list.length === 0 ? <p class="hint">{t.live.noModels}</p> : (
        <table class="table">
          <thead><tr><th scope="col">{t.live.model}</th><th scope="col">{t.live.state}</th>{heads.map((head) => <th key={head} scope="col" class="numbers">{head}</th>)}</tr></thead>
          <tbody>{list.map((model) => <ModelRow key={model.id} model={model} />)}</tbody>
        </table>
      )}
    </section>
  );
}

function RequestRow({ request }: { request: LiveRequest }) {
  const t = useTexts();
  return (
    <tr>
      <th scope="row"><code>{request.id}</code></th>
      <td data-label={t.live.model}><code>{request.model}</code></td>
      <td data-label={t.live.endpoint}><code>{request.endpoint}</code></td>
      <td data-label={t.live.tier}>{request.tier}</td>
      <td data-label={t.live.key}><code>{request.key || t.live.noKey}</code></td>
      <td data-label={t.live.age} class="numbers">{formatClock(request.age_seconds)}</td>
      <td data-label={t.live.read} class="numbers">{formatNumber(request.prompt_tokens)}</td>
      <td data-label={t.live.written} class="numbers">{formatNumber(request.generated_tokens)}</td>
    </tr>
  );
}

function Requests({ list }: { list: LiveRequest[] }) {
  const t = useTexts();
  return (
    <section>
      <h2>{t.live.list}</h2>
      {list.length === 0 ? <p class="hint">{t.live.noRequests}</p> : (
        <table class="table">
          <thead>
            <tr>
              {[t.live.request, t.live.model, t.live.endpoint, t.live.tier, t.live.key].map((head) => <th key={head} scope="col">{head}</th>)}
              {[t.live.age, t.live.read, t.live.written].map((head) => <th key={head} scope="col" class="numbers">{head}</th>)}
            </tr>
          </thead>
          <tbody>{list.map((request) => <RequestRow key={request.id} request={request} />)}</tbody>
        </table>
      )}
    </section>
  );
}

function Charts({ history }: { history: Live[] }) {
  const t = useTexts();
  const ages = agesOf(history);
  const shares = kvShares(history).slice(0, kMaxSeries);
  const line = (name: string, of: (picture: Live) => number): { name: string; values: number[] } => ({ name, values: history.map(of) });
  return (
    <div class="charts">
      <Timeline
        title={t.live.tokens} ages={ages} span={kSpan}
        lines={[line(t.live.generated, (now) => now.generated_tokens_per_second), line(t.live.prompt, (now) => now.prompt_tokens_per_second)]}
      />
      <Timeline
        title={t.live.requests} ages={ages} span={kSpan} format={(value) => formatNumber(value)}
        lines={[line(t.live.running, (now) => now.requests.running), line(t.live.queued, (now) => now.requests.queued)]}
      />
      {shares.length > 0 && <Timeline title={t.live.kvChart} ages={ages} span={kSpan} most={1} format={formatPercent} lines={shares} />}
    </div>
  );
}

export function LiveView() {
  const t = useTexts();
  const { history, lost, failure, again } = useLive();
  const now = history.at(-1);
  return (
    // To be scrolled by keys, too: there may be nothing else in it to go to.
    <div class="page" tabIndex={0} role="region" aria-label={t.live.title}>
      <PageHead title={t.live.title} hint={t.live.hint} />
      <AdminFailure failure={failure} what={t.live.only} again={again} />
      {failure === null && lost && <Notice>{t.live.lost}</Notice>}
      {failure === null && now === undefined && <p class="loading" role="status">{t.live.waiting}</p>}
      {failure === null && now !== undefined && (
        <>
          <Figures now={now} />
          <Charts history={history} />
          <MemoryBar memory={now.memory} />
          <Models list={now.models} />
          <Requests list={now.running} />
        </>
      )}
    </div>
  );
}
