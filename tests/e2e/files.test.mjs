// The Files API with the official clients, by the letter, and over a data folder whose server is killed.
import assert from 'node:assert/strict';
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import Groq from 'groq-sdk';
import { toFile } from 'openai';

import { toBytes } from './lib/bytes.mjs';
import { peregrine } from './lib/cli.mjs';
import { all, makeClients, rejected } from './lib/clients.mjs';
import { newDataFolder, readData, scratch } from './lib/environment.mjs';
import { formBytes, kFormType } from './lib/forms.mjs';
import { exchangeBytes, parseAnswer, request } from './lib/http.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kPath = '/openai/v1/files';

// A batch file of about `bytes` bytes that no other is like.
let made = 0;
function batchFile(bytes = 100) {
  const id = ++made;
  const lines = [];
  for (let size = 0, i = 0; size < bytes || i === 0; ++i) {
    const line = JSON.stringify({ custom_id: `file-${id}-line-${i}`, text: 'x'.repeat(Math.min(bytes, 900)) });
    lines.push(line);
    size += line.length + 1;
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

const upload = (server, content, filename = 'batch.jsonl', more = []) =>
  request(server, {
    method: 'POST', path: kPath, headers: { 'content-type': kFormType },
    body: formBytes([{ name: 'purpose', content: 'batch' }, { name: 'file', filename, content }, ...more]),
  });

// The content as it is, which is not judged as text.
function contentOf(server, id) {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port: server.port, path: `${kPath}/${id}/content`, agent: false }, (incoming) => {
      const parts = [];
      incoming.on('data', (part) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode, body: Buffer.concat(parts) }));
    }).on('error', reject);
  });
}

