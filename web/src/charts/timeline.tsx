// Lines over the last minutes. The picture is for the eye; what it ends with stands beside it in words.
import { useEffect, useRef } from 'preact/hooks';

import { useTexts } from '../text';
import { formatClock, formatNumber } from '../text/format';
import type { Drawn } from './plot';

export interface Line {
  name: string;
  values: readonly (number | null)[];
}

interface TimelineProps {
  title: string;
  ages: readonly number[]; // seconds before now, one a value; the last is 0
  lines: readonly Line[];
  span: number;
  most?: number;
  format?: (value: number) => string;
}

export function Timeline({ title, ages, lines, span, most, format = (value) => formatNumber(value, 1) }: TimelineProps) {
  const t = useTexts();
  const host = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const names = lines.map(({ name }) => name);
  const data = useRef<[number[], ...(number | null)[][]]>([[]]);
  data.current = [ages.map((age) => -age), ...lines.map(({ values }) => [...values])];
  const key = JSON.stringify([names, span, most]);
  useEffect(() => {
    let wanted = true;
    void import('./lines').then(({ createLines }) => {
      if (!wanted || host.current === null) return;
      const formatAge = (seconds: number): string => (seconds === 0 ? t.live.now : formatClock(seconds));
      drawn.current = createLines(host.current, { names, span, most: most ?? null, formatValue: format, formatAge });
      drawn.current.setData(data.current);
    });
    return () => {
      wanted = false;
      drawn.current?.destroy();
      drawn.current = null;
    };
  }, [key, t]);
  useEffect(() => drawn.current?.setData(data.current));
  return (
    <figure class="chart">
      <figcaption><h2>{title}</h2></figcaption>
      <div ref={host} class="plot low" role="img" aria-label={t.live.picture(title)} />
      <ul class="legend">
        {lines.map(({ name, values }, i) => <li key={name}><i class={`swatch s${i}`} />{name}<b class="numbers">{values.at(-1) == null ? '–' : format(values.at(-1)!)}</b></li>)}
      </ul>
    </figure>
  );
}
