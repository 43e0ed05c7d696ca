// What is pulled, by which names, from a hub of our own; whom it trusts and tells its token.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { selfSigned } from './lib/certificate.mjs';
import { peregrine } from './lib/cli.mjs';
import { scratch } from './lib/environment.mjs';
import { FileServer, Hub, modelBytes, sha256 } from './lib/hub.mjs';
import { golden } from './lib/models.mjs';
import { assertContent, assertFiles, fails, newFolder, ok, startHub } from './lib/pull.mjs';

describe('what is pulled', () => {
  const files = {
    'README.md': Buffer.from('# models'),
    'm-Q2_K.gguf': modelBytes(1000, 2),
    'm-Q4_K_M.gguf': modelBytes(2000, 4),
    'm-Q8_0.gguf': modelBytes(3000, 8),
    'mmproj-F16.gguf': modelBytes(500, 5),
  };

  for (const [reference, name] of [
    ['hf:org/m-GGUF', 'm-Q4_K_M.gguf'],
    ['hf:org/m-GGUF:Q8_0', 'm-Q8_0.gguf'],
    ['hf:org/m-GGUF:m-Q2_K.gguf', 'm-Q2_K.gguf'],
    ['$HUB/org/m-GGUF', 'm-Q4_K_M.gguf'],
    ['$HUB/org/m-GGUF/resolve/main/m-Q8_0.gguf', 'm-Q8_0.gguf'],
    ['$HUB/org/m-GGUF/blob/main/m-Q8_0.gguf?download=true', 'm-Q8_0.gguf'],
  ]) {
    it(reference, async () => {
      const hub = await startHub({ 'org/m-GGUF': files });
      const folder = newFolder();
      const { stdout } = await ok(hub, folder, ['pull', reference.replace('$HUB', hub.url)]);
      assert.equal(stdout, `${path.join(folder, name)}\n`);
      assertFiles(folder, [name]);
      assertContent(stdout.trim(), files[name]);
    });
  }

  it('a name of the catalogue, listed and removed by it', async () => {
    const repository = { 'gpt-oss-20b-MXFP4.gguf': modelBytes(5000), 'gpt-oss-20b-Q4_K_M.gguf': modelBytes(10) };
    const hub = await startHub({ 'ggml-org/gpt-oss-20b-GGUF': repository });
    const folder = newFolder();
    const { stdout, stderr } = await ok(hub, folder, ['pull', 'gpt-oss']);
    assert.equal(path.basename(stdout.trim()), 'gpt-oss-20b-MXFP4.gguf');
    assert.match(stderr, /Pulled openai\/gpt-oss-20b \(5\.0 kB\)\. Serve it with: peregrine serve --model \//);
    const list = JSON.parse((await ok(hub, folder, ['list', '--json'])).stdout);
    assert.deepEqual(list, {
      models: [{
        id: 'openai/gpt-oss-20b',
        bytes: 5000,
        path: stdout.trim(),
        files: [stdout.trim()],
        source: 'hf:ggml-org/gpt-oss-20b-GGUF:gpt-oss-20b-MXFP4.gguf',
        sha256: sha256(repository['gpt-oss-20b-MXFP4.gguf']),
      }],
      unfinished: [],
    });
    await ok(hub, folder, ['rm', 'GPT-OSS-20B', '--yes']);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('all shards, the first one opened', async () => {
    const shard = (no) => `Q4_K_M/big-Q4_K_M-0000${no}-of-00003.gguf`;
    const repository = Object.fromEntries([1, 2, 3].map((no) => [shard(no), modelBytes(1000 * no, no)]));
    const hub = await startHub({ 'org/big-GGUF': repository });
    const folder = newFolder();
    const { stdout } = await ok(hub, folder, ['pull', 'hf:org/big-GGUF']);
    assert.equal(path.basename(stdout.trim()), 'big-Q4_K_M-00001-of-00003.gguf');
    for (const no of [1, 2, 3]) assertContent(path.join(folder, path.basename(shard(no))), repository[shard(no)]);
    const { models } = JSON.parse((await ok(hub, folder, ['list', '--json'])).stdout);
    assert.deepEqual([models.length, models[0].bytes, models[0].files.length], [1, 6000, 3]);
    assert.match((await ok(hub, folder, ['list'])).stdout, /^big-q4_k_m +6\.0 kB  .* and 2 more, from hf:org\/big-GGUF:/m);
  });

  it('a set of shards is named only when all are there', async () => {
    const shard = (no) => `s-0000${no}-of-00002.gguf`;
    const repository = { [shard(1)]: modelBytes(1000, 1), [shard(2)]: modelBytes(1000, 2) };
    const hub = await startHub({ 'org/s-GGUF': repository });
    const bad = `/${sha256(repository[shard(2)])}`;
    hub.delivery.behave = ({ path: asked }) => (asked === bad ? { body: modelBytes(1000, 3) } : undefined);
    const folder = newFolder();
    await fails(/SHA-256/, hub, folder, ['pull', 'hf:org/s-GGUF']);
    assertFiles(folder, [`${shard(1)}.part`]);
    hub.delivery.behave = () => undefined;
    hub.delivery.requests = [];
    await ok(hub, folder, ['pull', 'hf:org/s-GGUF']);
    assertFiles(folder, [shard(1), shard(2)]);
    assert.ok(hub.delivery.requests.every(({ path: asked }) => asked === bad), 'the first was not fetched again');
  });

  it('shards by the URL of one', async () => {
    const shards = { '/x/m-00001-of-00002.gguf': modelBytes(100, 1), '/x/m-00002-of-00002.gguf': modelBytes(200, 2) };
    const server = await new FileServer(shards).listen();
    const folder = newFolder();
    await ok(null, folder, ['pull', `${server.url}/x/m-00002-of-00002.gguf`]);
    assertFiles(folder, ['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf']);
  });

  it('a model that works', async () => {
    const content = readFileSync(golden('llama-q4_k_m'));
    const server = await new FileServer({ '/m.gguf': content }).listen();
    const folder = newFolder();
    const { stdout } = await ok(null, folder, ['pull', `${server.url}/m.gguf`, '--sha256', sha256(content)]);
    const { status } = await peregrine(['complete', stdout.trim(), '-p', 'Hi', '-n', '2']);
    assert.equal(status, 0);
  });

  it('whisper\'s files, which are no GGUF', async () => {
    const hub = await startHub({ 'ggerganov/whisper.cpp': { 'ggml-large-v3-turbo.bin': modelBytes(999, 1, 'lmgg') } });
    const folder = newFolder();
    await ok(hub, folder, ['pull', 'whisper-turbo']);
    assert.equal(JSON.parse((await ok(hub, folder, ['list', '--json'])).stdout).models[0].id, 'whisper-large-v3-turbo');
  });

  it('several and none named: tells how to', async () => {
    const hub = await startHub({ 'org/two': { 'a-Q8_0.gguf': modelBytes(10), 'b-Q8_0.gguf': modelBytes(10) } });
    const { stderr } = await fails(/several models; name one/, hub, newFolder(), ['pull', 'hf:org/two']);
    assert.match(stderr, /peregrine pull hf:org\/two:a-Q8_0\.gguf/);
  });
});

describe('pulled before', () => {
  it('is not fetched again', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': modelBytes(5000) } });
    const folder = newFolder();
    await ok(hub, folder, ['pull', 'hf:org/m']);
    hub.delivery.requests = [];
    const { stdout, stderr } = await ok(hub, folder, ['pull', 'hf:org/m']);
    assert.equal(stdout, `${path.join(folder, 'm.gguf')}\n`);
    assert.match(stderr, /Was there already: m /);
    assert.equal(hub.delivery.requests.length, 0);
  });

  it('is replaced when the hub has another', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': modelBytes(5000, 1) } });
    const folder = newFolder();
    await ok(hub, folder, ['pull', 'hf:org/m']);
    const other = modelBytes(5000, 2);
    hub.repositories['org/m'] = { 'm.gguf': other };
    await ok(hub, folder, ['pull', 'hf:org/m']);
    assertContent(path.join(folder, 'm.gguf'), other);
    assertFiles(folder, ['m.gguf']);
  });

  it('from elsewhere, or put there by hand, is left alone', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': modelBytes(5000, 1) }, 'org/n': { 'm.gguf': modelBytes(5000, 2) } });
    const folder = newFolder();
    await ok(hub, folder, ['pull', 'hf:org/m']);
    await fails(/is there already, from hf:org\/m:m\.gguf; .*peregrine rm/, hub, folder, ['pull', 'hf:org/n']);
    assertContent(path.join(folder, 'm.gguf'), hub.repositories['org/m']['m.gguf']);
    const byHand = newFolder();
    writeFileSync(path.join(byHand, 'm.gguf'), 'mine');
    await fails(/was not pulled/, hub, byHand, ['pull', 'hf:org/m']);
    assert.equal(readFileSync(path.join(byHand, 'm.gguf'), 'utf8'), 'mine');
  });
});

