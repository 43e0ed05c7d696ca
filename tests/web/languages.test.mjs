// Two pages side by side, one in English and one in German: nothing that is said in words is the same in both.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { repository } from '../e2e/lib/environment.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { Browser, finish, skip } from './lib/browser.mjs';

const kModels = ['peregrine-starter.gguf', 'peregrine-speech-starter.bin'].map((name) => path.join(repository, 'models', name));
const kViews = { chat: '.welcome', speech: '.drop', files: '.empty', models: '.table', batches: '.panel .json-editor', adapters: '.panel', usage: '.empty, .figures', keys: '.panel', live: '.chart canvas' };
// Names, formats, and words that both languages have.
const kSame = [
  /^Peregrine$/, /^Chat( · Peregrine)?$/, /^Code$/, /^Text$/, /^Name$/, /^Adapter$/, /^Organisation$/, /^JSON Schema$/, /^Seed$/, /^Top p$/, /^Parameter$/, /^Format$/, /^JavaScript$/, /^System-Prompt$/, /^Token/,
  /^English$/, /^Deutsch$/, /peregrine-(speech-)?starter/, /^\/v1\//, /^[^a-z]*$/i, /^(flac|srt|vtt|json)\b/, /^[\d.,:–\s·-]+[a-z]?$/i, /^["{}[\]]/, /^[a-z]+_[a-z_]+$/, /^Who are you\?$|^Count from 3|^Write a short story/,
  /^(Enter|Esc|Alt|Shift)$/, /^Auto$|^On demand$/,
];

// The words for those without scripts stand there in both. Every other text, name, title and placeholder of the page, also within editors.
function texts() {
  const found = new Set();
  const put = (text) => { if (text?.trim()) found.add(text.trim()); };
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (/^(SCRIPT|STYLE|NOSCRIPT)$/.test(element.tagName)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) put(element.getAttribute(name));
      for (const node of element.childNodes) if (node.nodeType === 3) put(node.textContent);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return [...found];
}

describe('languages', { skip }, () => {
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

  // The chat's panel with all that it can hold, and each view as it opens.
  async function show(page, view, { add, script }) {
    await page.waitForSelector(kViews[view]);
    if (view !== 'chat') return;
    await page.waitForSelector('.picker option[value="peregrine-starter"]', { state: 'attached' });
    await page.evaluate(() => document.querySelectorAll('.parameters details').forEach((group) => { group.open = true; }));
    await page.getByRole('button', { name: add }).click();
    await page.getByLabel(script).selectOption('script');
    await page.locator('.parameters select').filter({ has: page.locator('option[value="regex"]') }).selectOption('regex');
  }

  for (const view of Object.keys(kViews)) {
    it(`${view} is in both`, async () => {
      const said = [];
      for (const [locale, words] of [['en-GB', { add: 'Add a function', script: 'Answered by' }], ['de-DE', { add: 'Funktion hinzufügen', script: 'Beantwortet durch' }]]) {
        const page = await browser.open({ path: `/#/${view}`, locale });
        await show(page, view, words);
        said.push(await page.evaluate(texts));
        await finish(page);
      }
      const [english, german] = said;
      const same = english.filter((text) => german.includes(text) && !kSame.some((pattern) => pattern.test(text)));
      assert.deepEqual(same, []);
      assert.ok(english.length > 12 && Math.abs(english.length - german.length) < 8, `${english.length} and ${german.length} texts`);
    });
  }
});