describe('files', () => {
  let server;
  let clients;
  const dataDir = newDataFolder('files');
  const blobs = () => readdirSync(path.join(dataDir, 'blobs'));
  before(async () => {
    server = await Server.start({ models: [], dataDir, config: '[files]\nmax_file = "1MiB"\n' });
    clients = makeClients(server);
  });
  after(() => server?.stop());

  it('serve groq-sdk', async () => {
    const groq = clients['groq-sdk'];
    const content = batchFile();
    const file = await groq.files.create({ file: await Groq.toFile(content, 'groß "1".jsonl'), purpose: 'batch' });
    assert.equal(file.object, 'file');
    assert.equal(file.bytes, content.length);
    assert.equal(file.filename, 'groß "1".jsonl');
    assert.equal(file.purpose, 'batch');
    assert.ok(Math.abs(file.created_at - Date.now() / 1000) < 60);
    assert.deepEqual(await groq.files.info(file.id), file);
    assert.ok((await groq.files.list()).data.some(({ id }) => id === file.id));
    const bytes = Buffer.from(await (await groq.files.content(file.id)).arrayBuffer());
    assert.ok(bytes.equals(content));
    assert.deepEqual(await groq.files.delete(file.id), { id: file.id, object: 'file', deleted: true });
    await rejected(groq.files.info(file.id), 404, { code: 'not_found', message: `File with id '${file.id}' not found.` });
    await rejected(groq.files.content(file.id), 404);
    await rejected(groq.files.delete(file.id), 404);
  });

  it('serve openai', async () => {
    const { openai } = clients;
    const content = batchFile();
    const onDisk = path.join(scratch, 'requests.jsonl');
    writeFileSync(onDisk, content);
    const file = await openai.files.create({
      file: createReadStream(onDisk), purpose: 'batch', expires_after: { anchor: 'created_at', seconds: 3600 },
    });
    assert.equal(file.filename, 'requests.jsonl');
    assert.equal(file.status, 'processed');
    assert.deepEqual(await openai.files.retrieve(file.id), file);
    assert.equal(await (await openai.files.content(file.id)).text(), content.toString());
    assert.equal((await openai.files.waitForProcessing(file.id)).id, file.id);
    assert.deepEqual(await openai.files.delete(file.id), { id: file.id, object: 'file', deleted: true });
    await rejected(openai.files.retrieve(file.id), 404);
    await rejected(openai.files.create({ file: await toFile(Buffer.from('{}'), 'a.txt'), purpose: 'batch' }), 400, { param: 'file' });
  });

  it('are listed page by page, by the client itself, also while they are deleted', async () => {
    const { openai } = clients;
    const ids = [];
    for (let i = 0; i < 7; ++i) ids.push((await openai.files.create({ file: await toFile(batchFile(), 'a.jsonl'), purpose: 'batch' })).id);
    const of = async (query) => (await all(openai.files.list(query))).map(({ id }) => id);
    assert.deepEqual(await of({ order: 'asc', limit: 3 }), ids);
    assert.deepEqual(await of({ limit: 2, purpose: 'batch' }), [...ids].reverse());
    assert.deepEqual(await of({ purpose: 'batch_output' }), []);
    const gone = [];
    for await (const { id } of openai.files.list({ limit: 2 })) {
      await openai.files.delete(id);
      gone.push(id);
    }
    assert.deepEqual(gone, [...ids].reverse());
    assert.deepEqual(blobs(), []);
  });

  it('come back byte by byte, whatever their size', async () => {
    for (const bytes of [1, 65_000, 65_536, 131_072, 900_000]) {
      const content = batchFile(bytes);
      const { status, body } = await upload(server, content);
      assert.equal(status, 200, body);
      const { id } = JSON.parse(body);
      const shown = await contentOf(server, id);
      assert.ok(shown.body.equals(content), `${bytes} bytes`);
      const head = await request(server, { method: 'HEAD', path: `${kPath}/${id}/content` });
      assert.equal(head.status, 200);
      await clients.openai.files.delete(id);
    }
  });

  it('come as the client likes', async () => {
    const body = formBytes([{ name: 'purpose', content: 'batch' }, { name: 'file', filename: 'a.jsonl', content: '{}' }]);
    const head = `POST ${kPath} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${kFormType}\r\n`;
    const chunks = [...body].map((byte) => `1\r\n${String.fromCharCode(byte)}\r\n`).join('');
    const kWays = {
      'in chunks of a byte': `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`,
      'by HTTP/1.0': `${head.replace('1.1', '1.0')}Content-Length: ${body.length}\r\n\r\n${body}`,
      'asking first': `${head}Expect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    };
    for (const [way, bytes] of Object.entries(kWays)) {
      const answer = parseAnswer(await exchangeBytes(server, Buffer.from(bytes, 'latin1')));
      assert.equal(answer.status, 200, `${way}: ${answer.body}`);
    }
    for (const { id } of await all(clients.openai.files.list())) await clients.openai.files.delete(id);
  });

  it('take nothing from a web page that was not allowed', async () => {
    const answer = await request(server, {
      method: 'POST', path: kPath, headers: { 'content-type': kFormType, origin: 'https://evil.example' },
      body: formBytes([{ name: 'purpose', content: 'batch' }, { name: 'file', filename: 'a.jsonl', content: '{}' }]),
    });
    assert.equal(answer.status, 400);
    assert.match(answer.body, /evil\.example/);
  });

  it('leave nothing when the client leaves', async () => {
    const body = formBytes([{ name: 'purpose', content: 'batch' }, { name: 'file', filename: 'a.jsonl', content: batchFile(200_000) }]);
    const headers = { 'content-type': kFormType, 'content-length': body.length };
    const leaves = () => new Promise((resolve) => {
      const outgoing = http.request({ host: '127.0.0.1', port: server.port, method: 'POST', path: kPath, headers, agent: false });
      outgoing.on('error', resolve);
      outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy(new Error('gone')));
    });
    await Promise.all(Array.from({ length: 5 }, leaves));
    await until('the requests are over', async () => (await server.metrics()).find('peregrine_http_requests_total')
      .filter(({ labels }) => labels.status === '499' && labels.route === kPath).reduce((sum, { value }) => sum + value, 0) >= 5);
    assert.deepEqual(blobs(), []);
    assert.deepEqual(await all(clients.openai.files.list()), []);
  });

  describe('that are bad', () => {
    for (const row of readData('bad_uploads.json')) {
      it(row.name, async () => {
        const spec = row.parts.repeat ? Array(row.parts.repeat[1]).fill(row.parts.repeat[0]) : row.parts;
        const parts = spec.map(({ content, disposition, ...part }) => ({
          ...part, content: toBytes(content),
          ...(disposition !== undefined && { disposition: toBytes(disposition) }),
        }));
        const body = formBytes(parts, row.end === undefined ? {} : { end: row.end });
        const type = row.type ?? kFormType;
        const answer = await request(server, { method: 'POST', path: kPath, headers: { ...(type && { 'content-type': type }) }, body });
        assert.equal(answer.status, row.status, answer.body);
        const { message, type: kind, ...known } = JSON.parse(answer.body).error;
        assert.equal(kind, 'invalid_request_error');
        assert.deepEqual(known, { ...(row.code && { code: row.code }), ...(row.param && { param: row.param }) }, message);
        assert.ok(message.includes(row.message), message);
        assert.deepEqual(blobs(), []);
      });
    }

    it('leave the server as it was', async () => {
      const { status, body } = await upload(server, '{}\n');
      assert.equal(status, 200);
      await clients.openai.files.delete(JSON.parse(body).id);
    });
  });
});

describe('a large upload', () => {
  it('does not sit in memory, and does not keep others waiting', async () => {
    const server = await Server.start({ models: [] });
    const line = `${JSON.stringify({ text: 'x'.repeat(9_988) })}\n`;
    const block = Buffer.from(line.repeat(100));
    const blockCount = 95;
    const [start, end] = formBytes([{ name: 'purpose', content: 'batch' }, { name: 'file', filename: 'a.jsonl', content: '@' }])
      .toString().split('@');
    const headers = { 'content-type': kFormType, 'content-length': start.length + block.length * blockCount + end.length };
    const { memory, answer } = await new Promise((resolve, reject) => {
      const memory = [];
      const options = { host: '127.0.0.1', port: server.port, method: 'POST', path: kPath, headers, agent: false };
      const outgoing = http.request(options, (incoming) => {
        const parts = [];
        incoming.on('data', (part) => parts.push(part));
        incoming.on('end', () => resolve({ memory, answer: { status: incoming.statusCode, body: Buffer.concat(parts).toString() } }));
      });
      outgoing.on('error', reject);
      (async () => {
        memory.push(residentOf(server.pid));
        outgoing.write(start);
        for (let i = 0; i < blockCount; ++i) {
          if (!outgoing.write(block)) await new Promise((drained) => outgoing.once('drain', drained));
          memory.push(residentOf(server.pid));
          if (i % 30 === 0) assert.equal((await request(server, { path: '/health' })).status, 200);
        }
        outgoing.end(end);
      })().catch(reject);
    });
    assert.equal(answer.status, 200, answer.body);
    assert.equal(JSON.parse(answer.body).bytes, block.length * blockCount);
    const grown = Math.max(...memory) - memory[0];
    assert.ok(grown < 20 << 20, `${grown} bytes more than before`);
    await server.stop();
  });
});

function residentOf(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

describe('the files of a data folder', () => {
  it('are kept within their bytes', async () => {
    const server = await Server.start({ models: [], config: '[files]\nmax_total = "10KiB"\n' });
    const first = await upload(server, batchFile(6_000));
    assert.equal(first.status, 200);
    const second = await upload(server, batchFile(6_000));
    assert.equal(second.status, 400);
    assert.match(second.body, /delete some first/);
    await request(server, { method: 'DELETE', path: `${kPath}/${JSON.parse(first.body).id}` });
    assert.equal((await upload(server, batchFile(6_000))).status, 200);
    await server.stop();
  });

  it('are not taken where the operator wants none', async () => {
    const dataDir = newDataFolder('files');
    const server = await Server.start({ models: [], dataDir, config: '[files]\nstore = false\n' });
    const { status } = await upload(server, '{}');
    assert.equal(status, 404);
    assert.ok(!existsSync(path.join(dataDir, 'blobs')));
    await server.stop();
  });

  it('are looked after by the doctor', async () => {
    const dataDir = newDataFolder('files');
    const doctor = (...more) => peregrine(['doctor', '--data-dir', dataDir, ...more]);
    const none = await doctor();
    assert.equal(none.status, 1);
    assert.match(none.stderr, /is not there/);
    assert.ok(!existsSync(dataDir));

    const server = await Server.start({ models: [], dataDir });
    const files = [];
    for (let i = 0; i < 4; ++i) files.push(JSON.parse((await upload(server, batchFile(500))).body));
    const working = await doctor();  // beside the server
    assert.equal(working.status, 0, working.stdout + working.stderr);
    assert.match(working.stdout, /4 files/);
    await server.stop();

    const blob = (name) => path.join(dataDir, 'blobs', name);
    writeFileSync(blob('file_young'), 'x');
    writeFileSync(blob('file_old'), 'x');
    utimesSync(blob('file_old'), 1e9, 1e9);
    const orphaned = await doctor();
    assert.equal(orphaned.status, 0);
    assert.match(orphaned.stdout, /orphan .*file_old/);
    assert.doesNotMatch(orphaned.stdout, /file_young/);
    const removed = await doctor('--remove-orphans');
    assert.match(removed.stdout, /removed .*file_old/);
    assert.ok(!existsSync(blob('file_old')) && existsSync(blob('file_young')));

    rmSync(blob(files[0].id));
    truncateSync(blob(files[1].id), 7);
    writeFileSync(blob(files[2].id), Buffer.alloc(files[2].bytes, 'y'));
    const lost = await doctor();
    assert.equal(lost.status, 1);
    for (const [i, what] of ['is gone', 'another size', 'has changed'].entries()) {
      assert.match(lost.stdout, new RegExp(`LOST .*${files[i].id}: .*${what}`));
    }
    assert.doesNotMatch(lost.stdout, new RegExp(`LOST .*${files[3].id}`));

    truncateSync(path.join(dataDir, 'peregrine.db'), 5000);
    const damaged = await doctor();
    assert.equal(damaged.status, 1);
    assert.match(damaged.stdout + damaged.stderr, /DAMAGED|is damaged/);
  });
});

// Uploads and deletions from several clients at once, and a kill at any moment; again and again over one data folder.
// PEREGRINE_KILL_ROUNDS asks for more than the few that every run has.
describe('a server that is killed while files come', () => {
  const rounds = Number(process.env.PEREGRINE_KILL_ROUNDS ?? 6);
  const kClients = 4;
  const kMaxDelayMs = 400;

  it(`loses nothing that it acknowledged, in ${rounds} rounds`, async () => {
    const dataDir = newDataFolder('files');
    const kept = new Map();  // id to content, as acknowledged
    const uncertain = new Set();  // asked to be deleted, and no answer came
    const sent = new Set();  // contents, also of uploads that were never answered
    let acknowledged = 0;
    let deleted = 0;

    async function client(server, over) {
      while (!over()) {
        const content = batchFile(Math.floor(Math.random() * 300_000));
        sent.add(content.toString());
        const answer = await upload(server, content).catch(() => null);
        if (answer?.status !== 200) continue;
        const { id } = JSON.parse(answer.body);
        kept.set(id, content);
        ++acknowledged;
        if (Math.random() > 0.3) continue;
        uncertain.add(id);
        const gone = await request(server, { method: 'DELETE', path: `${kPath}/${id}` }).catch(() => null);
        if (gone?.status !== 200) continue;
        uncertain.delete(id);
        kept.delete(id);
        ++deleted;
      }
    }

    async function check(server) {
      const listed = await all(makeClients(server).openai.files.list({ limit: 50 }));
      const ids = new Set(listed.map(({ id }) => id));
      for (const id of kept.keys()) assert.ok(ids.has(id) || uncertain.has(id), `${id} was acknowledged and is lost`);
      for (const { id, bytes } of listed) {
        const { status, body } = await contentOf(server, id);
        assert.equal(status, 200);
        assert.equal(body.length, bytes);
        if (kept.has(id)) assert.ok(body.equals(kept.get(id)), `${id} is not what was sent`);
        assert.ok(sent.has(body.toString()), `${id} is nothing that was sent whole`);
        // What was never answered may be there whole; from now on it has to stay.
        kept.set(id, body);
      }
      for (const id of uncertain) if (!ids.has(id)) kept.delete(id);
      uncertain.clear();
    }

    for (let round = 0; round < rounds; ++round) {
      const server = await Server.start({ models: [], dataDir });
      await check(server);
      let over = false;
      const clients = Array.from({ length: kClients }, () => client(server, () => over));
      // At least one answer, then any moment.
      const before = acknowledged;
      await until('an upload was acknowledged', () => acknowledged > before);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * kMaxDelayMs));
      over = true;
      await server.kill('SIGKILL');
      await Promise.all(clients);
      const doctor = await peregrine(['doctor', '--data-dir', dataDir]);
      assert.equal(doctor.status, 0, doctor.stdout + doctor.stderr);
    }
    const server = await Server.start({ models: [], dataDir });
    await check(server);
    await server.stop();
    console.log(`# ${acknowledged} uploads and ${deleted} deletions acknowledged, ${rounds} kills`);
  });
});
