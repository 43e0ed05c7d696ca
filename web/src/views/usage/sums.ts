// What was used, added up as the view shows it.
import type { UsageSum } from '../../api/types';
import type { Series } from '../../charts/series';

export type Measure = 'completion_tokens' | 'prompt_tokens' | 'requests' | 'audio_seconds';
export const measures: readonly Measure[] = ['completion_tokens', 'prompt_tokens', 'requests', 'audio_seconds'];

export type Totals = Pick<UsageSum, 'requests' | 'errors' | 'prompt_tokens' | 'cached_tokens' | 'completion_tokens' | 'audio_seconds'>;

const kNames = ['requests', 'errors', 'prompt_tokens', 'cached_tokens', 'completion_tokens', 'audio_seconds'] as const;

export function add(a: Totals, b: Totals): Totals {
  return Object.fromEntries(kNames.map((name) => [name, a[name] + b[name]])) as unknown as Totals;
}

const nothing = (): Totals => Object.fromEntries(kNames.map((name) => [name, 0])) as unknown as Totals;

export function groupBy(rows: readonly UsageSum[], of: (row: UsageSum) => string): Map<string, Totals> {
  const groups = new Map<string, Totals>();
  for (const row of rows) groups.set(of(row), add(groups.get(of(row)) ?? nothing(), row));
  return groups;
}

export const total = (rows: readonly UsageSum[]): Totals => rows.reduce<Totals>(add, nothing());

const kDay = 86_400_000;
const kMaxDays = 400;
const kDate = /^\d{4}-\d{2}-\d{2}$/;

export const isDate = (text: string): boolean => kDate.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

export const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

// Every day from the first to the last, whether something was used on it or not.
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && days.length < kMaxDays; at += kDay) days.push(dayOf(at));
  return days;
}

// What was used on each of these days, a series for each of what `of` tells rows apart by.
export function byDayAnd(rows: readonly UsageSum[], of: (row: UsageSum) => string, days: readonly string[], measure: Measure): Series[] {
  const names = [...new Set(rows.map(of))];
  return names.map((name) => {
    const sums = groupBy(rows.filter((row) => of(row) === name), ({ day }) => day ?? '');
    return { name, values: days.map((day) => sums.get(day)?.[measure] ?? 0) };
  });
}
