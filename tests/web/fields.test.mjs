// What people may type wrongly, as data: whatever it is, it is explained in the same field, and tied to it for readers.
// A field that is in no table fails the test.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { repository } from '../e2e/lib/environment.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { answered, assertExplained, Browser, finish, put, say, skip } from './lib/browser.mjs';

const kModels = ['peregrine-starter.gguf', 'peregrine-speech-starter.bin'].map((name) => path.join(repository, 'models', name));
const kRange = (from, to) => `This must lie between ${from} and ${to}.`;
const kNumber = 'This must be a number.';
const kWhole = 'This must be a whole number.';
const kNoJson = 'This is not JSON.';
const kNoObject = 'This must be a JSON object';
const kEmpty = 'This must not be empty.';
const kDay = 'Write a date as 2026-01-31.';
const kIdentifier = 'Use 1 to 64 letters, digits, _ or -.';
const many = (count, text = 'x') => Array.from({ length: count }, (_, i) => `${text}${i}`).join('\n');
const file = (name, content = 'x') => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });

// [label, [typed, what is said]...]; `good` is put back, and the field has nothing against it.
const kChat = [
  ['Temperature', '1', ['7', kRange(0, 2)], ['-1', kRange(0, 2)], ['warm', kNumber]],
  ['Top p', '', ['2', kRange(0, 1)], ['much', kNumber]],
  ['Most tokens', '', ['0', kRange(1, '10,000,000')], ['1.5', kWhole], ['all', kNumber]],
  ['Seed', '', ['1.5', kWhole], ['x', kNumber]],
  ['Frequency penalty', '', ['3', kRange(-2, 2)], ['x', kNumber]],
  ['Presence penalty', '', ['-3', kRange(-2, 2)], ['x', kNumber]],
  ['Answers', '', ['0', kRange(1, 128)], ['129', kRange(1, 128)], ['1.5', kWhole]],
  ['Alternatives', '', ['21', kRange(0, 20)], ['x', kNumber]],
  ['Stop before', '', [many(5), 'At most 4.']],
  ['Logit bias', '', ['{', kNoJson], ['[]', kNoObject], ['{"a": 1}', 'Name token ids'], ['{"1": 101}', 'Name token ids']],
  ['Name', 'f', ['', kIdentifier], ['a b', kIdentifier], ['x'.repeat(65), kIdentifier]],
  ['Parameters (JSON Schema)', '{}', ['{', kNoJson], ['[]', kNoObject], ['7', kNoObject]],
];
const kFormats = [
  ['json_schema', 'JSON Schema', '{}', ['{"type": ', kNoJson], ['[]', kNoObject]],
  ['regex', 'Regular expression', 'a+', ['', kEmpty]],
  ['choice', 'Choices', 'a', ['', kEmpty]],
];
const kBatches = [
  ['Time window', '24h', ['23h', '24h to 7d'], ['8d', '24h to 7d'], ['forever', '24h to 7d'], ['', '24h to 7d']],
  ['Metadata', '', ['{', kNoJson], ['[1]', kNoObject], ['{"a": 1}', 'Each value must be a text'], [`{"${'k'.repeat(65)}": ""}`, 'at most 64 bytes'], [`{"k": "${'v'.repeat(513)}"}`, 'at most 512 bytes']],
];
const kAdapters = [['Name', 'a', ['a b', 'Use 1 to 64 letters'], ['x'.repeat(65), 'Use 1 to 64 letters'], ['a/b', 'Use 1 to 64 letters']]];
const kUsage = [
  ['From', '2026-01-01', ['', kDay]],
  ['To', '2026-01-02', ['', kDay], ['2020-01-01', 'This day lies before the first.']],
];
const kSpeech = [['Temperature', '', ['2', kRange(0, 1)], ['x', kNumber]]];

// Anything may be typed here.
const kAnything = ['Message', 'System prompt', 'Description', 'JavaScript', 'Words to know', 'Search'];

