// Series of values over the same days, as charts need them.

export interface Series {
  name: string;
  values: readonly number[];
}

export const kMaxSeries = 6; // as many colours there are: --series-0 and so on

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

// The series with the most, so many of them; the rest added up as one, called `others`.
export function largest(all: readonly Series[], most: number, others: string): Series[] {
  const sorted = [...all].sort((a, b) => sum(b.values) - sum(a.values));
  if (sorted.length <= most) return sorted;
  const rest = sorted.slice(most - 1);
  const values = (rest[0]?.values ?? []).map((_, i) => sum(rest.map((each) => each.values[i] ?? 0)));
  return [...sorted.slice(0, most - 1), { name: others, values }];
}

// Each series on top of those before it: the last one is the total.
export function stack(all: readonly Series[]): number[][] {
  const below: number[] = [];
  return all.map(({ values }) => values.map((value, i) => (below[i] = (below[i] ?? 0) + value)));
}

export const totals = (all: readonly Series[]): number[] => stack(all).at(-1) ?? [];
