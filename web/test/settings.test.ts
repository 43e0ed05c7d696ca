import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { initialSettings, numberFields, readSettings, type ChatSettings } from '../src/state/settings';

const read = (change: Partial<ChatSettings>) => readSettings({ ...initialSettings('m'), ...change });
const tool = { id: '1', name: 'f', description: '', parameters: '', answer: 'manual' as const, script: '' };

describe('settings', () => {
  it('say nothing that was not typed', () => {
    expect(read({})).toEqual({ fields: {}, problems: [] });
  });

  it('become fields', () => {
    const { fields, problems } = read({
      numbers: { temperature: ' 0.5 ', seed: '-7', top_logprobs: '3' }, logprobs: true, stop: 'a\n\nb', logitBias: '{"7": -1.5}', format: 'choice', choices: 'x\ny',
      tools: [{ ...tool, parameters: '{"type":"object"}' }], parallelCalls: false, toolChoice: 'required',
    });
    expect(problems).toEqual([]);
    expect(fields).toEqual({
      temperature: 0.5, seed: -7, top_logprobs: 3, logprobs: true, stop: ['a', 'b'], logit_bias: { 7: -1.5 }, response_format: { type: 'choice', choices: ['x', 'y'] },
      tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }], tool_choice: 'required', parallel_tool_calls: false,
    });
  });

  it('leave alternatives out where no probabilities are asked for', () => {
    expect(read({ numbers: { top_logprobs: '3' } }).fields).toEqual({});
  });

  const bad: [Partial<ChatSettings>, string, string][] = [
    [{ numbers: { temperature: '2.1' } }, 'temperature', 'range'],
    [{ numbers: { temperature: 'hot' } }, 'temperature', 'notNumber'],
    [{ numbers: { temperature: 'Infinity' } }, 'temperature', 'notNumber'],
    [{ numbers: { seed: '1.5' } }, 'seed', 'notInteger'],
    [{ numbers: { n: '0' } }, 'n', 'range'],
    [{ stop: 'a\nb\nc\nd\ne' }, 'stop', 'tooMany'],
    [{ logitBias: '{' }, 'logitBias', 'notJson'],
    [{ logitBias: '[]' }, 'logitBias', 'notObject'],
    [{ logitBias: '{"x": 1}' }, 'logitBias', 'bias'],
    [{ logitBias: '{"1": 101}' }, 'logitBias', 'bias'],
    [{ format: 'json_schema', schema: 'x' }, 'schema', 'notJson'],
    [{ format: 'json_schema', schema: '7' }, 'schema', 'notObject'],
    [{ format: 'regex' }, 'pattern', 'empty'],
    [{ format: 'choice', choices: '\n' }, 'choices', 'empty'],
    [{ tools: [{ ...tool, name: 'a b' }] }, 'tool.1.name', 'identifier'],
    [{ tools: [tool, { ...tool, id: '2' }] }, 'tool.1.name', 'twice'],
    [{ tools: [{ ...tool, parameters: '{' }] }, 'tool.1.parameters', 'notJson'],
    [{ tools: [{ ...tool, parameters: '[]' }] }, 'tool.1.parameters', 'notObject'],
  ];
  for (const [change, at, kind] of bad) {
    it(`name what is wrong: ${JSON.stringify(change)}`, () => expect(read(change).problems[0]).toMatchObject({ at, kind }));
  }

  // The page's ranges and defaults are those of the API's description.
  it('have the ranges of docs/openapi.yaml', () => {
    const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/openapi.yaml'), 'utf8');
    const request = text.slice(text.indexOf('    ChatRequest:'), text.indexOf('    ResponseFormat:'));
    let compared = 0;
    for (const { name, min, max, initial } of numberFields) {
      const begin = request.indexOf(`\n        ${name}:`);
      const entry = request.slice(begin + 1, request.slice(begin + 1).search(/\n {8}\w/) + begin + 1);
      const told = (key: string): number | undefined => {
        const found = new RegExp(`\\b${key}: (-?[0-9.]+)`).exec(entry);
        return found === null ? undefined : Number(found[1]);
      };
      for (const [key, ours] of [['minimum', min], ['maximum', max], ['default', initial]] as const) {
        if (told(key) === undefined) continue;
        expect([name, key, ours]).toEqual([name, key, told(key)]);
        ++compared;
      }
    }
    expect(compared).toBeGreaterThan(15);
  });
});
