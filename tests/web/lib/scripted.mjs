// In front of a real server: passes everything on, but answers chats itself, piece by piece, as a test says.
import http from 'node:http';

const kChat = '/openai/v1/chat/completions';

// An answer that a page waits for.
class Answer {
  #response;

  constructor(response, body) {
    this.#response = response;
    this.request = JSON.parse(body);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
  }

  send(delta, finish = null) {
    this.#response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })}\n\n`);
  }

  end() {
    this.send({}, 'stop');
    this.#response.end('data: [DONE]\n\n');
  }

  // The connection breaks.
  drop() {
    this.#response.destroy();
  }
}

export class Scripted {
  static async start(server) {
    const scripted = new Scripted();
    scripted.#waiting = [];
    scripted.#asked = [];
    scripted.#http = http.createServer((request, response) => scripted.#serve(server, request, response));
    await new Promise((resolve) => scripted.#http.listen(0, '127.0.0.1', resolve));
    scripted.root = `http://127.0.0.1:${scripted.#http.address().port}`;
    return scripted;
  }

  #http;
  #waiting;
  #asked;

  // The next answer that a page asks for.
  next() {
    const answer = this.#asked.shift();
    return answer ? Promise.resolve(answer) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #serve(server, request, response) {
    if (request.method === 'POST' && request.url === kChat) {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        const answer = new Answer(response, Buffer.concat(parts).toString());
        const waiting = this.#waiting.shift();
        if (waiting) waiting(answer);
        else this.#asked.push(answer);
      });
      return;
    }
    const { pathname, search } = new URL(request.url, server.root);
    const headers = { ...request.headers, host: new URL(server.root).host };
    const passed = http.request(server.root + pathname + search, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }

  stop() {
    this.#http.closeAllConnections();
    return new Promise((resolve) => this.#http.close(resolve));
  }
}
