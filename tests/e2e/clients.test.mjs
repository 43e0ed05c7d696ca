// What a program meets beside chats: models, keys, the clients' error classes, and going away.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { errorBody, errorsOf, makeClients, userSays } from './lib/clients.mjs';
import { request } from './lib/http.mjs';
import { endless, golden, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kModelKeys = [
  'id', 'object', 'created', 'owned_by', 'active', 'context_window', 'public_apps', 'max_completion_tokens',
];

describe('clients', () => {
  let server;
  let clients;
  before(async () => {
    server = await Server.start({ models: [plain('Plain-Model'), golden('llama-gqa-f32')], config: 'memory = "1GiB"' });
    clients = makeClients(server);
  });
  after(() => server.stop());

  for (const name of ['groq-sdk', 'openai']) {
    describe(`with ${name}`, () => {
      const { AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError } = errorsOf[name];
      let client;
      before(() => {
        client = clients[name];
      });

      // Checks class, status and envelope of a refusal.
      const refused = (promise, Class, status, body) =>
        assert.rejects(promise, (error) => {
          assert.ok(error instanceof Class, `${error.constructor.name}: ${error.message}`);
          assert.equal(error.status, status);
          for (const [key, value] of Object.entries(body)) assert.equal(errorBody(error)[key], value);
          assert.match(error.headers.get('x-request-id'), /^req_/);
          return true;
        });

      it('lists models', async () => {
        const { data, object } = await client.models.list();
        assert.equal(object, 'list');
        assert.deepEqual(data.map((model) => model.id), ['plain-model', 'llama-gqa-f32']);
        for (const model of data) {
          assert.deepEqual(Object.keys(model), kModelKeys);
          assert.equal(model.object, 'model');
          assert.equal(model.active, true);
          assert.equal(model.public_apps, null);
          assert.equal(model.context_window, 512);
          assert.ok(Number.isInteger(model.created) && model.created > 0);
        }
      });

      it('retrieves a model, whatever its case', async () => {
        for (const id of ['plain-model', 'Plain-Model', 'PLAIN-MODEL']) {
          assert.equal((await client.models.retrieve(id)).id, 'plain-model');
        }
      });

      it('a model that is not there', async () => {
        const message = 'The model `org/none` does not exist or you do not have access to it.';
        const body = { type: 'invalid_request_error', code: 'model_not_found', message };
        await refused(client.models.retrieve('org/none'), NotFoundError, 404, body);
        const chat = client.chat.completions.create({ model: 'org/none', messages: userSays('Hi') });
        await refused(chat, NotFoundError, 404, body);
      });

      it('a model of the server cannot be deleted', async () => {
        await refused(client.models.delete('plain-model'), PermissionDeniedError, 403, { code: 'model_not_deletable' });
        assert.equal((await client.models.retrieve('plain-model')).id, 'plain-model');
      });

      it('a chat names the model as it was asked for', async () => {
        const chat = { model: 'PLAIN-model', messages: userSays('Hi'), max_completion_tokens: 2 };
        assert.equal((await client.chat.completions.create(chat)).model, 'PLAIN-model');
      });

      it('a bad request names its field, before a stream and without one', async () => {
        for (const stream of [false, true]) {
          const chat = client.chat.completions.create({ model: 'plain-model', messages: userSays('Hi'), temperature: 3, stream });
          await refused(chat, BadRequestError, 400, { type: 'invalid_request_error', param: 'temperature' });
        }
      });

      it('what a model or the server cannot do is refused', async () => {
        const base = { model: 'plain-model', messages: userSays('Hi') };
        const search = { tools: [{ type: 'browser_search' }] };
        await refused(client.chat.completions.create({ ...base, ...search }), BadRequestError, 400, { param: 'tools[0].type' });
        const raw = client.chat.completions.create({ ...base, reasoning_format: 'raw' });
        await refused(raw, BadRequestError, 400, { param: 'reasoning_format' });
        const embedding = client.embeddings.create({ model: 'plain-model', input: 'x' });
        await refused(embedding, BadRequestError, 400, { message: 'The model `plain-model` does not support embeddings' });
      });

      it('a stream that the client leaves is cancelled', async () => {
        const chat = { model: 'plain-model', messages: userSays('Hi'), stream: true, ...endless };
        const stream = await client.chat.completions.create(chat);
        let seen = 0;
        for await (const chunk of stream) {
          if (chunk.choices[0].delta.content && ++seen === 3) break;
        }
        assert.equal(seen, 3);
        await server.assertIdle();
      });

      it('a whole answer that the client no longer waits for is cancelled', async () => {
        const leave = new AbortController();
        const chat = { model: 'plain-model', messages: userSays('Hi'), n: 64, ...endless };
        const answer = client.chat.completions.create(chat, { signal: leave.signal });
        const gone = assert.rejects(answer, errorsOf[name].APIUserAbortError);
        await until('it runs', async () => (await server.metrics()).value('peregrine_running_sequences') > 0);
        leave.abort();
        await gone;
        await server.assertIdle();
      });

      it('keys', async () => {
        const keyed = await Server.start({ models: [plain('keyed')], config: '[server]\nkeys = ["sesame", "second"]' });
        const body = { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Invalid API Key' };
        for (const apiKey of ['sesam', 'sesame2', 'SESAME', 'sesame second']) {
          const wrong = makeClients(keyed, { apiKey })[name];
          await refused(wrong.models.list(), AuthenticationError, 401, body);
          const chat = wrong.chat.completions.create({ model: 'keyed', messages: userSays('Hi'), stream: true });
          await refused(chat, AuthenticationError, 401, body);
        }
        for (const apiKey of ['sesame', 'second']) {
          const right = makeClients(keyed, { apiKey })[name];
          assert.equal((await right.models.list()).data[0].id, 'keyed');
          const chat = { model: 'keyed', messages: userSays('Hi'), max_completion_tokens: 2 };
          assert.equal((await right.chat.completions.create(chat)).object, 'chat.completion');
        }
        for (const path of ['/health', '/ready', '/metrics']) assert.equal((await request(keyed, { path })).status, 200);
        assert.equal((await request(keyed, { path: '/openai/v1/models' })).status, 401);
        await keyed.stop();
      });
    });
  }

  it('model ids in paths: escaped, raw, under both prefixes, with an extra slash', async () => {
    for (const path of ['/openai/v1/models/plain-model', '/v1/models/plain-model', '//openai/v1/models/PLAIN-MODEL', '/openai/v1/models/%70lain-model']) {
      const answer = await request(server, { path });
      assert.equal(answer.status, 200, path);
      assert.equal(JSON.parse(answer.body).id, 'plain-model');
    }
    for (const path of ['/openai/v1/models/org%2Fnone', '/openai/v1/models/org/none']) {
      const answer = await request(server, { path });
      assert.equal(answer.status, 404);
      assert.match(JSON.parse(answer.body).error.message, /`org\/none`/);
    }
  });

  it('a body without a content type is JSON', async () => {
    const body = JSON.stringify({ model: 'plain-model', messages: userSays('Hi'), max_completion_tokens: 1 });
    for (const headers of [{}, { 'content-type': 'application/json; charset=utf-8' }]) {
      const answer = await request(server, { method: 'POST', path: '/v1/chat/completions', headers, body });
      assert.equal(answer.status, 200);
    }
  });

  it('leaves nothing behind', () => server.assertIdle());
});
