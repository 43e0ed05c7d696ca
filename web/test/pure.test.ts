// Events, code, schemas, subtitles, sums, and texts.
import { describe, expect, it } from 'vitest';

import { EventParser } from '../src/api/sse';
import type { ChatRequest } from '../src/api/types';
import { sample, sampleKinds, toPython } from '../src/code/samples';
import { violations } from '../src/schema/validate';
import { Gathered } from '../src/state/generation';
import { de } from '../src/text/de';
import { en } from '../src/text/en';
import { spaced, toSrt, toVtt, withWords, wordAt } from '../src/views/speech/subtitles';
import { daysBetween, groupBy, isDate, total } from '../src/views/usage/sums';

describe('events', () => {
  const stream = ': hello\r\n\r\ndata: {"a":1}\n\nevent: error\ndata: x\ndata: y\n\ndata: [DONE]\n\n';
  const expected = [{ name: 'message', data: '{"a":1}' }, { name: 'error', data: 'x\ny' }, { name: 'message', data: '[DONE]' }];

  it('are the same however they are cut', () => {
    const text = stream.replaceAll('\r\n', '\n');
    for (let at = 0; at <= text.length; ++at) {
      const parser = new EventParser();
      expect([...parser.push(text.slice(0, at)), ...parser.push(text.slice(at))]).toEqual(expected);
    }
    expect(new EventParser().push(stream)).toEqual(expected);
  });
});

