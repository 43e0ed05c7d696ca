// With keys configured: the page asks for one, and keeps it as long as the person wishes.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { answered, finish, listed, say, seriousProblems, skip, withBrowser } from './lib/browser.mjs';

const kConfig = '[server]\nkeys = ["sesame-open-the-door"]\nadmin_keys = ["root-of-all-sesame"]\n';
const expected = [/401/, /403/];

describe('a server with keys', { skip }, () => {
  let server;
  let browser;
  withBrowser({ models: [], config: kConfig }, (made) => { ({ server, browser } = made); });

  const give = async (page, key) => {
    await page.getByLabel('Key', { exact: true }).fill(key);
    await page.getByRole('button', { name: 'Continue' }).click();
  };

  it('asks for one, says when it is wrong, and forgets it with the page', async () => {
    const page = await browser.open({ expected });
    await page.getByRole('heading', { name: 'A key, please' }).waitFor();
    assert.deepEqual(await seriousProblems(page), []);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Type or paste a key.').waitFor();
    await give(page, 'wrong');
    await page.getByText('does not know this key').waitFor();
    await give(page, 'sesame-open-the-door');
    await listed(page);
    await say(page, 'Hello!');
    await answered(page);
    assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }).includes('sesame')), false);
    await page.reload();
    await page.getByRole('heading', { name: 'A key, please' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.locator('.chat-main > .notice').waitFor();
    await finish(page);
  });

  it('keeps it in the browser if that is wished, until it is forgotten', async () => {
    const page = await browser.open({ expected });
    await page.getByLabel('Keep it in this browser').check();
    await give(page, 'sesame-open-the-door');
    await listed(page);
    await page.reload();
    await listed(page);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'A key, please' }).waitFor();
    await finish(page);
  });

  it('tells who may not see usage what is missing, and shows it to who may', async () => {
    const page = await browser.open({ path: '/#/usage', expected });
    await give(page, 'sesame-open-the-door');
    await page.getByText('with the scope admin').waitFor();
    await finish(page);
    const other = await browser.open({ path: '/#/usage', expected });
    await give(other, 'root-of-all-sesame');
    await other.getByRole('heading', { name: 'Usage' }).waitFor();
    await other.waitForSelector('.figures, .empty');
    await finish(other);
  });
});
