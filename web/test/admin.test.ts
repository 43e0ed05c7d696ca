// The pure parts of the views of administration.
import { describe, expect, it } from 'vitest';

import type { Live, Pull } from '../src/api/admin';
import { ApiFailure } from '../src/api/failure';
import { agesOf, kSpan, kvShares, remember } from '../src/views/live/history';
import { checkKey, emptyKey, fieldOf, orderOf, scopesOf, type KeyFields } from '../src/views/keys/key_checks';
import { checkPull, isOver, leftOf, shareOf } from '../src/views/models/pull_checks';

const noon = Date.parse('2026-11-23T12:00:00Z');
const key = (more: Partial<KeyFields> = {}): KeyFields => ({ ...emptyKey(false), name: 'laptop', ...more });

describe('a key that is typed', () => {
  it('becomes an order', () => {
    const fields = key({ organisation: 'acme', all: false, parts: ['files', 'chat'], admin: true, models: 'llama-*\n a/b , c\n\n', expires: '2027-01-31' });
    fields.limits = { ...fields.limits, requests_per_minute: '60', tokens_per_day: '0' };
    expect(checkKey(fields, false, noon)).toEqual({});
    expect(orderOf(fields)).toEqual({
      name: 'laptop', organisation: 'acme', scopes: ['chat', 'files', 'admin'], models: ['llama-*', 'a/b', 'c'],
      limits: { requests_per_minute: 60, tokens_per_day: 0 }, expires_at: Date.parse('2027-01-31') / 1000,
    });
  });

  it('opens everything but administration unless it is said', () => {
    expect(scopesOf(key())).toEqual(['all']);
    expect(scopesOf(key({ admin: true }))).toEqual(['all', 'admin']);
    expect(scopesOf(key({ all: false, admin: true }))).toEqual(['admin']);
    expect(orderOf(key())).toMatchObject({ models: [], limits: {}, expires_at: null });
  });

  it.each([
    ['name', key({ name: '' }), 'badName'],
    ['name', key({ name: '   ' }), 'badName'],
    ['name', key({ name: 'x'.repeat(65) }), 'badName'],
    ['name', key({ name: 'Schlüssel' }), 'badName'],
    ['organisation', key({ organisation: 'a b' }), 'badOrganisation'],
    ['organisation', key({ organisation: '' }), 'badOrganisation'],
    ['scopes', key({ all: false }), 'noScope'],
    ['models', key({ models: 'a b' }), 'badModel'],
    ['models', key({ models: 'fine\nfälsch' }), 'badModel'],
    ['expires_at', key({ expires: '2026-11-23' }), 'past'],
    ['expires_at', key({ expires: 'tomorrow' }), 'date'],
    ['requests_per_day', key({ limits: { ...key().limits, requests_per_day: '1.5' } }), 'notInteger'],
    ['requests_per_day', key({ limits: { ...key().limits, requests_per_day: '-1' } }), 'range'],
    ['tokens_per_day', key({ limits: { ...key().limits, tokens_per_day: '1000000000001' } }), 'range'],
  ] as const)('is wrong in its %s', (field, fields, kind) => {
    const problems = checkKey(fields, false, noon);
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]?.kind).toBe(kind);
  });

  it('is an administrator’s if it is the first', () => {
    expect(emptyKey(true).admin).toBe(true);
    expect(checkKey(key(), true, noon).scopes?.kind).toBe('needsAdmin');
    expect(checkKey(key({ admin: true }), true, noon)).toEqual({});
  });

  it('is refused beside the field that the server names', () => {
    const refusal = (param: string, status = 400): ApiFailure => new ApiFailure(status, { message: 'no', param });
    expect(fieldOf(refusal('scopes'))).toBe('scopes');
    expect(fieldOf(refusal('models[3]'))).toBe('models');
    expect(fieldOf(refusal('limits.tokens_per_day'))).toBe('tokens_per_day');
    expect(fieldOf(refusal('nothing'))).toBe(null);
    expect(fieldOf(refusal('name', 500))).toBe(null);
    expect(fieldOf(null)).toBe(null);
  });
});

describe('a pull', () => {
  const pull = (more: Partial<Pull>): Pull => ({ id: 'p', source: 'm', state: 'running', done_bytes: 0, total_bytes: 0, bytes_per_second: 0, created_at: 0, ended_at: null, ...more });

  it('names what it fetches', () => {
    expect(checkPull({ source: 'gpt-oss-20b', sha256: '' })).toEqual({});
    expect(checkPull({ source: ' ', sha256: '' })).toEqual({ source: 'noSource' });
    expect(checkPull({ source: 'x', sha256: ` ${'aB'.repeat(32)} ` })).toEqual({});
    expect(checkPull({ source: 'x', sha256: 'abc' })).toEqual({ sha256: 'badDigest' });
  });

  it('tells how far it is', () => {
    expect(shareOf(pull({}))).toBe(null);
    expect(shareOf(pull({ done_bytes: 25, total_bytes: 100 }))).toBe(0.25);
    expect(leftOf(pull({ done_bytes: 25, total_bytes: 100 }))).toBe(null);
    expect(leftOf(pull({ done_bytes: 25, total_bytes: 100, bytes_per_second: 25 }))).toBe(3000);
    expect(leftOf(pull({ done_bytes: 100, total_bytes: 100, bytes_per_second: 25 }))).toBe(null);
    expect(isOver(pull({ state: 'queued' }))).toBe(false);
    expect(isOver(pull({ state: 'cancelled' }))).toBe(true);
  });
});

describe('the last minutes', () => {
  const picture = (at: number, models: [string, number, number][] = []): Live => ({
    at, prompt_tokens_per_second: 0, generated_tokens_per_second: 0, requests: { running: 0, queued: 0 },
    memory: { limit_bytes: 0, used_bytes: 0, weights_bytes: 0, kv_cache_bytes: 0, scratch_bytes: 0, caches_bytes: 0 },
    models: models.map(([id, used, total]) => ({ id, state: 'ready', memory_bytes: 0, in_use: 0, waiting: 0, queued: 0, kv_blocks: { used, total, cached: 0 }, prompt_tokens_per_second: 0, generated_tokens_per_second: 0 })),
    running: [],
  });

  it('are kept, and no more', () => {
    let history: Live[] = [];
    for (let at = 0; at < 2 * kSpan; ++at) history = remember(history, picture(at));
    expect(history.length).toBe(kSpan + 1);
    expect(history.at(-1)?.at).toBe(2 * kSpan - 1);
    expect(agesOf(history)[0]).toBe(kSpan);
    expect(agesOf(history).at(-1)).toBe(0);
  });

  it('have each picture once, and begin anew when the clock was set back', () => {
    const history = remember(remember([], picture(5)), picture(5));
    expect(history.length).toBe(1);
    expect(remember(history, picture(3)).map(({ at }) => at)).toEqual([3]);
    expect(agesOf([])).toEqual([]);
  });

  it('show the KV cache by model, with a gap where it was not there', () => {
    const history = [picture(1, [['a', 1, 4]]), picture(2, [['b', 3, 4]]), picture(3, [['a', 2, 4], ['b', 0, 0]])];
    expect(kvShares(history)).toEqual([{ name: 'a', values: [0.25, null, 0.5] }, { name: 'b', values: [null, 0.75, null] }]);
  });
});