describe('fields', { skip }, () => {
  let server;
  let browser;
  before(async () => {
    server = await Server.start({ models: kModels });
    browser = await Browser.launch(server);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const control = (page, label) => page.getByLabel(label, { exact: true }).first();
  async function tryAll(page, rows) {
    for (const [label, good, ...wrong] of rows) {
      const field = control(page, label);
      for (const [typed, told] of wrong) {
        await put(field, typed);
        await assertExplained(field, told);
      }
      await put(field, good);
      await page.waitForFunction((element) => element.getAttribute('aria-invalid') === null, await field.elementHandle());
    }
  }

  // Every field for text or files that can be seen is in a table, or may hold anything.
  async function assertComplete(page, labels) {
    const seen = await page.evaluate(() => {
      const nameOf = (element) => element.labels?.[0]?.textContent ?? element.getAttribute('aria-label');
      const plain = [...document.querySelectorAll('main :is(input:not([type=range], [type=checkbox], [aria-hidden]), textarea)')].filter((element) => element.checkVisibility()).map(nameOf);
      const editors = [...document.querySelectorAll('.json-editor')].filter((host) => host.checkVisibility()).map((host) => nameOf(host.shadowRoot.querySelector('[role=textbox]')));
      return [...plain, ...editors];
    });
    assert.ok(seen.length > 0);
    assert.deepEqual(seen.filter((label) => !labels.includes(label) && !kAnything.includes(label)), []);
  }
  const labelsOf = (rows) => rows.map(([label]) => label);

  it('chat', async () => {
    const page = await browser.open();
    await page.waitForSelector('.picker option[value="peregrine-starter"]', { state: 'attached' });
    await page.evaluate(() => document.querySelectorAll('.parameters details').forEach((group) => { group.open = true; }));
    await page.getByLabel('Token probabilities').check();
    await page.getByRole('button', { name: 'Add a function' }).click();
    await page.getByLabel('Answered by').selectOption('script');
    await page.waitForSelector('.json-editor .cm-content');
    await tryAll(page, kChat);
    await page.getByRole('button', { name: 'Add a function' }).click();
    await page.getByLabel('Name', { exact: true }).nth(1).fill('f');
    await assertExplained(page.getByLabel('Name', { exact: true }).nth(1), 'Another function has this name.');
    await page.getByRole('button', { name: 'Remove f' }).nth(1).click();
    for (const [format, ...row] of kFormats) {
      await page.getByLabel('Format', { exact: true }).selectOption(format);
      if (format === 'json_schema') await page.waitForFunction(() => document.querySelectorAll('.json-editor').length === 2);
      await tryAll(page, [row]);
      await assertComplete(page, [...labelsOf(kChat), row[0]]);
    }
    await finish(page);
  });

  it('chat: what only the server can judge is told beside the field, too', async () => {
    const page = await browser.open({ expected: [/400/] });
    await page.waitForSelector('.picker option[value="peregrine-starter"]', { state: 'attached' });
    await page.getByLabel('Format', { exact: true }).selectOption('regex');
    await control(page, 'Regular expression').fill('(');
    await say(page, 'Hello!');
    await page.locator('.turn .notice').waitFor();
    await assertExplained(control(page, 'Regular expression'), await page.locator('.turn .notice p').first().innerText());
    await control(page, 'Regular expression').fill('(a)');
    assert.equal(await control(page, 'Regular expression').getAttribute('aria-invalid'), null);
    await page.getByLabel('Format', { exact: true }).selectOption('json_schema');
    await page.waitForSelector('.json-editor .cm-content');
    await put(control(page, 'JSON Schema'), '{"type": "falcon"}');
    await say(page, 'Hello!');
    await answered(page, 2);
    await assertExplained(control(page, 'JSON Schema'), await page.locator('.turn .notice p').last().innerText());
    await finish(page);
  });

  it('speech', async () => {
    const page = await browser.open({ path: '/#/speech', expected: [/400/] });
    await page.getByLabel('Model').waitFor();
    await tryAll(page, kSpeech);
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.locator('.problem', { hasText: 'Choose or record something first.' }).waitFor();
    await page.setInputFiles('#sound-chooser', file('notes.txt'));
    await page.locator('.drop + .problem', { hasText: 'has none of these endings' }).waitFor();
    await page.setInputFiles('#sound-chooser', file('noise.wav', 'no sound at all'));
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.locator('.drop + .problem').waitFor();
    await control(page, 'Language').fill('klingon');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await assertExplained(control(page, 'Language'), /language/);
    await control(page, 'Language').fill('en');
    assert.equal(await control(page, 'Language').getAttribute('aria-invalid'), null);
    await assertComplete(page, [...labelsOf(kSpeech), 'Language']);
    await finish(page);
  });

  it('files', async () => {
    const page = await browser.open({ path: '/#/files', expected: [/400/] });
    for (const [name, content, told] of [['a.json', '{}', 'ends in .jsonl'], ['a.jsonl', '', 'This file is empty.'], ['a.jsonl', '{}\n[]\n', 'Line 2 is not a JSON object']]) {
      await page.setInputFiles('#file-chooser', file(name, content));
      await page.locator('.problem', { hasText: told }).waitFor();
    }
    await finish(page);
  });

  it('batches', async () => {
    const page = await browser.open({ path: '/#/batches', expected: [/400/] });
    await page.waitForSelector('.json-editor .cm-content');
    await tryAll(page, kBatches);
    const upload = control(page, 'Or upload one');
    for (const [name, content, told] of [['a.json', '{}', 'ends in .jsonl'], ['a.jsonl', '', 'This file is empty.'], ['a.jsonl', '{}\n[]\n', 'Line 2 is not a JSON object']]) {
      await upload.setInputFiles(file(name, content));
      await assertExplained(upload, told);
    }
    await page.getByRole('button', { name: 'Start the batch' }).click();
    await assertExplained(control(page, 'Input file'), 'Choose a file of requests, or upload one.');
    await upload.setInputFiles(file('a.jsonl', '{}\n'));
    await page.waitForFunction(() => document.querySelector('form select').value !== '');
    assert.equal(await control(page, 'Input file').getAttribute('aria-invalid'), null);
    // Gone meanwhile: only the server knows.
    await page.evaluate(async (id) => void (await fetch(`/openai/v1/files/${id}`, { method: 'DELETE' })), await control(page, 'Input file').inputValue());
    await page.getByRole('button', { name: 'Start the batch' }).click();
    await assertExplained(control(page, 'Input file'), /no such file/);
    await assertComplete(page, [...labelsOf(kBatches), 'Or upload one']);
    await finish(page);
  });

  it('adapters', async () => {
    const page = await browser.open({ path: '/#/adapters' });
    await page.getByLabel('Base model').waitFor();
    await tryAll(page, kAdapters);
    await control(page, 'Name').fill('');
    await page.getByRole('button', { name: 'Make the adapter' }).click();
    await assertExplained(control(page, 'Name'), 'Use 1 to 64 letters');
    const chooser = control(page, 'File');
    await assertExplained(chooser, 'Choose a .zip or .gguf file.');
    for (const [name, content, told] of [['a.bin', 'x', 'ends in .zip or .gguf'], ['a.zip', '', 'This file is empty.']]) {
      await chooser.setInputFiles(file(name, content));
      await assertExplained(chooser, told);
    }
    await assertComplete(page, [...labelsOf(kAdapters), 'File']);
    await finish(page);
  });

  it('usage', async () => {
    const page = await browser.open({ path: '/#/usage' });
    await page.getByLabel('From').waitFor();
    await control(page, 'From').fill('2026-01-01');
    await tryAll(page, kUsage);
    await assertComplete(page, labelsOf(kUsage));
    await finish(page);
  });
});
