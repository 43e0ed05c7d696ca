import { useState } from 'preact/hooks';

import { getJson, kApi } from '../../api/client';
import type { UsageSum } from '../../api/types';
import { kMaxSeries, largest, type Series } from '../../charts/series';
import { TimeSeries } from '../../charts/time_series';
import { Button } from '../../components/button';
import { SelectField, TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { useTexts, type Texts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatNumber } from '../../text/format';
import { PageHead } from '../page_head';
import { useRequest } from '../use_request';
import { byDayAnd, dayOf, daysBetween, groupBy, isDate, measures, total, type Measure, type Totals } from './sums';

interface Span {
  from: string;
  to: string;
}

const kDays = 29 * 86_400_000;
const lastMonth = (): Span => ({ from: dayOf(Date.now() - kDays), to: dayOf(Date.now()) });

const ask = async ({ from, to }: Span): Promise<UsageSum[]> =>
  (await getJson<{ data: UsageSum[] }>(`${kApi}/usage?from=${from}&to=${to}&by=day,key,model`)).data;

const measureNames = (t: Texts): Record<Measure, string> => ({
  completion_tokens: t.usage.completion, prompt_tokens: t.usage.prompt, requests: t.usage.requests, audio_seconds: `${t.usage.audio} (${t.usage.seconds})`,
});

type Split = 'key' | 'model' | 'none';
const splits: readonly Split[] = ['key', 'model', 'none'];

function titleOf(measure: Measure, split: Split, t: Texts): string {
  const by = { key: t.usage.byDayAndKey, model: t.usage.byDayAndModel, none: t.usage.byDay }[split];
  return `${measureNames(t)[measure]}, ${by.toLowerCase()}`;
}

function seriesOf(rows: readonly UsageSum[], span: Span, measure: Measure, split: Split, t: Texts): Series[] {
  const of = { key: (row: UsageSum) => row.key || t.usage.noKey, model: (row: UsageSum) => row.model ?? '', none: () => t.charts.total }[split];
  return largest(byDayAnd(rows, of, daysBetween(span.from, span.to), measure), kMaxSeries, t.charts.others);
}

function Figures({ sums }: { sums: Totals }) {
  const t = useTexts();
  const list: [string, number, string?][] = [
    [t.usage.requests, sums.requests, sums.errors > 0 ? `${t.usage.errors}: ${formatNumber(sums.errors)}` : undefined],
    [t.usage.prompt, sums.prompt_tokens, `${t.usage.cached}: ${formatNumber(sums.cached_tokens)}`],
    [t.usage.completion, sums.completion_tokens],
    [`${t.usage.audio} (${t.usage.seconds})`, sums.audio_seconds],
  ];
  return <dl class="figures">{list.map(([name, value, note]) => <div key={name}><dt>{name}</dt><dd>{formatNumber(value)}</dd>{note && <dd class="hint">{note}</dd>}</div>)}</dl>;
}

function Sums({ title, groups }: { title: string; groups: Map<string, Totals> }) {
  const t = useTexts();
  const rows = [...groups].sort(([, a], [, b]) => b.completion_tokens - a.completion_tokens || b.requests - a.requests);
  return (
    <section>
      <h2>{title}</h2>
      <table class="table">
        <thead><tr><th scope="col">{title}</th>{[t.usage.requests, t.usage.errors, t.usage.prompt, t.usage.cached, t.usage.completion, t.usage.audio].map((head) => <th key={head} scope="col" class="numbers">{head}</th>)}</tr></thead>
        <tbody>
          {rows.map(([name, sums]) => (
            <tr key={name}>
              <th scope="row"><code>{name || t.usage.noKey}</code></th>
              {([['requests', t.usage.requests], ['errors', t.usage.errors], ['prompt_tokens', t.usage.prompt], ['cached_tokens', t.usage.cached], ['completion_tokens', t.usage.completion], ['audio_seconds', t.usage.audio]] as const).map(([field, label]) => (
                <td key={field} data-label={label} class="numbers">{formatNumber(sums[field])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function UsageView() {
  const t = useTexts();
  const [span, setSpan] = useState(lastMonth);
  const [typed, setTyped] = useState(span);
  const [split, setSplit] = useState<Split>('key');
  const [measure, setMeasure] = useState<Measure>('completion_tokens');
  const { value: rows, failure, again } = useRequest(() => ask(span), `${span.from} ${span.to}`);
  const fromProblem = isDate(typed.from) ? undefined : t.problems.date;
  const toProblem = !isDate(typed.to) ? t.problems.date : typed.to < typed.from ? t.problems.dateOrder : undefined;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (fromProblem === undefined && toProblem === undefined) {
      setSpan(typed);
      again();
    }
  };
  const names = measureNames(t);
  return (
    <div class="page">
      <PageHead title={t.usage.title} />
      <form class="row fields" onSubmit={submit} noValidate>
        <TextField label={t.usage.from} type="date" value={typed.from} problem={fromProblem} onInput={(from) => setTyped({ ...typed, from })} />
        <TextField label={t.usage.to} type="date" value={typed.to} problem={toProblem} onInput={(to) => setTyped({ ...typed, to })} />
        <SelectField label={t.usage.measure} value={measure} options={measures.map((name) => [name, names[name]] as const)} onChange={setMeasure} />
        <SelectField label={t.charts.split} value={split} options={splits.map((name) => [name, t.charts.splits[name]] as const)} onChange={setSplit} />
        <Button submit label={t.usage.show} />
      </form>
      {failure !== null && <Notice onRetry={again}>{failure.status === 403 ? t.failures.admin : failure.status === 404 ? t.usage.notServed : explainFailure(failure, t)}</Notice>}
      {rows !== null && rows.length === 0 && <p class="empty">{t.usage.none}</p>}
      {rows !== null && rows.length > 0 && (
        <>
          <Figures sums={total(rows)} />
          <TimeSeries title={titleOf(measure, split, t)} days={daysBetween(span.from, span.to)} series={seriesOf(rows, span, measure, split, t)} />
          <Sums title={t.usage.byModel} groups={groupBy(rows, (row) => row.model ?? '')} />
          <Sums title={t.usage.byKey} groups={groupBy(rows, (row) => row.key ?? '')} />
        </>
      )}
    </div>
  );
}
