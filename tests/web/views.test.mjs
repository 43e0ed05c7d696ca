// The other views, and what holds for all: no serious problem for axe-core, no sideways scrolling, keys, languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { repository } from '../e2e/lib/environment.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { answered, Browser, finish, listed, say, seriousProblems, skip } from './lib/browser.mjs';
import { hasVoice, spoken } from './lib/spoken.mjs';

const kModels = ['peregrine-starter.gguf', 'peregrine-speech-starter.bin'].map((name) => path.join(repository, 'models', name));
const kViews = ['chat', 'speech', 'files', 'models', 'batches', 'adapters', 'usage'];
const kLooks = [
  { name: 'light', colorScheme: 'light' },
  { name: 'dark', colorScheme: 'dark', reducedMotion: 'reduce' },
  { name: 'narrow', viewport: { width: 360, height: 740 } },
  { name: '4 K', viewport: { width: 3840, height: 2160 } },
];

describe('the views', { skip }, () => {
  let server;
  let browser;
  before(async () => {
    server = await Server.start({ models: kModels });
    browser = await Browser.launch(server);
    const page = await browser.open(); // something to show under usage and in the list
    await listed(page);
    await say(page, 'Hello!');
    await answered(page);
    await finish(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('speech: a recording becomes words to click on, and subtitles', { skip: hasVoice ? false : 'needs espeak-ng' }, async () => {
    const page = await browser.open({ path: '/#/speech' });
    await page.setInputFiles('#sound-chooser', { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.getByText('has none of these endings').waitFor();
    await page.setInputFiles('#sound-chooser', { name: 'notes.wav', mimeType: 'audio/wav', buffer: spoken() });
    await page.getByLabel('Temperature').fill('2');
    await page.getByText('This must lie between 0 and 1.').waitFor();
    await page.getByLabel('Temperature').fill('');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByRole('button', { name: 'srt' }).waitFor({ timeout: 120_000 });
    assert.match((await page.locator('.segments').innerText()).toLowerCase(), /turn on the light[^]*anna/);
    const files = {};
    for (const kind of ['srt', 'vtt', 'json']) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: kind, exact: true }).click()]);
      assert.equal(download.suggestedFilename(), `notes.${kind}`);
      files[kind] = readFileSync(await download.path(), 'utf8');
    }
    assert.match(files.srt, /^1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n/);
    assert.match(files.vtt, /^WEBVTT\n/);
    assert.ok(JSON.parse(files.json).words.length > 5);
    await page.locator('.word').nth(3).click();
    await page.waitForFunction(() => document.querySelector('audio').currentTime > 0);
    await page.waitForSelector('.word.now');
    await finish(page);
  });

  it('files: up, down, and away', async () => {
    const page = await browser.open({ path: '/#/files' });
    await page.getByText('No files yet.').waitFor();
    await page.setInputFiles('#file-chooser', { name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.getByText('ends in .jsonl').waitFor();
    const lines = '{"a":1}\n{"a":2}\n';
    await page.setInputFiles('#file-chooser', { name: 'lines.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(lines) });
    await page.getByRole('rowheader', { name: /lines\.jsonl/ }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download: lines.jsonl' }).click()]);
    assert.equal(readFileSync(await download.path(), 'utf8'), lines);
    page.on('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Delete: lines.jsonl' }).click();
    await page.getByText('No files yet.').waitFor();
    await finish(page);
  });

  it('models lead to where they are used; usage adds up', async () => {
    const page = await browser.open({ path: '/#/models' });
    await page.getByRole('button', { name: 'Transcribe with it' }).click();
    await page.getByRole('heading', { name: 'Speech to text' }).waitFor();
    assert.equal(await page.getByLabel('Model').inputValue(), 'peregrine-speech-starter');
    await page.goto(`${server.root}/#/usage`);
    await page.getByRole('row', { name: /peregrine-starter/ }).first().waitFor();
    await page.getByLabel('To', { exact: true }).fill('2020-01-01');
    await page.getByText('This day lies before the first.').waitFor();
    await finish(page);
  });

  it('usage by day and key is a picture in the colours of the look, and a table that says the same as the API', async () => {
    const page = await browser.open({ path: '/#/usage', colorScheme: 'light' });
    await page.waitForSelector('.plot canvas');
    const picture = () => page.evaluate(() => document.querySelector('.plot canvas').toDataURL());
    const light = await picture();
    const drawn = await page.evaluate(() => {
      const canvas = document.querySelector('.plot canvas');
      return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value, i) => i % 4 === 3 && value > 0);
    });
    assert.ok(drawn, 'something is drawn');
    await page.evaluate(() => { document.documentElement.dataset.theme = 'dark'; });
    await page.waitForFunction((before) => document.querySelector('.plot canvas')?.toDataURL() !== before, light);
    const day = new Date().toISOString().slice(0, 10);
    const sums = await page.evaluate(async (to) => (await (await fetch(`/openai/v1/usage?from=2020-01-01&to=${to}&by=day`)).json()).data, day);
    const total = sums.reduce((all, row) => all + row.completion_tokens, 0);
    assert.ok(total > 0);
    await page.getByText('As a table').click();
    const cells = await page.locator('.plain-table tbody td:last-child').allInnerTexts();
    assert.equal(cells.reduce((all, text) => all + Number(text.replaceAll(',', '')), 0), total);
    assert.match(await page.locator('.chart figcaption').innerText(), new RegExp(`by day and key[^]*${new Intl.NumberFormat('en').format(total)} in all these days`));
    await page.getByLabel('Split by').selectOption('model');
    await page.getByText('by day and model').first().waitFor();
    assert.match(await page.getByRole('img', { name: /^Chart: / }).getAttribute('aria-label'), /The table below has its values/);
    await finish(page);
  });

  for (const { name, ...look } of kLooks) {
    it(`axe-core finds nothing serious, and nothing scrolls sideways: ${name}`, async () => {
      for (const view of kViews) {
        const page = await browser.open({ path: `/#/${view}`, ...look });
        await page.waitForSelector({ chat: '.welcome', speech: '.drop', files: '.empty, .table', models: '.table', batches: '.panel', adapters: '.panel', usage: '.figures, .empty' }[view]);
        if (view === 'chat') {
          await listed(page);
          await say(page, 'Hello!');
          await answered(page);
        }
        assert.deepEqual(await seriousProblems(page), [], view);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${view} scrolls sideways`);
        await finish(page);
      }
    });
  }

  it('dialogs and panels hold up to axe-core, too', async () => {
    const page = await browser.open({ viewport: { width: 360, height: 740 } });
    await listed(page);
    for (const [open, close] of [['Parameters', 'Close'], ['Code', 'Close'], ['Settings', 'Close'], ['Keyboard shortcuts', 'Close']]) {
      await page.getByRole('button', { name: open, exact: true }).click();
      assert.deepEqual(await seriousProblems(page), [], open);
      await page.getByRole('button', { name: close }).first().click();
    }
    await page.getByRole('button', { name: 'Conversations' }).click();
    assert.deepEqual(await seriousProblems(page), [], 'the list');
    await finish(page);
  });

  it('keys lead everywhere', async () => {
    const page = await browser.open();
    await listed(page);
    await page.getByLabel('Message', { exact: true }).press('?');
    assert.equal(await page.getByLabel('Message', { exact: true }).inputValue(), '?');
    await page.getByLabel('Message', { exact: true }).fill('');
    await page.locator('.thread').click();
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('Hello!');
    await page.keyboard.press('Enter');
    await answered(page);
    await page.keyboard.press('Alt+4');
    await page.getByRole('heading', { name: 'Models' }).waitFor();
    await finish(page);
  });

  it('speaks German, and keeps to it', async () => {
    const page = await browser.open({ locale: 'de-DE' });
    await page.getByPlaceholder('Nachricht schreiben').waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    await page.getByRole('button', { name: 'Einstellungen' }).click();
    await page.getByLabel('Sprache', { exact: true }).selectOption('en');
    await page.reload();
    await page.getByPlaceholder('Write a message').waitFor();
    await finish(page);
  });
});
