// Models, networks and files that mean ill: the page neither runs what they say nor freezes, and loses nothing.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { answered, finish, listed, say, skip, withBrowser } from './lib/browser.mjs';

const kMaxElements = 8_000; // of a page that shows a hostile answer

const chunk = (delta, finish = null) => `data: ${JSON.stringify({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })}\n\n`;
const whole = (text) => `${chunk({ content: text })}${chunk({}, 'stop')}data: [DONE]\n\n`;

const kScripts = [
  '<script>window.hit = 1</script>', '<img src=x onerror="window.hit = 1">', '<svg><script>window.hit=1</script></svg>',
  '[click](javascript:window.hit=1)', '![pixel](https://elsewhere.example/x.png)', '```html\n<script>window.hit = 1</script>\n```', '<style>body{display:none}</style>',
].join('\n\n');

const kRows = [
  { name: 'scripts', text: kScripts },
  { name: 'a huge table', text: `|${'a|'.repeat(300)}\n|${'-|'.repeat(300)}\n${`|${'x|'.repeat(300)}\n`.repeat(300)}` },
  { name: 'broken Markdown', text: `${'> '.repeat(500)}${'*_[`'.repeat(2000)}\n\n\`\`\`\n${'- '.repeat(500)}` },
  { name: 'a megabyte in one line', text: 'x'.repeat(1_000_000) },
];

describe('hostile', { skip }, () => {
  let server;
  let browser;
  withBrowser({ models: [] }, (made) => { ({ server, browser } = made); });

  // A page whose server answers questions with these bytes.
  async function facing(body, options = {}) {
    const page = await browser.open(options);
    await listed(page);
    await page.route('**/chat/completions', (route) => route.fulfill({ status: 200, contentType: 'text/event-stream', body }));
    return page;
  }

  for (const { name, text } of kRows) {
    it(`answers neither run nor freeze the page: ${name}`, async () => {
      const page = await facing(whole(text));
      await say(page, 'Go on.');
      await answered(page);
      const seen = await page.evaluate(() => ({
        hit: globalThis.hit, elements: document.querySelectorAll('*').length, strangers: document.querySelectorAll('.turn :is(script, img, iframe, style, object)').length,
        display: getComputedStyle(document.body).display,
      }));
      assert.deepEqual({ hit: seen.hit, strangers: seen.strangers, display: seen.display }, { hit: undefined, strangers: 0, display: 'block' });
      assert.ok(seen.elements < kMaxElements, `${seen.elements} elements`);
      await page.getByLabel('Message', { exact: true }).fill('still here');
      await finish(page);
    });
  }

  it('connections that break keep what came, and the way on', async () => {
    const page = await facing(chunk({ content: 'Once upon' }));
    await say(page, 'Tell me a story.');
    await page.getByText('The connection broke off.').waitFor();
    assert.match(await page.locator('.turn.answer').innerText(), /Once upon/);
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    await page.unroute('**/chat/completions');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('2/2').waitFor();
    await answered(page);
    await finish(page);
  });

  it('errors inside a stream are told', async () => {
    const error = { error: { message: 'The model ran out of road.', type: 'internal_server_error', status_code: 500 } };
    const page = await facing(`${chunk({ content: 'Half' })}event: error\ndata: ${JSON.stringify(error)}\n\n`);
    await say(page, 'Go.');
    await page.getByText('The model ran out of road.').waitFor();
    await finish(page);
  });

  it('a server that is gone loses no text', async () => {
    const page = await facing('');
    await page.unroute('**/chat/completions');
    await page.route('**/chat/completions', (route) => route.abort('connectionrefused'));
    page.complaints.length = 0;
    await say(page, 'Are you there?');
    await page.getByText('The server cannot be reached.').waitFor();
    assert.match(await page.locator('.bubble').innerText(), /Are you there/);
    assert.deepEqual(page.complaints.filter((text) => !/ERR_CONNECTION_REFUSED/.test(text)), []);
    await page.context().close();
  });

  it('500 messages are laid out as they come into view', async () => {
    const turns = {};
    for (let i = 0; i < 500; ++i) {
      turns[`t${i}`] = { id: `t${i}`, parent: i === 0 ? null : `t${i - 1}`, role: i % 2 === 0 ? 'user' : 'assistant', content: `Message **${i}**\n\n${'Words and words. '.repeat(40)}`, created: i, model: 'm' };
    }
    const file = { format: 'peregrine-conversations', version: 1, conversations: [{ id: 'c', version: 1, title: 'Long', named: true, created: 1, updated: 1, turns, chosen: {}, settings: {} }] };
    const page = await facing(whole('And on.'));
    await page.setInputFiles('.list-foot input', { name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
    await page.waitForFunction(() => document.querySelectorAll('.turn').length === 500);
    assert.equal(await page.locator('.turn').nth(10).evaluate((turn) => getComputedStyle(turn).contentVisibility), 'auto');
    // A turn that did not change is not made anew by an answer.
    await page.locator('.turn').nth(20).evaluate((turn) => { turn.firstElementChild.dataset.kept = 'yes'; });
    await say(page, 'More?');
    await page.getByText('And on.').waitFor();
    assert.equal(await page.locator('.turn').nth(20).evaluate((turn) => turn.firstElementChild.dataset.kept), 'yes');
    await finish(page);
  });
});
