// Pictures of every view for the documentation: light, dark and narrow, of a real server with the models in the box.
//   make screenshots
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { adapterZip } from '../e2e/lib/adapters.mjs';
import { repository } from '../e2e/lib/environment.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { answered, Browser, say, unfold } from './lib/browser.mjs';
import { spoken } from './lib/spoken.mjs';

const kFolder = process.env.PEREGRINE_IMAGES ?? path.join(repository, 'docs/images');
const kLooks = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  narrow: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
};
const kModels = ['peregrine-starter.gguf', 'peregrine-speech-starter.bin'].map((name) => path.join(repository, 'models', name));

const only = process.argv.slice(2);
mkdirSync(kFolder, { recursive: true });
const server = await Server.start({ models: kModels });
const browser = await Browser.launch(server);

async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(kFolder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

async function chat(page, narrow) {
  if (narrow) await page.getByRole('button', { name: 'Parameters' }).click();
  await page.getByLabel('Temperature', { exact: true }).fill('0');
  if (narrow) await page.getByRole('button', { name: 'Close' }).first().click();
  await say(page, 'Hello!');
  await answered(page, 1);
  await say(page, 'What is the capital of France?');
  await answered(page, 2);
}

async function structured(page) {
  await page.getByLabel('Temperature', { exact: true }).fill('0');
  await page.getByLabel('Format', { exact: true }).selectOption('json_schema');
  const sampling = await unfold(page, 'Sampling');
  await sampling.locator('summary').click();
  await say(page, 'Anna is 31 years old. Extract the name and the age.');
  await answered(page, 1);
}

async function files(page) {
  const lines = '{"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{}}\n';
  await page.setInputFiles('#file-chooser', { name: 'questions.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(lines.repeat(40)) });
  await page.getByRole('rowheader', { name: /questions/ }).first().waitFor();
}

async function speech(page) {
  await page.setInputFiles('#sound-chooser', { name: 'notes.wav', mimeType: 'audio/wav', buffer: spoken() });
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByRole('button', { name: 'srt' }).waitFor({ timeout: 120_000 });
}

async function batches(page) {
  const line = (id, more) => JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body: { model: 'peregrine-starter', messages: [{ role: 'user', content: 'Who are you?' }], max_completion_tokens: 16, ...more } });
  const lines = Array.from({ length: 24 }, (_, i) => line(`question-${i + 1}`, i === 6 ? { temperature: 9 } : i === 17 ? { model: 'falcon-9' } : {}));
  await page.waitForSelector('.empty, article');
  if ((await page.getByRole('article').count()) === 0) {
    await page.getByLabel('Or upload one').setInputFiles({ name: 'survey.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(`${lines.join('\n')}\n`) });
    await page.waitForFunction(() => document.querySelector('form select').value !== '');
    await page.getByRole('button', { name: 'Start the batch' }).click();
  }
  const card = page.getByRole('article').first();
  await card.getByText('Completed').waitFor();
  await card.getByText('Why 2 lines failed').click();
  await card.locator('.faults').waitFor();
  await card.scrollIntoViewIfNeeded();
}

async function adapters(page) {
  await page.waitForSelector('.empty, table');
  if ((await page.getByRole('table').count()) > 0) return;
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'support.zip', mimeType: 'application/zip', buffer: adapterZip(kModels[0]) });
  await page.getByRole('button', { name: 'Make the adapter' }).click();
  await page.getByRole('table').waitFor();
}

async function live(page) {
  const body = JSON.stringify({ model: 'peregrine-starter', messages: [{ role: 'user', content: 'Write on.' }], response_format: { type: 'regex', pattern: '[a-z ]{1500}' }, max_completion_tokens: 1500, n: 4 });
  const headers = { 'content-type': 'application/json' };
  const asked = Array.from({ length: 3 }, () => fetch(`${server.root}/openai/v1/chat/completions`, { method: 'POST', headers, body }));
  await page.getByRole('row', { name: /^req_/ }).first().waitFor();
  await Promise.all(asked);
  await page.locator('.chart canvas').first().waitFor();
}

const kViews = {
  batches, adapters, chat, structured, speech, files, live,
  models: (page) => page.getByRole('table').waitFor(), keys: (page) => page.waitForSelector('.panel'), usage: (page) => page.waitForSelector('.plot canvas'),
};

for (const [name, prepare] of Object.entries(kViews)) {
  if (only.length > 0 && !only.includes(name)) continue;
  for (const [look, options] of Object.entries(kLooks)) {
    if (name === 'structured' && look !== 'light') continue;
    const page = await browser.open({ path: `/#/${name === 'structured' ? 'chat' : name}`, ...options });
    await page.waitForFunction(() => document.querySelector('h1') !== null);
    if (name === 'chat') await page.waitForFunction(() => document.querySelector('.picker option[value="peregrine-starter"]') !== null);
    await prepare(page, look === 'narrow');
    await shoot(page, `${name}-${look}`);
    if (page.complaints.length > 0) console.error(name, look, page.complaints);
    await page.context().close();
  }
}
await browser.close();
await server.stop();
process.exit(0);
