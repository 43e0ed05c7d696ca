// Values by day, a colour a series: a picture, what is under the pointer in words, and all of it as a table, which is
// also what there is until the drawing part has come.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { useTexts } from '../text';
import { formatDay, formatNumber } from '../text/format';
import type { Plot } from './plot';
import { totals, type Series } from './series';

interface TimeSeriesProps {
  title: string;
  days: readonly string[];
  series: readonly Series[]; // each with a value a day
}

function Legend({ series, at }: { series: readonly Series[]; at: number | null }) {
  if (series.length < 2) return null;
  return (
    <ul class="legend">
      {series.map(({ name, values }, i) => (
        <li key={name}><i class={`swatch s${i}`} />{name}{at !== null && <b class="numbers">{formatNumber(values[at] ?? 0)}</b>}</li>
      ))}
    </ul>
  );
}

function DayTable({ title, days, series }: TimeSeriesProps) {
  const t = useTexts();
  const sums = totals(series);
  const several = series.length > 1;
  return (
    <div class="wide-table" tabIndex={0} role="group" aria-label={title}>
      <table class="plain-table">
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.usage.day}</th>
            {series.map(({ name }) => <th key={name} scope="col" class="numbers">{name}</th>)}
            {several && <th scope="col" class="numbers">{t.charts.total}</th>}
          </tr>
        </thead>
        <tbody>
          {days.map((day, i) => (sums[i] ?? 0) > 0 && (
            <tr key={day}>
              <th scope="row">{formatDay(day)}</th>
              {series.map(({ name, values }) => <td key={name} class="numbers">{formatNumber(values[i] ?? 0)}</td>)}
              {several && <td class="numbers">{formatNumber(sums[i] ?? 0)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function TimeSeries({ title, days, series }: TimeSeriesProps) {
  const t = useTexts();
  const host = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const [drawn, setDrawn] = useState(false);
  const key = useMemo(() => JSON.stringify([days, series]), [days, series]);
  useEffect(() => {
    let plot: Plot | null = null;
    let wanted = true;
    import('./plot').then(
      ({ createPlot }) => {
        if (!wanted || host.current === null) return;
        plot = createPlot(host.current, { days, series, formatValue: (value) => formatNumber(value, 1), formatDay, onDay: setAt });
        setDrawn(true);
      },
      () => setDrawn(false),
    );
    return () => {
      wanted = false;
      plot?.destroy();
    };
  }, [key, t]);
  const sums = totals(series);
  return (
    <figure class="chart">
      <figcaption>
        <h2>{title}</h2>
        <p class="hint numbers">{at !== null && days[at] !== undefined ? t.charts.onDay(formatDay(days[at]), formatNumber(sums[at] ?? 0)) : t.charts.sum(formatNumber(sums.reduce((a, b) => a + b, 0)))}</p>
      </figcaption>
      <div ref={host} class="plot" role="img" aria-label={t.charts.picture(title)} />
      <Legend series={series} at={at} />
      <details class="fold" open={!drawn}>
        <summary>{t.charts.table}</summary>
        <DayTable title={title} days={days} series={series} />
      </details>
    </figure>
  );
}
