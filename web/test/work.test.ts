// Batches, adapters, charts, lines, and asking again: the parts without a page.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiFailure } from '../src/api/failure';
import { linesOf } from '../src/api/lines';
import type { Batch } from '../src/api/types';
import { largest, stack, totals } from '../src/charts/series';
import { kFirstDelay, kLastDelay, laterThan, Poller } from '../src/state/poller';
import { fieldOfParam, initialSettings } from '../src/state/settings';
import { adapterFileProblem, isBase, nameFrom, nameProblem } from '../src/views/adapters/adapter_checks';
import { batchFileProblem, readMetadata, windowProblem } from '../src/views/batches/batch_checks';
import { canCancel, endOf, isUnended, join } from '../src/views/batches/batch_list';
import { numbersOf, readFailedLine } from '../src/views/batches/failed_lines';
import { byDayAnd } from '../src/views/usage/sums';

describe('what is typed to order a batch', () => {
  const windows: [string, boolean][] = [
    ['24h', true], ['168h', true], ['1d', true], ['7d', true], [' 48h ', true], ['23h', false], ['169h', false], ['8d', false], ['0d', false],
    ['1.5d', false], ['24H', false], ['24', false], ['', false], ['99999h', false], ['-1d', false],
  ];
  for (const [typed, good] of windows) it(`window ${JSON.stringify(typed)}`, () => expect(windowProblem(typed)).toBe(good ? undefined : 'window'));

  const long = (length: number): string => 'é'.repeat(length / 2);
  const metadata: [string, string | undefined][] = [
    ['', undefined], ['{"a":"b"}', undefined], ['{', 'notJson'], ['[]', 'notObject'], ['null', 'notObject'], ['{"a":1}', 'notTexts'],
    [JSON.stringify(Object.fromEntries(Array.from({ length: 17 }, (_, i) => [i, '']))), 'tooManyKeys'],
    [JSON.stringify({ [long(64)]: '' }), undefined], [JSON.stringify({ [long(66)]: '' }), 'longKey'],
    [JSON.stringify({ a: long(512) }), undefined], [JSON.stringify({ a: long(514) }), 'longValue'],
  ];
  for (const [typed, problem] of metadata) it(`metadata ${typed.slice(0, 20)}`, () => expect(readMetadata(typed).problem).toBe(problem));

  it('names of files', () => {
    expect(batchFileProblem({ name: 'a.jsonl', size: 1 })).toBeUndefined();
    expect(batchFileProblem({ name: 'a.json', size: 1 })).toBe('badName');
    expect(batchFileProblem({ name: 'a.jsonl', size: 0 })).toBe('emptyFile');
    expect(['a.zip', 'a.GGUF', 'a.gguf.txt', 'zip'].map((name) => adapterFileProblem({ name, size: 1 }))).toEqual([undefined, undefined, 'badFile', 'badFile']);
    expect(adapterFileProblem({ name: 'a.zip', size: 0 })).toBe('emptyFile');
  });

  it('names of adapters', () => {
    expect(['a', 'A.b_c-1', '', 'a b', 'a/b', 'x'.repeat(65)].map(nameProblem)).toEqual([undefined, undefined, 'badName', 'badName', 'badName', 'badName']);
    for (const name of ['my adapter (2).zip', `${'x'.repeat(99)}.gguf`, 'ä.zip']) expect(nameProblem(nameFrom(name))).toBeUndefined();
    expect([{ id: 'ft:a:b/c-1', kind: 'text' }, { id: 'w', kind: 'speech' }, { id: 'a', kind: 'text' }].map(isBase)).toEqual([false, false, true]);
  });
});

describe('the list of batches', () => {
  const batch = (id: string, status: Batch['status'] = 'completed'): Batch => ({ id, status } as Batch);

  it('has each once, as it was told last, the newest first', () => {
    const first = { data: [batch('4'), batch('3')], has_more: true };
    expect(join({ first, again: [batch('1', 'cancelled')] }, [batch('3', 'in_progress'), batch('2'), batch('1', 'in_progress')])).toEqual([
      batch('4'), batch('3'), batch('2'), batch('1', 'cancelled'),
    ]);
  });

  it('knows what goes on', () => {
    const all: Batch['status'][] = ['validating', 'in_progress', 'finalizing', 'completed', 'failed', 'expired', 'cancelling', 'cancelled'];
    expect(all.filter((status) => isUnended({ status }))).toEqual(['validating', 'in_progress', 'finalizing', 'cancelling']);
    expect(all.filter((status) => canCancel({ status }))).toEqual(['validating', 'in_progress']);
    expect(endOf({ completed_at: null, failed_at: 5, expired_at: null, cancelled_at: null } as Batch)).toBe(5);
  });
});

