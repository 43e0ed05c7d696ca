// The chat, with the starter model: what is asked, what is shown, and what is kept.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { request } from '../e2e/lib/http.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { answered, finish, listed, say, skip, unfold, withBrowser } from './lib/browser.mjs';

const kFirstView = 300 * 1024; // bytes, compressed
const kWho = 'I am peregrine-starter, a small model that ships with Peregrine.';

describe('the chat', { skip }, () => {
  let server;
  let browser;
  withBrowser({ models: [] }, (made) => { ({ server, browser } = made); });

  async function chat(options) {
    const page = await browser.open(options);
    await listed(page);
    return page;
  }
  async function greedy(options) {
    const page = await chat(options);
    await page.getByLabel('Temperature', { exact: true }).fill('0');
    return page;
  }
  const answers = (page) => page.locator('.turn.answer .markdown').allInnerTexts();

  it('comes within 300 KB, compressed, from this server alone', async () => {
    const page = await browser.open();
    const loaded = [];
    page.on('response', (response) => loaded.push(response.url()));
    await page.reload();
    await listed(page);
    const parts = loaded.filter((url) => new URL(url).pathname.startsWith('/assets/') || new URL(url).pathname === '/');
    let bytes = 0;
    for (const url of parts) {
      const answer = await request(server, { path: new URL(url).pathname, headers: { accept: 'text/html', 'accept-encoding': 'gzip' }, raw: true });
      assert.equal(answer.headers['content-encoding'], 'gzip', url);
      bytes += Number(answer.headers['content-length']);
    }
    assert.ok(parts.length >= 3 && bytes > 10_000 && bytes <= kFirstView, `${bytes} bytes in ${parts.length} parts`);
    await finish(page);
  });

  it('answers, and tells how fast and of how many tokens', async () => {
    const page = await greedy();
    await say(page, 'Who are you?');
    await answered(page);
    assert.deepEqual(await answers(page), [kWho]);
    const stats = await page.locator('.stats').innerText();
    for (const name of ['first token', 'tokens/s', 'prompt', 'cached', 'completion']) assert.match(stats, new RegExp(name));
    await finish(page);
  });

  it('keeps branches of what was edited and asked again, over a reload', async () => {
    const page = await greedy();
    await say(page, 'Who are you?');
    await answered(page);
    await page.getByRole('button', { name: 'Again' }).click();
    await page.getByText('2/2').waitFor();
    await answered(page);
    await page.locator('body').press('e');
    await page.getByRole('textbox', { name: 'Edit' }).fill('Count from 3 to 9.');
    await page.getByRole('textbox', { name: 'Edit' }).press('Enter');
    await page.getByText('3, 4, 5, 6, 7, 8, 9', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Previous branch' }).click();
    await page.getByText(kWho).waitFor();
    await page.getByLabel('Message', { exact: true }).fill('not sent yet');
    await page.reload(); // at once: what is not saved yet is saved on leaving
    await page.getByText(kWho).waitFor();
    assert.deepEqual(await answers(page), [kWho]);
    assert.equal(await page.locator('.branches').count(), 2);
    assert.equal(await page.getByLabel('Message', { exact: true }).inputValue(), 'not sent yet');
    await finish(page);
  });

  it('stops', async () => {
    const page = await chat();
    await page.getByLabel('Format', { exact: true }).selectOption('regex');
    await page.getByLabel('Regular expression').fill('[a-z ]{9000}');
    await page.getByLabel('Answers', { exact: true }).fill('8');
    await say(page, 'Write on and on.');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await answered(page);
    await page.getByText('Stopped.').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await server.assertIdle();
    await finish(page);
  });

  it('writes JSON of a schema, pretty, and judges it', async () => {
    const page = await greedy();
    await page.getByLabel('Format', { exact: true }).selectOption('json_schema');
    await say(page, 'Anna is 31 years old.');
    await answered(page);
    const value = JSON.parse(await page.locator('.structured code').innerText());
    assert.deepEqual(Object.keys(value).sort(), ['age', 'name']);
    await page.getByText('Fits the schema').waitFor();
    await finish(page);
  });

  it('says beside the field what is wrong, and sends nothing', async () => {
    const page = await chat();
    const rows = [
      ['Temperature', '7', 'This must lie between 0 and 2.'],
      ['Top p', 'much', 'This must be a number.'],
      ['Seed', '1.5', 'This must be a whole number.'],
      ['Logit bias', '{', 'This is not JSON.'],
    ];
    for (const [label, value, problem] of rows) {
      const field = page.getByLabel(label, { exact: true });
      await field.fill(value);
      const described = await field.getAttribute('aria-describedby');
      const texts = await Promise.all(described.split(' ').map((id) => page.locator(`[id="${id}"]`).innerText()));
      assert.ok(texts.includes(problem), `${label}: ${texts}`);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
    }
    await say(page, 'Hello!');
    await page.getByText('Some settings cannot be used.').waitFor();
    assert.equal(await page.locator('.turn').count(), 0);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await answered(page);
    await finish(page);
  });

  it('shows what the server refuses', async () => {
    const page = await chat({ expected: [/400/] });
    await page.getByLabel('Format', { exact: true }).selectOption('regex');
    await page.getByLabel('Regular expression').fill('(');
    await say(page, 'Hello!');
    await page.locator('.turn .notice').waitFor();
    assert.match(await page.locator('.turn .notice').innerText(), /response_format/);
    await finish(page);
  });

  it('shows tokens with their probabilities and alternatives', async () => {
    const page = await greedy();
    await page.getByLabel('Token probabilities').check();
    await page.getByLabel('Alternatives', { exact: true }).fill('3');
    await say(page, 'Who are you?');
    await answered(page);
    await page.getByRole('button', { name: 'Tokens' }).click();
    const texts = await page.locator('.token').allInnerTexts();
    assert.ok(texts.length > 5 && texts.join('').includes('small model'));
    await page.getByRole('group', { name: 'Tokens' }).focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('.token-detail tr').count(), 3);
    await finish(page);
  });

  it('calls functions: results by hand, and by a script in a worker', async () => {
    const page = await greedy();
    const group = await unfold(page, 'Functions');
    await group.getByRole('button', { name: 'Add a function' }).click();
    await group.getByLabel('Calls', { exact: true }).selectOption('required');
    await say(page, 'What is the weather in Oslo?');
    await answered(page);
    assert.match(await page.locator('.call').innerText(), /get_weather/);
    await page.getByRole('button', { name: 'Send results' }).click();
    await page.locator('.call .problem').waitFor();
    await group.getByLabel('Calls', { exact: true }).selectOption('none');
    await page.getByLabel('Result of get_weather').fill('{"celsius": 4}');
    await page.getByRole('button', { name: 'Send results' }).click();
    await answered(page, 2);
    assert.equal(await page.locator('.turn.tool pre').textContent(), '{"celsius": 4}');

    await page.locator('body').press('n');
    await unfold(page, 'Functions');
    await page.getByRole('button', { name: 'Add a function' }).click();
    await page.getByLabel('Answered by').selectOption('script');
    await page.getByLabel('JavaScript').fill('async ({ city }) => ({ city, window: typeof window, storage: typeof localStorage })');
    await page.getByLabel('Name', { exact: true }).fill('get_weather');
    await page.getByLabel('Calls', { exact: true }).selectOption('required');
    await page.getByLabel('Most tokens').fill('60');
    await page.getByLabel('Temperature', { exact: true }).fill('0');
    await say(page, 'What is the weather in Oslo?');
    await page.locator('.turn.tool pre').first().waitFor({ state: 'attached' });
    const result = JSON.parse(await page.locator('.turn.tool pre').first().textContent());
    assert.deepEqual([result.window, result.storage], ['undefined', 'undefined']);
    assert.equal(typeof result.city, 'string');
    const stop = page.getByRole('button', { name: 'Stop', exact: true });
    if (await stop.isVisible()) await stop.click();
    await page.context().close(); // answers to answers may still run
    await server.assertIdle();
  });

  it('compares two models side by side, and goes on with one', async () => {
    const page = await greedy();
    await page.getByLabel('Second model').selectOption('peregrine-starter');
    await say(page, 'Who are you?');
    await answered(page, 2);
    assert.deepEqual(await answers(page), [kWho, kWho]);
    await page.getByRole('button', { name: 'Go on with this one' }).click();
    await page.getByLabel('Second model').selectOption('');
    await say(page, 'Count from 3 to 9.');
    await answered(page, 3);
    assert.equal((await answers(page)).at(-1), '3, 4, 5, 6, 7, 8, 9');
    await finish(page);
  });

  it('shows the same request as code', async () => {
    const page = await chat();
    await page.getByLabel('Temperature', { exact: true }).fill('0.5');
    await page.getByLabel('Message', { exact: true }).fill("It's me");
    await page.getByRole('button', { name: 'Code' }).click();
    const code = () => page.locator('dialog code').innerText();
    assert.match(await code(), /curl -N http:\/\/127\.0\.0\.1:\d+\/openai\/v1\/chat\/completions/);
    for (const [name, pattern] of [['Python (groq)', /from groq import Groq/], ['Python (openai)', /from openai import OpenAI/], ['TypeScript', /new Groq\(/]]) {
      await page.getByRole('button', { name }).click();
      await page.waitForFunction((text) => document.querySelector('dialog code').textContent.match(new RegExp(text)), pattern.source);
      assert.match(await code(), /0\.5/);
      assert.match(await code(), /It's me/);
    }
    await page.keyboard.press('Escape');
    await finish(page);
  });

  it('exports and imports', async () => {
    const page = await greedy();
    await say(page, 'Who are you?');
    await answered(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export all' }).click()]);
    const file = await download.path();
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).conversations.length, 1);
    await page.setInputFiles('.list-foot input', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
    await page.getByText('That is not a file of conversations').waitFor();
    await page.setInputFiles('.list-foot input', file);
    await page.waitForFunction(() => document.querySelectorAll('.line').length === 2);
    assert.deepEqual(await answers(page), [kWho]);
    await finish(page);
  });
});

describe('GET /', { skip }, () => {
  it('has the page with hashed, immutable parts and a strict policy', async () => {
    const server = await Server.start({ models: [] });
    const page = await request(server, { path: '/', headers: { accept: 'text/html' } });
    assert.match(page.headers['content-security-policy'], /^default-src 'none'; script-src 'self'; style-src 'self';/);
    const parts = [...page.body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
    assert.ok(parts.length >= 3, 'the server was built without the page');
    for (const path of parts) {
      assert.match(path, /-[\w-]{8}\.(js|css|svg)$/);
      const part = await request(server, { path });
      assert.match(part.headers['cache-control'], /immutable/);
      const again = await request(server, { path, headers: { 'if-none-match': part.headers.etag } });
      assert.equal(again.status, 304);
    }
    await server.stop();
  });
});