describe('what a stream says', () => {
  it('is put together, calls too', () => {
    const gathered = new Gathered('so ');
    const choice = (delta: object, finish: string | null = null) => ({ index: 0, delta, logprobs: null, finish_reason: finish });
    gathered.add(choice({ content: 'far', reasoning: 'hm' }));
    gathered.add(choice({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a"' } }] }));
    gathered.add(choice({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }, 'tool_calls'));
    expect(gathered.turn()).toEqual({ content: 'so far', reasoning: 'hm', calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }] });
    expect(gathered.finish).toBe('tool_calls');
  });
});

describe('samples of code', () => {
  const request: ChatRequest = { model: 'm', stream: true, reasoning_format: 'parsed', messages: [{ role: 'user', content: "It's\n\"so\"" }] };
  const server = { origin: 'http://127.0.0.1:8080', keyed: true };

  it('quote for the shell', () => {
    const text = sample('curl', request, server);
    expect(text).toContain(`It'\\''s\\n\\"so\\"`);
    expect(text).toContain('curl -N http://127.0.0.1:8080/openai/v1/chat/completions');
    expect(text).toContain('Bearer $PEREGRINE_API_KEY');
  });

  it('spell Python', () => {
    expect(toPython({ a: [true, null, 1.5], b: {} })).toBe('{\n    "a": [\n        True,\n        None,\n        1.5,\n    ],\n    "b": {},\n}');
    expect(sample('openai', request, server)).toMatch(/extra_body=\{\n {8}"reasoning_format": "parsed"/);
    expect(sample('groq', request, server)).toContain('    reasoning_format="parsed",');
  });

  it('tell no key that is not needed', () => {
    for (const kind of sampleKinds) expect(sample(kind, request, { ...server, keyed: false })).not.toContain('PEREGRINE_API_KEY');
  });
});

describe('schemas', () => {
  const schema = {
    type: 'object', required: ['a'], additionalProperties: false,
    properties: { a: { type: 'integer', minimum: 1 }, b: { enum: ['x', null] }, c: { type: 'array', items: { $ref: '#/$defs/s' }, maxItems: 2 }, d: { oneOf: [{ const: 1 }, { type: 'number' }] } },
    $defs: { s: { type: 'string', pattern: '^s', maxLength: 2 } },
  };
  const table: [unknown, string[]][] = [
    [{ a: 1 }, []],
    [{ a: 1, b: null, c: ['s', 's2'], d: 2 }, []],
    [{}, ['/a required']],
    [{ a: 0.5 }, ['/a type']],
    [{ a: 0 }, ['/a minimum']],
    [{ a: 1, z: 1 }, ['/z additionalProperties']],
    [{ a: 1, b: 'y' }, ['/b enum']],
    [{ a: 1, c: ['s', 'x', 'sss'] }, ['/c maxItems', '/c/1 pattern', '/c/2 maxLength']],
    [{ a: 1, d: 1 }, ['/d oneOf']],
    [[], [' type']],
  ];
  for (const [value, expected] of table) {
    it(`judge ${JSON.stringify(value)}`, () => expect(violations(value, schema).map(({ path, keyword }) => `${path} ${keyword}`)).toEqual(expected));
  }

  it('that refer to themselves come to an end', () => {
    expect(violations(1, { $ref: '#' })).toEqual([]);
  });
});

describe('a transcript', () => {
  const segments = [
    { id: 0, start: 0, end: 1.5, text: ' Hello <you>', words: [{ word: 'Hello', start: 0.1, end: 0.5 }, { word: '<you>', start: 0.6, end: 1.4 }] },
    { id: 1, start: 3661.0005, end: 3662, text: ' a --> b' },
  ];

  it('becomes subtitles', () => {
    expect(toSrt(segments)).toBe('1\n00:00:00,000 --> 00:00:01,500\nHello <you>\n\n2\n01:01:01,001 --> 01:01:02,000\na -> b\n');
    expect(toVtt(segments)).toBe('WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello &lt;you>\n\n01:01:01.001 --> 01:01:02.000\na -> b\n');
  });

  it('knows the word of a time', () => {
    const { words } = segments[0]!;
    expect([0, 0.1, 0.55, 0.6, 1.5, 9].map((time) => wordAt(words!, time))).toEqual([-1, 0, 0, 1, 1, -1]);
    expect(wordAt([], 1)).toBe(-1);
  });

  it('has its words where they belong, with what stands between them', () => {
    const words = [{ word: 'a', start: 0, end: 1 }, { word: 'b', start: 3661.5, end: 3662 }];
    const [first, second] = withWords({ text: '', words, segments: segments.map(({ words: _words, ...segment }) => segment) });
    expect([first!.words, second!.words]).toEqual([[words[0]], [words[1]]]);
    expect(spaced(segments[0]!)).toEqual(['Hello', ' <you>']);
    expect(spaced({ id: 0, start: 0, end: 1, text: '你好', words: [{ word: '你', start: 0, end: 1 }, { word: '好', start: 0, end: 1 }] })).toEqual(['你', '好']);
  });
});

describe('usage', () => {
  const row = (day: string, requests: number) => ({ day, requests, errors: 0, prompt_tokens: 2, cached_tokens: 1, completion_tokens: 3, audio_seconds: 0 });

  it('is added up', () => {
    const rows = [row('2026-01-01', 1), row('2026-01-02', 2), row('2026-01-01', 4)];
    expect(groupBy(rows, ({ day }) => day!).get('2026-01-01')).toMatchObject({ requests: 5, completion_tokens: 6 });
    expect(total(rows).requests).toBe(7);
    expect(total([]).requests).toBe(0);
  });

  it('has days without any', () => {
    expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(['2026-02-30', '2026-2-3', 'x', '2026-02-28'].map(isDate)).toEqual([false, false, false, true]);
  });
});

describe('texts', () => {
  // A text that is the same in both is a name, or forgotten.
  it('are there in both languages', () => {
    const flat = (value: unknown, at = ''): [string, string][] =>
      typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => flat(inner, `${at}/${key}`)) : [[at, String(value)]];
    const other = new Map(flat(de));
    const same = flat(en).filter(([at, text]) => other.get(at) === text && text.length > 22 && !text.includes('=>'));
    expect(other.size).toBe(flat(en).length);
    expect(same.map(([at]) => at).filter((at) => !at.startsWith('/chat/starters'))).toEqual([]);
  });
});