describe('the hub itself', () => {
  const repository = () => ({ 'org/m': { 'm.gguf': modelBytes(5000) } });

  it('gets the token, nobody else does', async () => {
    const hub = await startHub(repository());
    hub.token = 'hf_secret';
    await fails(/HTTP 401.*HF_TOKEN/, hub, newFolder(), ['pull', 'hf:org/m']);
    await fails(/HTTP 403.*licence/, hub, newFolder(), ['pull', 'hf:org/m'], { env: { HF_TOKEN: 'hf_wrong' } });
    const { stderr } = await ok(hub, newFolder(), ['pull', 'hf:org/m'], { env: { HF_TOKEN: 'hf_secret' } });
    assert.ok(!stderr.includes('hf_secret'));
    assert.ok(hub.delivery.requests.length > 0);
    for (const { headers } of hub.delivery.requests) assert.equal(headers.authorization, undefined);
    const other = await new FileServer({ '/m.gguf': modelBytes(5000) }).listen();
    await ok(hub, newFolder(), ['pull', `${other.url}/m.gguf`], { env: { HF_TOKEN: 'hf_secret' } });
    for (const { headers } of other.requests) assert.equal(headers.authorization, undefined);
  });

  it('signatures of links are not shown', async () => {
    const hub = await startHub(repository());
    hub.delivery.behave = () => ({ status: 404 });
    const { stderr } = await fails(/HTTP 404/, hub, newFolder(), ['pull', 'hf:org/m']);
    assert.ok(!stderr.includes('secret'), stderr);
  });

  for (const [name, behave, pattern] of [
    ['trouble', () => ({ status: 500 }), /HTTP 500/],
    ['a listing that is none', () => ({ status: 200, body: '<html>' }), /HF_ENDPOINT/],
    ['an empty repository', () => ({ status: 200, body: '[]' }), /no GGUF files/],
    ['a listing that climbs', () => ({ status: 200, body: '[{"type":"file","path":"../../x.gguf","size":9}]' }), /no GGUF files/],
    ['a digest unlike the listing\'s', ({ method }) => (method === 'HEAD' ? { status: 302, headers: { 'x-linked-etag': 'a'.repeat(64), 'x-linked-size': 5000, location: '/x' } } : undefined), /SHA-256|redirects/],
    ['a file of no size', ({ method }) => (method === 'HEAD' ? { status: 200, headers: { 'content-length': 0 } } : undefined), /empty/],
  ]) {
    it(`${name} is told`, async () => {
      const hub = await startHub(repository());
      hub.behave = behave;
      const folder = newFolder();
      await fails(pattern, hub, folder, ['pull', 'hf:org/m']);
      assertFiles(folder, []);
    });
  }

  it('over TLS is trusted only with a reason', async () => {
    const { key, certificate } = selfSigned();
    const hub = await new Hub(repository()).listen({ key, cert: certificate });
    const folder = newFolder();
    await fails(/certificate is not to be trusted.*SSL_CERT_FILE/, hub, folder, ['pull', 'hf:org/m']);
    const file = path.join(scratch, 'authority.pem');
    await fails(/certificates to trust cannot be read/, hub, folder, ['pull', 'hf:org/m'], { env: { SSL_CERT_FILE: file } });
    writeFileSync(file, certificate);
    // From https to the http of the delivery: refused.
    await fails(/without encryption; refused/, hub, folder, ['pull', 'hf:org/m'], { env: { SSL_CERT_FILE: file } });
    const secure = await new FileServer({ '/m.gguf': modelBytes(5000) }).listen({ key, cert: certificate });
    await ok(null, folder, ['pull', `${secure.url}/m.gguf`], { env: { SSL_CERT_FILE: file } });
    const misnamed = `${secure.url.replace('127.0.0.1', 'localhost')}/m.gguf`;
    await fails(/certificate is not to be trusted/, null, newFolder(), ['pull', misnamed], { env: { SSL_CERT_FILE: file } });
  });

  it('that is not there', async () => {
    const hub = await startHub(repository());
    await hub.stop();
    await fails(/cannot connect; is this machine online/, hub, newFolder(), ['pull', 'hf:org/m']);
  });
});

