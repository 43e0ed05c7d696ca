// The data folder as `peregrine doctor` sees it: adapters and batches under way beside uploads, whole and not.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { toFile } from 'openai';

import { adapterZip } from './lib/adapters.mjs';
import { peregrine } from './lib/cli.mjs';
import { makeClients, userSays } from './lib/clients.mjs';
import { scratch } from './lib/environment.mjs';
import { postJson } from './lib/http.mjs';
import { endless, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kLines = 200;
const kLongAgo = 1e9;
const base = plain();

describe('the doctor', () => {
  const dataDir = path.join(mkdtempSync(path.join(scratch, 'doctor-')), 'data');
  const inside = (...names) => path.join(dataDir, ...names);
  const doctor = (...more) => peregrine(['doctor', '--data-dir', dataDir, ...more]);
  let adapter;
  let batch;

  async function finds(pattern) {
    const { status, stdout, stderr } = await doctor();
    assert.equal(status, 1, stdout + stderr);
    assert.match(stdout, pattern);
    assert.equal(stdout.match(/^LOST/gm).length, 1, stdout);
  }
  async function findsNothing() {
    const { status, stdout, stderr } = await doctor();
    assert.equal(status, 0, stdout + stderr);
    return stdout;
  }

  // A server that was killed in the middle of a batch.
  before(async () => {
    const server = await Server.start({ models: [base], dataDir });
    const { openai } = makeClients(server);
    const upload = async (content, name, purpose) => (await openai.files.create({ file: await toFile(content, name), purpose })).id;
    const tuning = await postJson(server, '/v1/fine_tunings', {
      name: 'kept', type: 'lora', base_model: 'plain', input_file_id: await upload(adapterZip(base), 'a.zip', 'fine_tuning'),
    });
    assert.equal(tuning.status, 200, JSON.stringify(tuning.json));
    adapter = tuning.json.id;
    const lines = Array.from({ length: kLines }, (_, i) => JSON.stringify({
      custom_id: `${i}`, method: 'POST', url: '/v1/chat/completions',
      // Every fourth is refused, so that both logs have answers.
      body: { model: 'plain', messages: userSays(`Story ${i}`), max_completion_tokens: 40, seed: i, ...endless, ...(i % 4 === 1 && { temperature: 9 }) },
    }));
    const input = await upload(`${lines.join('\n')}\n`, 'a.jsonl', 'batch');
    batch = (await openai.batches.create({ input_file_id: input, endpoint: '/v1/chat/completions', completion_window: '24h' })).id;
    await until('lines were answered, some of them well', async () => {
      const { completed, failed } = (await openai.batches.retrieve(batch)).request_counts;
      return completed > 0 && failed > 0;
    });
    await server.kill('SIGKILL');
  });

  it('finds everything whole after a kill', async () => {
    const stdout = await findsNothing();
    assert.match(stdout, /^ok +\S+\/blobs {2}2 files, /m);
    assert.match(stdout, /^ok +\S+\/adapters {2}1 adapters, /m);
    assert.match(stdout, /^ok +\S+\/batches {2}1 batches under way, /m);
    assert.doesNotMatch(stdout, /orphan/);
  });

  it('finds an adapter that is gone, cut or changed', async () => {
    const file = inside('adapters', adapter);
    const whole = readFileSync(file);
    rmSync(file);
    await finds(new RegExp(`^LOST +${adapter}: its content is gone$`, 'm'));
    writeFileSync(file, whole.subarray(1));
    await finds(new RegExp(`^LOST +${adapter}: its content has another size than its record$`, 'm'));
    writeFileSync(file, Buffer.concat([whole.subarray(1), Buffer.from('x')]));
    await finds(new RegExp(`^LOST +${adapter}: its content has changed$`, 'm'));
    writeFileSync(file, whole);
    await findsNothing();
  });

  it('finds a batch whose input or answers are gone', async () => {
    for (const [ending, said] of [
      ['', 'its input is gone'], ['.output', `${batch}\\.output with \\d+ answers is gone`], ['.errors', `${batch}\\.errors with \\d+ answers is gone`],
    ]) {
      const file = inside('batches', `${batch}${ending}`);
      renameSync(file, inside('aside'));
      await finds(new RegExp(`^LOST +${batch}: ${said}$`, 'm'));
      renameSync(inside('aside'), file);
    }
    const log = inside('batches', `${batch}.output`);
    const whole = readFileSync(log);
    truncateSync(log, 5);
    await finds(new RegExp(`^LOST +${batch}: ${batch}\\.output has 0 whole answers instead of \\d+$`, 'm'));
    writeFileSync(log, whole);
    await findsNothing();
  });

  it('finds what belongs to nobody, and deletes it when told to', async () => {
    const strays = ['adapters/ft_stray', 'adapters/ft_x-17.partial', 'batches/batch_stray', 'batches/batch_stray.output', 'batches/batch_y-3.partial'];
    for (const name of strays) {
      writeFileSync(inside(name), 'x');
      utimesSync(inside(name), kLongAgo, kLongAgo);
    }
    writeFileSync(inside('batches', 'batch_young.output'), 'x');
    const listed = await findsNothing();
    const named = [...listed.matchAll(/^orphan +(\S+) /gm)].map(([, file]) => path.relative(dataDir, file));
    assert.deepEqual(named.sort(), strays);
    assert.match(listed, /nothing refers to the orphans; peregrine doctor --remove-orphans deletes them/);
    const { status, stdout } = await doctor('--remove-orphans');
    assert.equal(status, 0);
    assert.equal(stdout.match(/^removed /gm).length, strays.length);
    for (const name of strays) assert.ok(!existsSync(inside(name)), name);
    assert.ok(existsSync(inside('batches', 'batch_young.output')));
    assert.ok(existsSync(inside('batches', `${batch}.output`)) && existsSync(inside('adapters', adapter)));
  });

  describe('when the server goes on', () => {
    let server;
    after(() => server?.stop());

    it('has no objection, and nothing was lost', async () => {
      server = await Server.start({ models: [base], dataDir });
      await findsNothing();
      const { openai } = makeClients(server);
      const done = await until('the batch has ended', async () => {
        const now = await openai.batches.retrieve(batch);
        return now.status === 'completed' && now;
      }, 12_000);
      assert.deepEqual(done.request_counts, { total: kLines, completed: (kLines * 3) / 4, failed: kLines / 4 });
      assert.match(await findsNothing(), /^ok +\S+\/batches {2}0 batches under way, /m);
    });
  });
});
