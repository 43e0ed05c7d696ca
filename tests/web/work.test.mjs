// Batches and adapters: ordered, watched, explained; made, tried, refused.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { adapterZip, ggufAdapter, peftAdapter } from '../e2e/lib/adapters.mjs';
import { repository } from '../e2e/lib/environment.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { answered, assertExplained, Browser, finish, put, say, seriousProblems, skip } from './lib/browser.mjs';

const kStarter = path.join(repository, 'models', 'peregrine-starter.gguf');
const kLooks = [
  { name: 'light', colorScheme: 'light' },
  { name: 'dark', colorScheme: 'dark' },
  { name: 'narrow', viewport: { width: 360, height: 740 } },
];

const body = { model: 'peregrine-starter', messages: [{ role: 'user', content: 'Who are you?' }], temperature: 0, max_completion_tokens: 8 };
const line = (id, more = {}) => ({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body: { ...body, ...more } });
const jsonl = (lines) => Buffer.from(lines.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join(''));
const endless = { response_format: { type: 'regex', pattern: '[a-z ]{9000}' }, max_completion_tokens: undefined };
const file = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

describe('work', { skip }, () => {
  let server;
  let browser;
  before(async () => {
    server = await Server.start({ models: [kStarter], config: '[batches]\nmax_running = 2\n' });
    browser = await Browser.launch(server);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const card = (page, name) => page.getByRole('article', { name }).first();
  async function order(page, name, lines) {
    await page.getByLabel('Or upload one').setInputFiles(file(name, jsonl(lines)));
    await page.waitForFunction((wanted) => document.querySelector('form select').selectedOptions[0]?.textContent.startsWith(wanted), name);
    await page.getByRole('button', { name: 'Start the batch' }).click();
    await card(page, name).waitFor();
    return card(page, name);
  }
  async function download(page, button) {
    const [found] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const text = readFileSync(await found.path(), 'utf8');
    return { name: found.suggestedFilename(), lines: text.trimEnd().split('\n').map((each) => JSON.parse(each)) };
  }

  it('a batch is uploaded, ordered, watched to its end, and its failed lines are explained', async () => {
    const page = await browser.open({ path: '/#/batches' });
    await page.getByText('No batches yet.').waitFor();
    await page.waitForSelector('.json-editor .cm-content');
    await page.getByLabel('Time window').fill('2d');
    await put(page.getByRole('textbox', { name: 'Metadata' }), '{"project": "falcon"}');
    const lines = Array.from({ length: 6 }, (_, i) => line(`good-${i}`));
    lines.splice(2, 0, line('hot', { temperature: 9 }));
    lines.push(line('nobody', { model: 'none' }));
    const shown = await order(page, 'six.jsonl', lines);
    await shown.getByText('Completed').waitFor();
    await shown.getByText('8 of 8 lines answered, 2 failed').waitFor();
    assert.match(await shown.locator('.facts').innerText(), /project\s*falcon/);
    await page.getByRole('status').filter({ hasText: 'six.jsonl: Completed' }).waitFor({ state: 'attached' });

    const output = await download(page, shown.getByRole('button', { name: 'Download the output' }));
    assert.match(output.name, /^batch_\w+_output\.jsonl$/);
    assert.deepEqual(output.lines.map(({ custom_id: id }) => id).sort(), Array.from({ length: 6 }, (_, i) => `good-${i}`));
    const errors = await download(page, shown.getByRole('button', { name: 'Download the errors' }));
    assert.deepEqual(errors.lines.map(({ custom_id: id }) => id).sort(), ['hot', 'nobody']);

    await shown.getByText('Why 2 lines failed').click();
    const rows = shown.locator('.faults tbody tr');
    await rows.first().waitFor();
    const told = await rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.equal(told.length, 2);
    assert.match(told[0][0], /3$/);
    assert.equal(told[0][1], 'hot');
    assert.match(told[0][2], /temperature/);
    assert.match(told[0][3], /Put the body of this line right/);
    assert.match(told[1][0], /8$/);
    assert.equal(told[1][1], 'nobody');
    assert.match(told[1][3], /Name a model that this server has/);
    await finish(page);
  });

  it('a batch of a file that is none is explained line by line', async () => {
    const page = await browser.open({ path: '/#/batches' });
    const { url: _url, ...without } = line('b');
    const shown = await order(page, 'broken.jsonl', [line('a'), without, line('a'), { ...line('c'), method: 'GET' }]);
    await shown.getByText('Failed', { exact: true }).waitFor();
    await shown.getByText('The server asked nothing of this file.').waitFor();
    const told = await shown.locator('.faults tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.deepEqual(told.map(([number]) => number.match(/\d+$/)[0]), ['2', '3', '4']);
    assert.match(told[0][1], /url/);
    assert.match(told[0][2], /custom_id, method, url and body/);
    assert.match(told[1][1], /line 1/);
    assert.match(told[1][2], /custom_id of its own/);
    assert.match(told[2][2], /Write "POST"/);
    await finish(page);
  });

  it('counts move while a batch runs, and it can be cancelled; what was not asked says so', async () => {
    const page = await browser.open({ path: '/#/batches' });
    const shown = await order(page, 'long.jsonl', Array.from({ length: 60 }, (_, i) => line(`l${i}`, i < 2 ? {} : endless)));
    await shown.getByText(/^[1-9]\d* of 60 lines answered, 0 failed$/).waitFor();
    assert.ok(Number(await shown.locator('progress').getAttribute('value')) > 0);
    page.on('dialog', (dialog) => dialog.accept());
    await shown.getByRole('button', { name: 'Cancel the batch' }).click();
    await shown.getByText('Cancelled', { exact: true }).waitFor({ timeout: 120_000 });
    await shown.getByText(/^60 of 60 lines answered/).waitFor();
    assert.equal(await shown.getByRole('button', { name: 'Cancel the batch' }).count(), 0);
    await shown.getByText(/^Why \d+ lines failed$/).click();
    await shown.getByText('It was cancelled before it was asked.').first().waitFor();
    await finish(page);
  });

  it('older batches are a click away', async () => {
    const page = await browser.open({ path: '/#/batches' });
    await page.route('**/batches?*', async (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('limit', '2');
      await route.continue({ url: url.href });
    });
    await page.reload();
    await page.getByRole('article').nth(1).waitFor();
    assert.equal(await page.getByRole('article').count(), 2);
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await page.getByRole('article', { name: 'six.jsonl' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Show older ones' }).count(), 0);
    await finish(page);
  });

  it('an adapter is made of a ZIP archive, tried in the chat, and deleted', async () => {
    const page = await browser.open({ path: '/#/adapters' });
    await page.getByText('No adapters yet.').waitFor();
    await page.getByLabel('File', { exact: true }).setInputFiles(file('my adapter.zip', adapterZip(kStarter, { scale: 0 })));
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'my-adapter');
    await page.getByRole('button', { name: 'Make the adapter' }).click();
    const row = page.getByRole('row', { name: /my-adapter/ });
    await row.waitFor();
    const id = await row.locator('.hint code').innerText();
    assert.match(id, /^ft:peregrine-starter:default\/my-adapter-[0-9a-f]{12}$/);
    const kept = await page.evaluate(async () => (await (await fetch('/openai/v1/files')).json()).data.filter(({ purpose }) => purpose === 'fine_tuning'));
    assert.deepEqual(kept, [], 'the upload is gone');

    await row.getByRole('button', { name: 'Try it' }).click();
    await page.waitForFunction((wanted) => document.querySelector('.picker')?.value === wanted, id);
    await page.getByLabel('Temperature', { exact: true }).fill('0');
    await say(page, 'Who are you?');
    await answered(page);
    assert.equal(await page.locator('.turn.answer .by').innerText(), id);
    assert.match(await page.locator('.turn.answer .markdown').innerText(), /I am peregrine-starter/);

    await page.goto(`${server.root}/#/adapters`);
    page.on('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Delete: my-adapter' }).click();
    await page.getByText('No adapters yet.').waitFor();
    await page.goto(`${server.root}/#/models`);
    await page.getByRole('row', { name: /peregrine-starter/ }).waitFor();
    assert.equal(await page.getByText(id).count(), 0);
    await finish(page);
  });

  it('an adapter is made of a GGUF file', async () => {
    const page = await browser.open({ path: '/#/adapters' });
    await page.getByLabel('File', { exact: true }).setInputFiles(file('small.gguf', ggufAdapter(kStarter, peftAdapter(kStarter).weights)));
    await page.getByRole('button', { name: 'Make the adapter' }).click();
    await page.getByRole('row', { name: /small/ }).waitFor();
    await finish(page);
  });

  const kRefused = [
    { name: 'a rank that is not served', buffer: () => adapterZip(kStarter, { config: { r: 7 } }), told: /8, 16, 32, 64/ },
    { name: 'shapes of another model', buffer: () => adapterZip(kStarter, { rename: (name) => name.replace('layers.0.', 'layers.500.') }), told: /not in the base model/ },
    { name: 'what is no archive', buffer: () => Buffer.from('hello'), told: /neither a ZIP archive nor a GGUF/ },
  ];
  for (const { name, buffer, told } of kRefused) {
    it(`is told beside the field, with what to do: ${name}`, async () => {
      const page = await browser.open({ path: '/#/adapters', expected: [/400/] });
      const field = page.getByLabel('File', { exact: true });
      await field.setInputFiles(file('wrong.zip', buffer()));
      await page.getByRole('button', { name: 'Make the adapter' }).click();
      await assertExplained(field, told);
      await assertExplained(field, /Export it for exactly this base model/);
      assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'wrong');
      await field.setInputFiles(file('right.zip', adapterZip(kStarter)));
      assert.equal(await field.getAttribute('aria-invalid'), null, 'until it is another file');
      await finish(page);
    });
  }

  for (const { name, ...look } of kLooks) {
    it(`holds up to axe-core with something to show: ${name}`, async () => {
      for (const view of ['batches', 'adapters']) {
        const page = await browser.open({ path: `/#/${view}`, ...look });
        if (view === 'batches') {
          await page.getByRole('article', { name: 'six.jsonl' }).getByText('Why 2 lines failed').click();
          await page.locator('.faults').first().waitFor();
          await page.waitForSelector('.json-editor .cm-content');
          await put(page.getByRole('textbox', { name: 'Metadata' }), '{');
        } else {
          await page.getByRole('table').waitFor();
          await page.getByLabel('Name', { exact: true }).fill('a b');
        }
        await page.locator('.problem').first().waitFor();
        assert.deepEqual(await seriousProblems(page), [], view);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${view} scrolls sideways`);
        await finish(page);
      }
    });
  }
});
