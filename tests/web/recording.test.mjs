// What a microphone hears becomes words: Chromium's own device plays a WAV file, and the speech starter writes it down.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { repository, scratch } from '../e2e/lib/environment.mjs';
import { Server } from '../e2e/lib/server.mjs';
import { Browser, finish, skip } from './lib/browser.mjs';
import { hasVoice, spoken } from './lib/spoken.mjs';

const kSpeech = path.join(repository, 'models', 'peregrine-speech-starter.bin');
const kLongEnough = 'Stop (0:07)'; // what is said takes five seconds

describe('recording', { skip: skip || (hasVoice ? false : 'needs espeak-ng') }, () => {
  let server;
  before(async () => {
    server = await Server.start({ models: [kSpeech] });
  });
  after(() => server?.stop());

  it('what is said into the microphone is written down', async (context) => {
    const sound = path.join(scratch, 'microphone.wav');
    writeFileSync(sound, spoken());
    const browser = await Browser.launch(server, [`--use-file-for-fake-audio-capture=${sound}%noloop`]);
    context.after(() => browser.close());
    const page = await browser.open({ path: '/#/speech', permissions: ['microphone'] });
    await page.getByLabel('Model').waitFor();
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByRole('button', { name: kLongEnough }).click();
    await page.getByText(/^recording\.(webm|ogg|mp4) · /).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Record' }).isVisible(), true);
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByRole('button', { name: 'srt' }).waitFor({ timeout: 120_000 });
    assert.match((await page.locator('.segments').innerText()).toLowerCase(), /light[^]*kitchen/);
    await page.locator('.word').first().click();
    await page.waitForFunction(() => document.querySelector('audio').currentTime > 0);
    await finish(page);
  });

  it('where there is no microphone, that is said', async (context) => {
    const browser = await Browser.launch(server);
    context.after(() => browser.close());
    const page = await browser.open({ path: '/#/speech' });
    await page.getByLabel('Model').waitFor();
    await page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError')); });
    await page.getByRole('button', { name: 'Record' }).click();
    await page.locator('.drop .problem', { hasText: 'There is no microphone' }).waitFor();
    await finish(page);
  });
});
