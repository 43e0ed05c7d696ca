// Debian's Chromium, and pages of it that complain about everything that a page should not do.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';

import { chromium } from 'playwright-core';

import { Server } from '../../e2e/lib/server.mjs';

const kNames = ['chromium', 'chromium-browser', 'google-chrome'];

// Its path, or null where there is none.
export const chromiumPath = kNames.map((name) => spawnSync('which', [name]).stdout.toString().trim()).find(Boolean) ?? null;
export const skip = chromiumPath === null ? 'Chromium is not installed (tools/bootstrap test installs it)' : false;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kArguments = ['--no-sandbox', '--disable-dev-shm-usage', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--autoplay-policy=no-user-gesture-required'];

export class Browser {
  // `server`: what pages come from; only its `root` is looked at. `flags`: further arguments.
  static async launch(server, flags = []) {
    const browser = new Browser();
    browser.server = server;
    browser.chromium = await chromium.launch({ executablePath: chromiumPath, args: [...kArguments, ...flags] });
    return browser;
  }

  close() {
    return this.chromium.close();
  }

  // A page in a profile of its own. `expected`: console errors that belong to the test.
  async open({ path = '/#/chat', expected = [], ...options } = {}) {
    const context = await this.chromium.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', acceptDownloads: true, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.complaints = [];
    page.on('pageerror', (error) => page.complaints.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.some((pattern) => pattern.test(message.text()))) page.complaints.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== this.server.root) page.complaints.push(`asked elsewhere: ${request.url()}`);
    });
    await page.goto(this.server.root + path);
    return page;
  }
}

// A server and a browser for the tests of a suite, which are handed to `use` before the first of them.
export function withBrowser(options, use) {
  let server;
  let browser;
  before(async () => {
    server = await Server.start(options);
    browser = await Browser.launch(server);
    use({ server, browser });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}

// Waits until there is a model to talk to.
export async function listed(page) {
  await page.waitForSelector('.picker option[value="peregrine-starter"]', { state: 'attached' });
}

// Ends a page that did nothing wrong.
export async function finish(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

// What axe-core finds that is serious: [{id, nodes}].
export async function seriousProblems(page) {
  // Through the debugger: the page's own policy allows no script of others.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary.split('\n').at(-1)}`) }));
}

// Waits until the answer that is being written is whole.
export async function answered(page, count = 1) {
  await page.waitForFunction((wanted) => {
    const turns = [...document.querySelectorAll('.turn.answer')];
    return turns.length >= wanted && turns.every((turn) => turn.getAttribute('aria-busy') === 'false');
  }, count);
}

export async function say(page, text) {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

// Opens the panel's part of this name, if it is shut.
export async function unfold(page, name) {
  const group = page.locator('.parameters details').filter({ has: page.locator('summary', { hasText: name }) });
  if ((await group.getAttribute('open')) === null) await group.locator('summary').first().click();
  return group;
}

// Puts `text` in place of what a control holds; into an editor it is pasted, which is how people do that.
export async function put(control, text) {
  if (await control.evaluate((element) => element.matches('input, textarea'))) return control.fill(text);
  await control.press('Control+a');
  if (text === '') return control.press('Delete');
  return control.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

// The texts that describe a control, as a reader would be told them; also of controls in a shadow root.
export function describedBy(control) {
  return control.evaluate((element) => {
    const root = element.getRootNode();
    return (element.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean).map((id) => root.getElementById(id)?.textContent ?? `no ${id}`);
  });
}

// What is wrong with a control is told with it, and stands, to be seen, in the same field.
export async function assertExplained(control, problem) {
  const { source, flags } = problem instanceof RegExp ? problem : { source: problem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags: '' };
  const pattern = new RegExp(source, flags);
  const element = await control.elementHandle();
  const seen = ([inner, text, how]) => [...(inner.getRootNode().host ?? inner).closest('.field').querySelectorAll('.problem')].some((each) => each.checkVisibility() && new RegExp(text, how).test(each.textContent));
  await control.page().waitForFunction(seen, [element, source, flags]).catch((error) => assert.fail(`${pattern} is not said: ${error.message}`));
  const told = await describedBy(control);
  assert.ok(told.some((text) => pattern.test(text)), `described by ${JSON.stringify(told)}`);
  assert.equal(await control.getAttribute('aria-invalid'), 'true', String(problem));
}
