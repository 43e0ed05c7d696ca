// Second opinions on answers that a schema asked for: ajv's, which shares nothing with the server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { repository } from './environment.mjs';

const kOptions = { strict: false, allErrors: true, validateSchema: false };
// Draft 2020-12, and draft 7 for schemas that list the items of a tuple under `items`.
const judges = [new Ajv2020.default(kOptions), new Ajv.default(kOptions)];
// JSON Schema's e-mail address is RFC 5321's mailbox, whose domain may be one label; ajv wants two.
const kLabel = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const kAtom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
for (const judge of judges) {
  addFormats.default(judge).addFormat('email', new RegExp(`^${kAtom}(?:\\.${kAtom})*@${kLabel}(?:\\.${kLabel})*$`, 'i'));
}
const compiled = new Map();

// What is wrong with the JSON text; empty if nothing is.
export function faults(schema, text) {
  const key = JSON.stringify(schema);
  if (!compiled.has(key)) compiled.set(key, judges[/"items":\[/.test(key) ? 1 : 0].compile(schema));
  const validate = compiled.get(key);
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `${error.message}: ${text}`;
  }
  return validate(value) ? '' : `${judges[0].errorsText(validate.errors)}: ${text}`;
}

export function assertFits(schema, text) {
  assert.equal(faults(schema, text), '');
}

// A call of one of the tools, with arguments that its schema allows.
export function assertValidCall(call, tools) {
  assert.deepEqual(Object.keys(call).sort(), ['function', 'id', 'type']);
  assert.equal(call.type, 'function');
  const tool = tools.find((each) => each.function.name === call.function.name);
  assert.ok(tool, `no tool ${call.function.name}`);
  const none = { type: 'object', additionalProperties: false };
  assertFits({ ...(tool.function.parameters ?? none), type: 'object' }, call.function.arguments);
}

const kFiles = ['api_payloads', 'configuration', 'extraction', 'keywords', 'recursive', 'tool_calls', 'unions'];

// The schemas of tests/grammar, [{name: "file/name", schema}].
export function grammarSchemas(files = kFiles) {
  return files.flatMap((file) => {
    const schemas = JSON.parse(readFileSync(path.join(repository, 'tests', 'grammar', 'schemas', `${file}.json`), 'utf8'));
    return Object.entries(schemas).map(([name, schema]) => ({ name: `${file}/${name}`, schema }));
  });
}
