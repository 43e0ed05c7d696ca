// uPlot, drawing lines over the last minutes that move as time does.
import uPlot from 'uplot';

import { colourOf, keepDrawn, type Drawn } from './plot';
import { kMaxSeries } from './series';

export interface LineOptions {
  names: readonly string[]; // of the lines
  span: number; // seconds shown
  most: number | null; // the top of the scale; null: what the lines reach
  formatValue: (value: number) => string;
  formatAge: (seconds: number) => string;
}

const kHeight = 180;
const kAxis = 64; // pixels beside the lines, for the values
const kLeast = 1; // a scale that shows nothing has this top

function build(host: HTMLElement, { names, span, most, formatValue, formatAge }: LineOptions): uPlot {
  const line = colourOf(host, '--line');
  const soft = colourOf(host, '--soft');
  const font = `12px ${getComputedStyle(host).fontFamily}`;
  const axis: uPlot.Axis = { stroke: soft, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return new uPlot(
    {
      width: Math.max(1, host.clientWidth),
      height: kHeight,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: [-span, 0] },
        y: { range: (_, __, reached) => [0, most ?? Math.max(kLeast, reached * 1.05)] },
      },
      axes: [
        { ...axis, grid: { show: false }, splits: () => Array.from({ length: 6 }, (_, i) => Math.round((-span * (5 - i)) / 5)), values: (_, at) => at.map((seconds) => formatAge(-seconds)) },
        { ...axis, size: kAxis, values: (_, at) => at.map(formatValue) },
      ],
      series: [{}, ...names.map((label, i) => ({ label, stroke: colourOf(host, `--series-${i % kMaxSeries}`), width: 2, points: { show: false } }))],
    },
    [[], ...names.map(() => [])],
    host,
  );
}

export const createLines = (host: HTMLElement, options: LineOptions): Drawn => keepDrawn(host, kHeight, () => build(host, options));
