// Answers that a scripted server gives piece by piece: thoughts, connections that break, long conversations; and a real
// server that goes and comes back.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { scratch } from '../e2e/lib/environment.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { answered, Browser, finish, say, skip } from './lib/browser.mjs';
import { Scripted } from './lib/scripted.mjs';

const kTurns = 500;
const kInView = 60; // turns that may be rendered of so many
const kKeys = 'typed while it is long';

const message = (page) => page.getByLabel('Message', { exact: true });
const listed = (page) => page.waitForSelector('.picker option[value="peregrine-starter"]', { state: 'attached' });

const kTurnMs = 20; // of work between two looks

// Lets a server work for moments until there is something to see, and stops it there: it is not done yet.
async function workUntil(server, seen) {
  do {
    process.kill(server.pid, 'SIGCONT');
    await pause(kTurnMs);
    process.kill(server.pid, 'SIGSTOP');
  } while (!(await seen()));
}

describe('answers', { skip }, () => {
  let server;
  let scripted;
  let browser;
  before(async () => {
    server = await Server.start({ models: [] });
    scripted = await Scripted.start(server);
    browser = await Browser.launch(scripted);
  });
  after(async () => {
    await browser?.close();
    await scripted?.stop();
    await server?.stop();
  });

  it('thoughts are folded, can be followed and unfolded, and are not part of the answer', async () => {
    const page = await browser.open();
    await listed(page);
    await say(page, 'How many legs has a falcon?');
    const answer = await scripted.next();
    const fold = page.locator('.turn.answer details.reasoning');
    answer.send({ role: 'assistant', content: '' });
    answer.send({ reasoning: 'It is a bird. ' });
    await fold.getByText('Thinking', { exact: true }).waitFor();
    assert.equal(await fold.getAttribute('open'), null, 'folded');
    assert.equal(await fold.locator('pre').isVisible(), false);
    await fold.locator('summary').press('Enter');
    await fold.getByText('It is a bird.').waitFor();
    answer.send({ reasoning: 'Birds have two legs.' });
    await fold.getByText('It is a bird. Birds have two legs.').waitFor();
    answer.send({ content: 'Two.' });
    await fold.getByText('Thoughts', { exact: true }).waitFor();
    answer.end();
    await answered(page);
    assert.equal(await page.locator('.turn.answer .markdown').innerText(), 'Two.');
    assert.notEqual(await fold.getAttribute('open'), null, 'unfolded by hand it stays so');
    await say(page, 'And a dog?');
    const next = await scripted.next();
    assert.deepEqual(next.request.messages.map(({ role, content }) => [role, content]), [['user', 'How many legs has a falcon?'], ['assistant', 'Two.'], ['user', 'And a dog?']]);
    next.send({ content: 'Four.' });
    next.end();
    await answered(page, 2);
    await finish(page);
  });

  it('a connection that breaks keeps the answer so far and what is being typed, and the answer goes on from there', async () => {
    const page = await browser.open({ expected: [/ERR_/] });
    await listed(page);
    await say(page, 'Tell me a story.');
    const answer = await scripted.next();
    answer.send({ content: 'Once upon a time' });
    await page.locator('.turn.answer').getByText('Once upon a time').waitFor();
    await message(page).pressSequentially('typed mean');
    answer.drop();
    await page.getByText('The connection broke off. What came before it is kept.').waitFor();
    await page.keyboard.type('while');
    assert.equal(await message(page).inputValue(), 'typed meanwhile');
    assert.equal(await message(page).evaluate((area) => area === document.activeElement), true, 'the focus stays');
    await page.getByRole('button', { name: 'Go on' }).click();
    const rest = await scripted.next();
    assert.deepEqual(rest.request.messages.at(-1), { role: 'assistant', content: 'Once upon a time' });
    rest.send({ content: ' there was a falcon.' });
    rest.end();
    await page.getByText('Once upon a time there was a falcon.').waitFor();
    assert.equal(await page.locator('.turn.answer').count(), 1);
    assert.equal(await page.getByText('The connection broke off.').count(), 0);
    assert.equal(await message(page).inputValue(), 'typed meanwhile');
    await finish(page);
  });

  it(`a conversation of ${kTurns} messages: a key touches its field alone, a piece of an answer its turn alone`, async () => {
    const turns = {};
    for (let i = 0; i < kTurns; ++i) {
      turns[`t${i}`] = { id: `t${i}`, parent: i === 0 ? null : `t${i - 1}`, role: i % 2 === 0 ? 'user' : 'assistant', content: `Message **${i}**\n\n${'Words and words. '.repeat(40)}`, created: i, model: 'm' };
    }
    const file = { format: 'peregrine-conversations', version: 1, conversations: [{ id: 'c', version: 1, title: 'Long', named: true, created: 1, updated: 1, turns, chosen: {}, settings: {} }] };
    const page = await browser.open();
    await listed(page);
    await page.setInputFiles('.list-foot input', { name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
    await page.waitForFunction((count) => document.querySelectorAll('.turn').length === count, kTurns);

    const rendered = () => page.evaluate(() => [...document.querySelectorAll('.turn > *')].filter((element) => element.checkVisibility({ contentVisibilityAuto: true })).length);
    await page.waitForFunction((most) => [...document.querySelectorAll('.turn')].filter((turn) => turn.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length <= most, kInView);
    assert.ok((await rendered()) > 0);

    await page.evaluate(() => {
      globalThis.touched = [];
      const nameOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('.composer, .turn, .list, .parameters, .thread') ?? document.body;
      new MutationObserver((records) => {
        for (const record of records) {
          const where = nameOf(record.target);
          globalThis.touched.push(where.classList.contains('turn') ? `turn ${[...document.querySelectorAll('.turn')].indexOf(where)}` : where.classList[0] ?? 'body');
        }
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const touched = () => page.evaluate(() => { const all = globalThis.touched; globalThis.touched = []; return all; });
    await message(page).focus();
    await touched();
    await page.keyboard.type(kKeys);
    assert.equal(await message(page).inputValue(), kKeys);
    const byKeys = await touched();
    assert.deepEqual([...new Set(byKeys)].filter((where) => where !== 'composer'), []);
    assert.ok(byKeys.length <= kKeys.length * 8, `${byKeys.length} changes for ${kKeys.length} keys`);

    await page.keyboard.press('Enter');
    const answer = await scripted.next();
    answer.send({ content: 'One' });
    await page.getByText('One', { exact: true }).waitFor();
    await touched();
    for (const word of ['two', 'three', 'four']) {
      answer.send({ content: ` ${word}` });
      await page.locator('.turn').last().getByText(word).waitFor();
    }
    const byPieces = await touched();
    assert.ok(byPieces.length > 0);
    assert.deepEqual([...new Set(byPieces)].filter((where) => where !== `turn ${kTurns + 1}`), [], 'only the last turn changes');
    answer.end();
    await answered(page);
    await finish(page);
  });
});

describe('a server that is killed and comes back', { skip }, () => {
  it('finds the views as they were, and what was typed', async (context) => {
    const dataDir = path.join(mkdtempSync(path.join(scratch, 'back-')), 'data');
    let server = await Server.start({ models: [], dataDir });
    const browser = await Browser.launch({ root: server.root });
    context.after(async () => {
      await browser.close();
      await server.stop();
    });
    const page = await browser.open({ expected: [/ERR_/, /Failed to load resource/] });
    await listed(page);
    await page.getByLabel('Format', { exact: true }).selectOption('regex');
    await page.getByLabel('Regular expression').fill('[a-z ]{9000}');
    process.kill(server.pid, 'SIGSTOP');
    await say(page, 'Write on and on.');
    await workUntil(server, () => page.evaluate(() => (document.querySelector('.turn.answer .markdown')?.textContent.length ?? 0) > 20));
    await message(page).fill('not sent yet');
    await server.kill('SIGKILL');
    await page.getByText('The connection broke off.').waitFor();
    const said = await page.locator('.turn.answer .markdown').innerText();
    assert.ok(said.length > 20);
    // A view that is opened meanwhile says so, and comes to life by itself.
    await page.evaluate(() => { location.hash = '/batches'; });
    await page.getByText('The server cannot be reached.').waitFor();
    server = await Server.start({ models: [], dataDir, port: server.port });
    await page.getByText('No batches yet.').waitFor();
    assert.equal(await page.getByText('The server cannot be reached.').count(), 0);
    await page.evaluate(() => { location.hash = '/chat'; });
    assert.equal(await message(page).inputValue(), 'not sent yet');
    assert.equal(await page.locator('.turn.answer .markdown').innerText(), said);
    await page.getByLabel('Most tokens').fill('5');
    await page.getByRole('button', { name: 'Go on' }).click();
    await answered(page);
    assert.ok((await page.locator('.turn.answer .markdown').innerText()).startsWith(said.trim()));
    assert.equal(await page.getByText('The connection broke off.').count(), 0);
    await finish(page);
  });
});
