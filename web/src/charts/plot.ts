// uPlot, drawn in the colours of the page: bars over days, series on top of each other.
import 'uplot/dist/uPlot.min.css';

import uPlot from 'uplot';

import { kMaxSeries, stack, type Series } from './series';

export interface PlotOptions {
  days: readonly string[]; // 2026-01-31
  series: readonly Series[];
  formatValue: (value: number) => string;
  formatDay: (day: string) => string;
  onDay: (index: number | null) => void; // under the pointer
}

export interface Plot {
  destroy(): void;
}

const kHeight = 220;
const kBarShare = 0.7;
const kMaxBar = 40; // pixels
const kBeside = 64; // pixels for the values
const kBelow = 28; // pixels for the days

// What a variable comes to in the look that the page has now.
export function colourOf(host: HTMLElement, variable: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${variable})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function build(host: HTMLElement, { days, series, formatValue, formatDay, onDay }: PlotOptions): uPlot {
  const stacked = stack(series);
  const line = colourOf(host, '--line');
  const soft = colourOf(host, '--soft');
  const bars = uPlot.paths.bars!({ size: [kBarShare, kMaxBar] });
  const font = `12px ${getComputedStyle(host).fontFamily}`;
  const axis: uPlot.Axis = { stroke: soft, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  // The highest is drawn first, the others over it.
  const order = series.map((_, i) => i).reverse();
  return new uPlot(
    {
      width: Math.max(1, host.clientWidth),
      height: kHeight,
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { time: false, range: [-0.5, days.length - 0.5] }, y: { range: (_, __, most) => [0, most > 0 ? most * 1.05 : 1] } },
      axes: [
        { ...axis, size: kBelow, grid: { show: false }, incrs: [1, 2, 7, 14, 28, 91], values: (_, at) => at.map((i) => (Number.isInteger(i) && days[i] !== undefined ? formatDay(days[i]) : '')) },
        { ...axis, size: kBeside, values: (_, at) => at.map(formatValue) },
      ],
      series: [{}, ...order.map((i) => ({ label: series[i]!.name, fill: colourOf(host, `--series-${i % kMaxSeries}`), width: 0, paths: bars, points: { show: false } }))],
      hooks: { setCursor: [(plot: uPlot) => onDay(plot.cursor.idx ?? null)] },
    },
    [days.map((_, i) => i), ...order.map((i) => stacked[i]!)],
    host,
  );
}

export const createPlot = (host: HTMLElement, options: PlotOptions): Plot => keepDrawn(host, kHeight, () => build(host, options));

export interface Drawn extends Plot {
  setData(data: uPlot.AlignedData): void;
}

// What `draw` draws, in the width of its host and the colours of the page, whatever becomes of them.
export function keepDrawn(host: HTMLElement, height: number, draw: () => uPlot): Drawn {
  let plot = draw();
  const again = (): void => {
    const { data } = plot;
    plot.destroy();
    plot = draw();
    plot.setData(data);
  };
  const size = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientWidth !== plot.width) plot.setSize({ width: host.clientWidth, height });
  });
  size.observe(host);
  // Canvases keep their colours when the look changes.
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', again);
  const look = new MutationObserver(again);
  look.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return {
    setData: (data) => plot.setData(data),
    destroy() {
      size.disconnect();
      look.disconnect();
      dark.removeEventListener('change', again);
      plot.destroy();
    },
  };
}
