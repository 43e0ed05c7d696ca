// A hub of models on loopback, with a second server that its downloads are redirected to, as the real one has. Both
// keep what they were asked and misbehave as told.
import { createCipheriv, createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { after } from 'node:test';

// `size` bytes that look random, begin like a model file, and are the same for the same seed.
export function modelBytes(size, seed = 1, beginning = 'GGUF') {
  const key = Buffer.alloc(16, seed);
  const bytes = createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
  Buffer.from(beginning).copy(bytes);
  return bytes;
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const kStarted = new Set();
after(() => Promise.all([...kStarted].map((server) => server.stop())));

// One web server. `behave(request, nth)` may return what to do instead of the usual, for the nth request it gets:
//   {status, headers, body}       this response
//   {body, headers}               this content instead, in ranges as asked
//   {cut: n}                      break the connection after n bytes of the body
//   {hang: n}                     say nothing more after n bytes
//   {hold: n, until: promise}     say nothing more after n bytes, until the promise resolves
//   {ignoreRange: true}           answer 200 with the whole
export class WebServer {
  constructor() {
    this.requests = [];
    this.sockets = new Set();
    this.behave = () => undefined;
  }

  async listen(tls) {
    const handle = (request, response) => this.handle(request, response);
    this.server = tls ? https.createServer(tls, handle) : http.createServer(handle);
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => {}); // clients are killed in these tests
    });
    this.server.on('tlsClientError', () => {});
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `${tls ? 'https' : 'http'}://127.0.0.1:${this.server.address().port}`;
    kStarted.add(this);
    return this;
  }

  async stop() {
    kStarted.delete(this);
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  handle(request, response) {
    const { method, url, headers } = request;
    const entry = { method, url, headers, path: decodeURIComponent(url.split('?')[0]) };
    const action = this.behave(entry, this.requests.length);
    this.requests.push(entry);
    if (action?.status) {
      response.writeHead(action.status, { 'content-length': Buffer.byteLength(action.body ?? ''), ...action.headers });
      response.end(method === 'HEAD' ? undefined : action.body);
    } else {
      this.answer(entry, response, action ?? {});
    }
  }

  send(response, request, status, headers, body, { cut, hang, hold, until } = {}) {
    const part = cut ?? hang ?? hold;
    response.writeHead(status, { 'content-length': body.length, ...headers });
    if (request.method === 'HEAD') return response.end();
    if (part === undefined || part >= body.length) return response.end(body);
    response.write(body.subarray(0, part), () => {
      if (cut !== undefined) response.socket?.destroy();
    });
    until?.then(() => response.end(body.subarray(part)));
  }

  // `content` as a well-behaved server sends it.
  sendFile(response, request, content, action) {
    const body = action.body ?? content;
    const range = action.ignoreRange ? null : /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const headers = { etag: `"${sha256(body).slice(0, 16)}"`, ...action.headers };
    if (!range) return this.send(response, request, 200, headers, body, action);
    const first = Number(range[1]);
    const last = Math.min(Number(range[2]), body.length - 1);
    if (first >= body.length) return this.send(response, request, 416, {}, Buffer.alloc(0));
    headers['content-range'] = `bytes ${first}-${last}/${body.length}`;
    this.send(response, request, 206, headers, body.subarray(first, last + 1), action);
  }

  // Bytes that were asked for by ranges.
  bytesAsked() {
    return this.requests.reduce((sum, { headers }) => {
      const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '');
      return range ? sum + Number(range[2]) - Number(range[1]) + 1 : sum;
    }, 0);
  }
}

// Plain files by path.
export class FileServer extends WebServer {
  constructor(files) {
    super();
    this.files = files;
  }

  answer(request, response, action) {
    const content = this.files[request.path];
    if (!content) return this.send(response, request, 404, {}, Buffer.from('no such file'));
    this.sendFile(response, request, content, action);
  }
}

// The hub: repositories with listings; files by redirects to `delivery`, where they lie under their digest.
export class Hub extends WebServer {
  constructor(repositories) {
    super();
    this.repositories = repositories; // {'org/name': {path: Buffer}}
    this.delivery = new FileServer({});
    this.token = undefined; // that requests must bring
  }

  async listen(tls) {
    await this.delivery.listen();
    return super.listen(tls);
  }

  get env() {
    return { HF_ENDPOINT: this.url };
  }

  answer(request, response, action) {
    const refuse = (status, code, message) =>
      this.send(response, request, status, { 'x-error-code': code, 'x-error-message': message }, Buffer.from(message));
    const [, listing] = /^\/api\/models\/([^/]+\/[^/]+)\/tree\/main$/.exec(request.path) ?? [];
    const [, repository, path] = /^\/([^/]+\/[^/]+)\/resolve\/main\/(.+)$/.exec(request.path) ?? [];
    const files = this.repositories[listing ?? repository];
    if (!files) return refuse(401, 'RepoNotFound', 'Invalid username or password.');
    if (this.token && request.headers.authorization !== `Bearer ${this.token}`) {
      return refuse(request.headers.authorization ? 403 : 401, 'GatedRepo', 'Access to model is restricted.');
    }
    if (listing) return this.sendListing(response, request, files);
    const content = files[path];
    if (!content) return refuse(404, 'EntryNotFound', 'Entry not found');
    const digest = sha256(content);
    this.delivery.files[`/${digest}`] = content;
    this.send(response, request, 302, {
      'x-linked-etag': `"${digest}"`,
      'x-linked-size': content.length,
      'x-repo-commit': 'c0ffee',
      location: `${this.delivery.url}/${digest}?signature=secret`,
      ...action.headers,
    }, Buffer.from('Found'));
  }

  sendListing(response, request, files) {
    const listing = Object.entries(files).map(([path, content]) => ({
      type: 'file',
      oid: '0',
      size: content.length,
      path,
      lfs: { oid: sha256(content), size: content.length, pointerSize: 135 },
    }));
    this.send(response, request, 200, { 'content-type': 'application/json' }, Buffer.from(JSON.stringify(listing)));
  }
}
