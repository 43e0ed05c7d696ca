// Administration on the page: models loaded and fetched, keys made and revoked, the server watched; and the same views
// for those who may not.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { userSays } from '../e2e/lib/clients.mjs';
import { repository, scratch } from '../e2e/lib/environment.mjs';
import { openStream } from '../e2e/lib/http.mjs';
import { FileServer, modelBytes } from '../e2e/lib/hub.mjs';
import { golden } from '../e2e/lib/models.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { deferred, until } from '../e2e/lib/wait.mjs';
import { assertExplained, Browser, finish, seriousProblems, skip } from './lib/browser.mjs';

const kStarter = path.join(repository, 'models', 'peregrine-starter.gguf');
const kSmall = 'llama-spm-q8_0';
const kLooks = [
  { name: 'light', colorScheme: 'light' },
  { name: 'dark', colorScheme: 'dark', reducedMotion: 'reduce' },
  { name: 'narrow', viewport: { width: 360, height: 740 } },
];

function dataWith(...models) {
  const data = mkdtempSync(path.join(scratch, 'admin-page-'));
  mkdirSync(path.join(data, 'models'));
  for (const model of models) copyFileSync(golden(model), path.join(data, 'models', `${model}.gguf`));
  return data;
}

const fitsSideways = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

describe('administration without keys', { skip }, () => {
  let server;
  let browser;
  before(async () => {
    server = await Server.start({ models: [kStarter], dataDir: dataWith(kSmall), config: '[pulls]\nallow = true\nallow_private = true\n' });
    browser = await Browser.launch(server);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const row = (page, name) => page.getByRole('row', { name: new RegExp(name) });

  it('a model is loaded and unloaded, and the memory bar follows', async () => {
    const page = await browser.open({ path: '/#/models' });
    await row(page, kSmall).getByText('On disk').waitFor();
    const taken = () => page.locator('.memory .row span').innerText();
    const before = await taken();
    await page.getByRole('button', { name: `Load: ${kSmall}` }).click();
    await row(page, kSmall).getByText('Ready').waitFor();
    await page.waitForFunction((old) => document.querySelector('.memory .row span').textContent !== old, before);
    await page.getByRole('button', { name: `Unload: ${kSmall}` }).click();
    await row(page, kSmall).getByText('On disk').waitFor();
    await page.waitForFunction((old) => document.querySelector('.memory .row span').textContent === old, before);
    await finish(page);
  });

  it('a model is fetched: what is wrong is said beside it, progress survives a reload, it can be cancelled and goes on', async () => {
    const content = modelBytes(3_000_000);
    const web = await new FileServer({ '/fetched.gguf': content, '/small.gguf': readFileSync(golden(kSmall)) }).listen();
    const release = deferred();
    web.behave = ({ path: asked, headers }) => (asked === '/fetched.gguf' && headers.range !== 'bytes=0-0' ? { hold: 2_000_000, until: release.promise } : undefined);
    const page = await browser.open({ path: '/#/models', expected: [/400/] });
    const source = page.getByLabel('Name or address');
    await page.getByRole('button', { name: 'Fetch', exact: true }).click();
    await assertExplained(source, 'Say which model.');
    await source.fill('gpt-5');
    await page.getByRole('button', { name: 'Fetch', exact: true }).click();
    await assertExplained(source, /not in the catalogue/);
    await source.fill(`${web.url}/fetched.gguf`);
    await page.getByLabel('SHA-256').fill('abc');
    await page.getByRole('button', { name: 'Fetch', exact: true }).click();
    await assertExplained(page.getByLabel('SHA-256'), 'These are not 64 hexadecimal digits.');
    await page.getByLabel('SHA-256').fill('');
    await page.getByRole('button', { name: 'Fetch', exact: true }).click();
    await page.locator('.pull progress[value]').waitFor();
    await page.reload();
    await page.locator('.pull progress[value]').waitFor();
    await page.getByText('Downloading').waitFor();
    assert.deepEqual(await seriousProblems(page), []);
    await page.getByRole('button', { name: /^Cancel / }).click();
    await page.locator('.pull .state.cancelled').waitFor();
    await page.getByRole('heading', { name: 'Unfinished downloads' }).waitFor();
    web.behave = () => undefined;
    release.resolve();
    await page.getByRole('button', { name: 'Fetch again' }).click();
    await page.locator('.pull .state.done').waitFor();
    await source.fill(`${web.url}/small.gguf`);
    await source.press('Enter');
    await row(page, 'small').getByText('On disk').waitFor();
    page.on('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Delete: small' }).click();
    await row(page, 'small').waitFor({ state: 'detached' });
    await finish(page);
  });

  it('the live view shows what runs, and lines that move', async () => {
    const page = await browser.open({ path: '/#/live' });
    await page.getByText('Nothing runs.').waitFor();
    const body = { model: 'peregrine-starter', messages: userSays('what nobody sees'), stream: true, response_format: { type: 'regex', pattern: '[a-z ]{1500}' }, max_completion_tokens: 1500 };
    // One after the other: the starter is done with one in about the time between two pictures.
    let seen = false;
    const work = (async () => {
      while (!seen) await openStream(server, body).done;
    })();
    const running = page.getByRole('row', { name: /^req_/ }).first();
    await running.getByText('/openai/v1/chat/completions').waitFor();
    await page.waitForFunction(() => Number(document.querySelector('.figures dd').textContent.replace(/[^\d.]/g, '')) > 0);
    await page.locator('.chart canvas').first().waitFor();
    assert.equal(await page.locator('.chart canvas').count(), 3);
    assert.ok(!(await page.locator('main').innerText()).includes('what nobody sees'));
    assert.deepEqual(await seriousProblems(page), []);
    seen = true;
    await work;
    await page.getByText('Nothing runs.').waitFor();
    await finish(page);
  });

  for (const { name, ...look } of kLooks) {
    it(`axe-core finds nothing serious, and nothing scrolls sideways: ${name}`, async () => {
      for (const [view, ready] of [['models', '.memory'], ['keys', '.panel'], ['live', '.chart canvas']]) {
        const page = await browser.open({ path: `/#/${view}`, ...look });
        await page.locator(ready).first().waitFor();
        assert.deepEqual(await seriousProblems(page), [], view);
        assert.ok(await fitsSideways(page), `${view} scrolls sideways`);
        await finish(page);
      }
    });
  }

  it('speaks German, and is led by keys', async () => {
    const page = await browser.open({ path: '/#/models', locale: 'de-DE' });
    await page.getByRole('heading', { name: 'Modell holen' }).waitFor();
    await page.keyboard.press('Alt+8');
    await page.getByRole('heading', { name: 'Neuer Schlüssel' }).waitFor();
    await page.keyboard.press('Alt+9');
    await page.getByRole('heading', { name: 'Modelle im Speicher' }).waitFor();
    await finish(page);
  });
});

describe('keys on the page', { skip }, () => {
  it('the first closes the server; others are made, used and revoked', async () => {
    const server = await Server.start({ models: [kStarter] });
    const browser = await Browser.launch(server);
    const page = await browser.open({ path: '/#/keys', expected: [/400/, /401/] });
    const make = page.getByRole('button', { name: 'Make the key' });
    await page.getByText('There are no keys').waitFor();
    await make.click();
    await assertExplained(page.getByLabel('Name', { exact: true }), 'Use 1 to 64 plain characters.');
    await page.getByLabel('Name', { exact: true }).fill('root');
    await page.getByLabel(/^Administration/).uncheck();
    await make.click();
    await page.getByText('The first key needs administration.').waitFor();
    await page.getByLabel(/^Administration/).check();
    await make.click();
    await page.getByRole('heading', { name: 'The new key: root' }).waitFor();
    assert.deepEqual(await seriousProblems(page), []);
    assert.match(await page.locator('.secret code').innerText(), /^gsk_[0-9a-z]{52}$/);
    await page.getByRole('button', { name: 'Use it on this page' }).click();
    await page.getByRole('row', { name: /root/ }).getByText('Valid').waitFor();

    await page.getByLabel('Name', { exact: true }).fill('lab');
    await page.getByLabel('Everything but administration').uncheck();
    await make.click();
    await page.getByText('Choose at least one part.').waitFor();
    await page.getByLabel('Chat', { exact: true }).check();
    await page.getByLabel('Models', { exact: true }).fill('a b');
    await page.getByLabel('Requests per minute').fill('-1');
    await page.getByLabel('Until').fill('2020-01-01');
    await make.click();
    await assertExplained(page.getByLabel('Models', { exact: true }), 'is no id of a model');
    await assertExplained(page.getByLabel('Requests per minute'), 'must lie between');
    await assertExplained(page.getByLabel('Until'), 'has begun already');
    await page.getByLabel('Models', { exact: true }).fill('peregrine-*');
    await page.getByLabel('Requests per minute').fill('5');
    await page.getByLabel('Until').fill('');
    await make.click();
    const secret = await page.locator('.secret code').innerText();
    await page.getByRole('button', { name: 'I have it' }).click();
    const lab = page.getByRole('row', { name: /lab/ });
    await lab.getByText('Requests per minute: 5').waitFor();
    assert.ok(!(await page.content()).includes(secret), 'it is shown once');
    const models = () => fetch(`${server.root}/openai/v1/models`, { headers: { authorization: `Bearer ${secret}` } });
    assert.equal((await models()).status, 200);

    page.once('dialog', (dialog) => dialog.dismiss());
    await lab.getByRole('button', { name: 'Revoke lab' }).click();
    assert.equal((await models()).status, 200);
    page.once('dialog', (dialog) => dialog.accept());
    await lab.getByRole('button', { name: 'Revoke lab' }).click();
    await lab.waitFor({ state: 'detached' });
    assert.equal((await models()).status, 401);
    await page.getByLabel('Also show keys').check();
    await lab.getByText('Revoked').waitFor();
    assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }).includes('gsk_')), false);
    await finish(page);
    await browser.close();
    await server.stop();
  });

  it('a key without the scope sees the views explained, and another one opens them', async () => {
    const server = await Server.start({ models: [kStarter], config: '[server]\nkeys = ["sesame-open-the-door"]\nadmin_keys = ["root-of-all-sesame"]\n' });
    const browser = await Browser.launch(server);
    const page = await browser.open({ path: '/#/live', expected: [/401/, /403/] });
    const give = async (key) => {
      await page.getByLabel('Key', { exact: true }).fill(key);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await give('sesame-open-the-door');
    await page.getByText('shown to keys with the scope admin').waitFor();
    for (const [view, text] of [['keys', 'managed with a key that has the scope admin'], ['models', 'What there is you see all the same.']]) {
      await page.goto(`${server.root}/#/${view}`);
      await page.getByText(text).waitFor();
      assert.deepEqual(await seriousProblems(page), [], view);
    }
    await page.getByRole('row', { name: /peregrine-starter/ }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Load|^Unload/ }).count(), 0);
    await page.getByRole('button', { name: 'Use another key' }).click();
    await give('root-of-all-sesame');
    await page.getByRole('button', { name: 'Unload: peregrine-starter' }).waitFor();
    await page.getByText('This server fetches nothing.').waitFor();
    await finish(page);
    await browser.close();
    await until('nobody watches', async () => (await (await fetch(`${server.root}/ready`)).json()).status === 'ready');
    await server.stop();
  });
});
