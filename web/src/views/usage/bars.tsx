import { formatNumber } from '../../text/format';

interface BarsProps {
  title: string;
  values: readonly (readonly [string, number])[];
}

const kWidth = 720;
const kHeight = 130;
const kFoot = 18;

// One bar a day. The table below says the same in numbers, so a reader is told what it is and no more.
export function Bars({ title, values }: BarsProps) {
  const most = Math.max(1, ...values.map(([, value]) => value));
  const step = kWidth / Math.max(1, values.length);
  const width = Math.max(1, Math.min(28, step * 0.7));
  const height = (value: number): number => (value / most) * (kHeight - kFoot - 14);
  return (
    <figure class="bars">
      <svg viewBox={`0 0 ${kWidth} ${kHeight}`} role="img" aria-label={title}>
        <text x="0" y="10" class="bars-most">{formatNumber(most)}</text>
        <line x1="0" x2={kWidth} y1={kHeight - kFoot} y2={kHeight - kFoot} />
        {values.map(([day, value], i) => (
          <rect key={day} x={i * step + (step - width) / 2} y={kHeight - kFoot - height(value)} width={width} height={height(value)} rx="2">
            <title>{`${day}: ${formatNumber(value)}`}</title>
          </rect>
        ))}
        {values.length > 0 && <text x="0" y={kHeight - 4}>{values[0]![0]}</text>}
        {values.length > 1 && <text x={kWidth} y={kHeight - 4} text-anchor="end">{values.at(-1)![0]}</text>}
      </svg>
      <figcaption class="unseen">{title}</figcaption>
    </figure>
  );
}