describe('a line that failed', () => {
  const answer = (status: number, error: object) => JSON.stringify({ id: 'x', custom_id: 'a', response: { status_code: status, request_id: 'r', body: { error } }, error: null });
  const rows: [string, string, string | undefined][] = [
    [answer(400, { message: 'hot', param: 'temperature' }), 'body', 'hot'],
    [answer(404, { message: 'no', code: 'model_not_found' }), 'model', 'no'],
    [answer(403, { message: 'no' }), 'forbidden', 'no'], [answer(413, { message: 'no' }), 'tooLarge', 'no'],
    [answer(429, { message: 'no' }), 'busy', 'no'], [answer(498, { message: 'no' }), 'busy', 'no'], [answer(503, { message: 'no' }), 'busy', 'no'],
    [answer(500, { message: 'no' }), 'server', 'no'],
    [JSON.stringify({ custom_id: 'a', response: { status_code: 502, body: 'x' }, error: null }), 'server', '502'],
    [JSON.stringify({ custom_id: 'a', response: null, error: { code: 'batch_expired', message: 'late' } }), 'expired', 'late'],
    [JSON.stringify({ custom_id: 'a', response: null, error: { code: 'batch_cancelled', message: 'late' } }), 'cancelled', 'late'],
    [JSON.stringify({ custom_id: 'a', response: null, error: { code: 'invalid_method', message: 'GET' } }), 'invalid_method', 'GET'],
  ];
  for (const [text, advice, message] of rows) it(`leads to ${advice}: ${text.slice(0, 60)}`, () => expect(readFailedLine(text)).toMatchObject({ customId: 'a', advice, message }));
  for (const text of ['', '{', 'null', '[]', '{"custom_id":1}']) it(`is none: ${text}`, () => expect(readFailedLine(text)).toBeNull());

  it('is found by its id, which may be spelt in many ways', async () => {
    async function* lines() {
      yield '{"method":"POST","custom_id" : "a\\"b"}';
      yield '{"custom_id":"\\u00e9"}';
      yield 'not JSON';
      yield '{"custom_id":"c"}';
      throw new Error('read too far');
    }
    expect(await numbersOf(lines(), new Set(['a"b', 'é', 'c']))).toEqual(new Map([['a"b', 1], ['é', 2], ['c', 4]]));
  });
});

describe('lines', () => {
  const bytes = new TextEncoder().encode('aé\n\nb\nlast');
  const streamed = (pieces: Uint8Array[]) => new ReadableStream<Uint8Array>({ start: (out) => { pieces.forEach((piece) => out.enqueue(piece)); out.close(); } });
  const all = async (stream: ReadableStream<Uint8Array>, most?: number) => {
    const found: string[] = [];
    for await (const line of linesOf(stream, most)) found.push(line);
    return found;
  };

  it('are the same however they are cut', async () => {
    for (let at = 0; at <= bytes.length; ++at) expect(await all(streamed([bytes.slice(0, at), bytes.slice(at)]))).toEqual(['aé', '', 'b', 'last']);
  });

  it('end where one has no end', async () => {
    expect(await all(streamed([new TextEncoder().encode('a\n'), new Uint8Array(50).fill(65), new Uint8Array(50)]), 20)).toEqual(['a']);
  });
});

describe('charts', () => {
  const series = [{ name: 'a', values: [1, 0] }, { name: 'b', values: [5, 5] }, { name: 'c', values: [2, 1] }, { name: 'd', values: [0, 3] }];

  it('stack up to the total', () => {
    expect(stack(series)).toEqual([[1, 0], [6, 5], [8, 6], [8, 9]]);
    expect(totals(series)).toEqual([8, 9]);
    expect(totals([])).toEqual([]);
    expect(series[0]!.values).toEqual([1, 0]);
  });

  it('keep the largest, and nothing is lost', () => {
    const few = largest(series, 3, 'others');
    expect(few.map(({ name }) => name)).toEqual(['b', 'c', 'others']);
    expect(totals(few)).toEqual(totals(series));
    expect(largest(series, 4, 'others').map(({ name }) => name)).toEqual(['b', 'c', 'd', 'a']);
  });

  it('have a value for each day and key', () => {
    const row = (day: string, key: string, requests: number) => ({ day, key, requests, errors: 0, prompt_tokens: 0, cached_tokens: 0, completion_tokens: 0, audio_seconds: 0 });
    const rows = [row('2026-01-01', 'k', 1), row('2026-01-03', 'k', 2), row('2026-01-03', 'l', 4), row('2026-01-03', 'k', 8)];
    expect(byDayAnd(rows, ({ key }) => key!, ['2026-01-01', '2026-01-02', '2026-01-03'], 'requests')).toEqual([
      { name: 'k', values: [1, 0, 10] }, { name: 'l', values: [0, 0, 4] },
    ]);
  });
});