describe('URLs', () => {
  it('a digest that is right, and one that is not', async () => {
    const content = modelBytes(5000);
    const server = await new FileServer({ '/m.gguf': content }).listen();
    const folder = newFolder();
    await fails(/SHA-256/, null, folder, ['pull', `${server.url}/m.gguf`, '--sha256', 'a'.repeat(64)]);
    assertFiles(folder, []);
    await ok(null, folder, ['pull', `${server.url}/m.gguf`, '--sha256', sha256(content).toUpperCase()]);
    assertContent(path.join(folder, 'm.gguf'), content);
  });

  it('that lead through other hosts', async () => {
    const content = modelBytes(5000);
    const last = await new FileServer({ '/real': content }).listen();
    const first = await new FileServer({}).listen();
    first.behave = () => ({ status: 302, headers: { location: `${last.url.replace('127.0.0.1', 'localhost')}/real` } });
    const folder = newFolder();
    await ok(null, folder, ['pull', `${first.url}/m.gguf`]);
    assertContent(path.join(folder, 'm.gguf'), content);
  });

  it('without a length cannot be told apart from broken ones', async () => {
    const server = await new FileServer({ '/m.gguf': modelBytes(5000) }).listen();
    server.behave = () => ({ ignoreRange: true, headers: { 'transfer-encoding': 'chunked' } });
    server.send = (response, request, status) => response.writeHead(status, {}).end('GGUFxxxx');
    await fails(/does not tell how large/, null, newFolder(), ['pull', `${server.url}/m.gguf`]);
  });
});
