// Fields of JSON: the editor comes late, or not at all, holds to the page's policy, and keeps nobody in.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Server } from '../e2e/lib/server.mjs';
import { assertExplained, Browser, describedBy, finish, put, skip } from './lib/browser.mjs';

const kEditor = '**/assets/json_editor-*.js';

describe('fields of JSON', { skip }, () => {
  let server;
  let browser;
  before(async () => {
    server = await Server.start({ models: [] });
    browser = await Browser.launch(server);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const field = (page) => page.getByRole('textbox', { name: 'JSON Schema', exact: true });
  async function open(options, prepare = async () => undefined) {
    const page = await browser.open(options);
    await page.waitForSelector('.picker option[value="peregrine-starter"]', { state: 'attached' });
    await prepare(page);
    await page.getByLabel('Format', { exact: true }).selectOption('json_schema');
    await field(page).waitFor();
    return page;
  }
  const edited = (page) => page.waitForSelector('.json-editor .cm-content');

  it('have a name, colours, and a mark where they stop being JSON', async () => {
    const page = await open();
    await edited(page);
    assert.equal(await field(page).getAttribute('aria-multiline'), 'true');
    const looks = await page.evaluate(() => {
      const root = document.querySelector('.json-editor').shadowRoot;
      const colour = (element) => getComputedStyle(element).color;
      return { colours: new Set([...root.querySelectorAll('.cm-line span')].map(colour)).size, sheets: root.adoptedStyleSheets.length, tags: root.querySelectorAll('style').length };
    });
    assert.ok(looks.colours >= 3, `${looks.colours} colours`);
    assert.ok(looks.sheets > 0 && looks.tags === 0, 'styles are constructed');
    await put(field(page), '{\n  "type": oops\n}');
    await assertExplained(field(page), 'This is not JSON.');
    await page.getByText('Line 2, column 11.').waitFor();
    assert.ok(await page.locator('.cm-lintRange, .cm-lintPoint').first().isVisible());
    await put(field(page), '[]');
    await assertExplained(field(page), 'This must be a JSON object');
    await put(field(page), '{"type": "object"}');
    await page.waitForFunction(() => document.querySelector('.field.wrong') === null);
    assert.equal(await field(page).getAttribute('aria-invalid'), null);
    assert.deepEqual(await describedBy(field(page)), []);
    await finish(page);
  });

  it('let Tab through, forwards and back, and take no shortcuts', async () => {
    const page = await open();
    await edited(page);
    await page.getByRole('button', { name: 'Tidy up' }).focus();
    await page.keyboard.press('Tab');
    const inside = () => page.evaluate(() => document.activeElement?.classList.contains('json-editor') ?? false);
    assert.equal(await inside(), true);
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' n?/pe');
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.ok((await field(page).innerText()).includes('n?/pe'));
    await page.keyboard.press('Tab');
    assert.equal(await inside(), false);
    await page.keyboard.press('Shift+Tab');
    assert.equal(await inside(), true);
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Tidy up');
    await page.getByText('JSON Schema', { exact: true }).click();
    assert.equal(await inside(), true, 'the label leads to it');
    for (let i = 0; i < 6; ++i) await page.keyboard.press('Control+z');
    assert.ok(!(await field(page).innerText()).includes('n?/pe'), 'undo');
    await finish(page);
  });

  it('are typed over without inline styles', async () => {
    const page = await open();
    await edited(page);
    for (const text of ['["a", true]', '{"b": [1, null]}', '"c"', '7']) {
      await field(page).press('Control+a');
      await page.keyboard.type(text);
      assert.equal(await field(page).innerText(), text);
      assert.equal(await page.evaluate(() => document.querySelector('.json-editor').shadowRoot.querySelectorAll('.cm-line [style]').length), 0);
    }
    await finish(page);
  });

  it('take what other controls set', async () => {
    const page = await open();
    await edited(page);
    await put(field(page), '{"type":"object","properties":{}}');
    await page.getByRole('button', { name: 'Tidy up' }).click();
    await page.waitForFunction(() => document.querySelector('.json-editor').shadowRoot.querySelectorAll('.cm-line').length === 4);
    await finish(page);
  });

  it('are plain until the editor comes, and who types goes on where they are', async () => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    const page = await open({}, (each) => each.route(kEditor, async (route) => {
      await held;
      await route.continue();
    }));
    assert.equal(await field(page).evaluate((element) => element.tagName), 'TEXTAREA');
    await put(field(page), '{"a": 1}');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    release();
    await edited(page);
    await page.keyboard.type('"b": 2, ');
    assert.equal(await field(page).innerText(), '{"b": 2, "a": 1}');
    await finish(page);
  });

  it('stay plain where the editor cannot be had', async () => {
    const page = await open({ expected: [/ERR_FAILED/] }, (each) => each.route(kEditor, (route) => route.abort()));
    await put(field(page), '{');
    await assertExplained(field(page), 'This is not JSON.');
    assert.equal(await field(page).evaluate((element) => element.tagName), 'TEXTAREA');
    await finish(page);
  });
});
