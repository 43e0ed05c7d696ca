// A key as it is typed, what is wrong with it, and the order that it becomes.
import { limitNames, scopeNames, type KeyOrder, type LimitName, type ScopeName } from '../../api/admin';
import type { ApiFailure } from '../../api/failure';

export interface KeyFields {
  name: string;
  organisation: string;
  all: boolean;
  admin: boolean;
  parts: readonly ScopeName[]; // where not all
  models: string; // one a line
  limits: Record<LimitName, string>;
  expires: string; // 2026-01-31, or empty
}

const noLimits = (): Record<LimitName, string> => Object.fromEntries(limitNames.map((name) => [name, ''])) as Record<LimitName, string>;

// `first`: there are no keys yet.
export const emptyKey = (first: boolean): KeyFields => ({
  name: '', organisation: 'default', all: true, admin: first, parts: [], models: '', limits: noLimits(), expires: '',
});

export type KeyProblem =
  | { kind: 'badName' | 'badOrganisation' | 'noScope' | 'needsAdmin' | 'past' | 'date' | 'notInteger' | 'range' }
  | { kind: 'badModel'; name: string };

export type KeyField = 'name' | 'organisation' | 'scopes' | 'models' | 'expires_at' | LimitName;
export type KeyProblems = Partial<Record<KeyField, KeyProblem>>;

export const kMaxLimit = 1_000_000_000_000;
const kModelName = /^[!-~]{1,256}$/;
const kDate = /^\d{4}-\d{2}-\d{2}$/;

const linesOf = (text: string): string[] => text.split(/[\n,]/).map((line) => line.trim()).filter(Boolean);

export function scopesOf({ all, admin, parts }: KeyFields): ScopeName[] {
  return [...(all ? (['all'] as const) : scopeNames.filter((name) => parts.includes(name))), ...(admin ? (['admin'] as const) : [])];
}

function checkLimit(text: string): KeyProblem | undefined {
  if (text.trim() === '') return undefined;
  if (!/^-?\d+$/.test(text.trim())) return { kind: 'notInteger' };
  const value = Number(text);
  return value < 0 || value > kMaxLimit ? { kind: 'range' } : undefined;
}

function checkExpiry(text: string, now: number): KeyProblem | undefined {
  if (text === '') return undefined;
  if (!kDate.test(text) || Number.isNaN(Date.parse(text))) return { kind: 'date' };
  return Date.parse(text) <= now ? { kind: 'past' } : undefined;
}

export function checkKey(fields: KeyFields, first: boolean, now = Date.now()): KeyProblems {
  const problems: KeyProblems = {};
  const note = (field: KeyField, problem: KeyProblem | undefined): void => {
    if (problem !== undefined) problems[field] = problem;
  };
  if (!/^[ -~]{1,64}$/.test(fields.name) || fields.name.trim() === '') note('name', { kind: 'badName' });
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(fields.organisation)) note('organisation', { kind: 'badOrganisation' });
  if (scopesOf(fields).length === 0) note('scopes', { kind: 'noScope' });
  else if (first && !fields.admin) note('scopes', { kind: 'needsAdmin' });
  const strange = linesOf(fields.models).find((name) => !kModelName.test(name));
  if (strange !== undefined) note('models', { kind: 'badModel', name: strange });
  for (const name of limitNames) note(name, checkLimit(fields.limits[name]));
  note('expires_at', checkExpiry(fields.expires, now));
  return problems;
}

// Of fields without problems.
export function orderOf(fields: KeyFields): KeyOrder {
  const limits = limitNames.filter((name) => fields.limits[name].trim() !== '').map((name) => [name, Number(fields.limits[name])] as const);
  return {
    name: fields.name, organisation: fields.organisation, scopes: scopesOf(fields), models: linesOf(fields.models),
    limits: Object.fromEntries(limits), expires_at: fields.expires === '' ? null : Date.parse(fields.expires) / 1000,
  };
}

// The field that the server's refusal is about; nothing where it is about none.
export function fieldOf(failure: ApiFailure | null): KeyField | null {
  const param = failure?.status === 400 ? (failure.param ?? '') : '';
  const name = param.replace(/^limits\./, '').replace(/\[.*$/, '');
  return (['name', 'organisation', 'scopes', 'models', 'expires_at', ...limitNames] as const).find((field) => field === name) ?? null;
}