describe('what the server refuses', () => {
  const settings = { ...initialSettings(), format: 'regex' as const, tools: [{ id: 't', name: 'f', description: '', parameters: '', answer: 'manual' as const, script: '' }] };
  const rows: [string, string | null][] = [
    ['temperature', 'temperature'], ['stop[2]', 'stop'], ['logit_bias.7', 'logitBias'], ['response_format.regex', 'pattern'], ['tools[0].function.parameters.type', 'tool.t.parameters'],
    ['tools.0.function.name', 'tool.t.name'], ['tools[7].function.name', null], ['messages', null], ['stopped', null],
  ];
  for (const [param, field] of rows) it(`${param} belongs to ${field}`, () => expect(fieldOfParam(param, settings)).toBe(field));
});

describe('asking again', () => {
  let hidden = false;
  const show = (shown: boolean): void => {
    hidden = !shown;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const flush = () => vi.advanceTimersByTimeAsync(0);
  let polls: Poller<number>[] = [];
  const poll = (answers: (number | Error)[], goesOn: (value: number) => boolean = () => true) => {
    const asked: number[] = [];
    const told: unknown[] = [];
    const poller = new Poller<number>({
      ask: async () => {
        asked.push(Date.now());
        const answer = answers[Math.min(asked.length, answers.length) - 1]!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      goesOn, onValue: (value) => told.push(value), onFailure: (error) => told.push(error),
    });
    polls.push(poller);
    return { poller, asked, told };
  };
  const gaps = (asked: number[]): number[] => asked.slice(1).map((at, i) => at - asked[i]!);

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  });
  afterEach(() => {
    polls.forEach((each) => each.stop());
    polls = [];
    hidden = false;
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('is soon after a change, and later each time without one, up to a limit', async () => {
    const { asked } = poll([1, 2, 2, 2, 3, 3]);
    await vi.advanceTimersByTimeAsync(200_000);
    const expected = [kFirstDelay, kFirstDelay, laterThan(kFirstDelay), laterThan(laterThan(kFirstDelay)), kFirstDelay];
    expect(gaps(asked).slice(0, 5)).toEqual(expected);
    expect(gaps(asked).at(-1)).toBe(kLastDelay);
  });

  it('ends when there is nothing to wait for, until it is asked for', async () => {
    const { poller, asked, told } = poll([1, 0, 5], (value) => value > 0);
    await vi.advanceTimersByTimeAsync(100_000);
    expect([asked.length, told]).toEqual([2, [1, 0]]);
    show(false);
    show(true);
    await flush();
    expect(asked.length).toBe(2);
    poller.now();
    await flush();
    expect(told).toEqual([1, 0, 5]);
  });

  it('rests while the page is hidden', async () => {
    const { asked } = poll([1]);
    await flush();
    show(false);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(asked.length).toBe(1);
    show(true);
    await flush();
    expect(asked.length).toBe(2);
  });

  it('goes on after a server that was gone, but not after one that refused', async () => {
    const gone = poll([1, new ApiFailure(0, {}), new ApiFailure(503, {}), 2]);
    const refused = poll([new ApiFailure(404, {})]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(gone.told.filter((each) => typeof each === 'number').slice(0, 2)).toEqual([1, 2]);
    expect(refused.asked.length).toBe(1);
    const before = gone.asked.length;
    dispatchEvent(new Event('online'));
    await flush();
    expect(gone.asked.length).toBe(before + 1);
  });

  it('is over when it is stopped, and a late answer is not told', async () => {
    const { poller, asked, told } = poll([1]);
    poller.stop();
    await vi.advanceTimersByTimeAsync(100_000);
    show(true);
    expect([asked.length, told]).toEqual([1, []]);
  });
});
