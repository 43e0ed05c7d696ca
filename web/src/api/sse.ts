// Server-sent events out of text that may be cut anywhere (HTML standard, 9.2.6).

export interface ServerEvent {
  name: string;
  data: string;
}

// Over this a line is no event of ours, and is dropped instead of collected.
const kMaxPending = 16 * 1024 * 1024;

export class EventParser {
  #pending = '';

  push(text: string): ServerEvent[] {
    this.#pending += text.replaceAll('\r\n', '\n');
    const frames = this.#pending.split('\n\n');
    this.#pending = frames.pop() ?? '';
    if (this.#pending.length > kMaxPending) this.#pending = '';
    return frames.map(parseFrame).filter((event) => event !== null);
  }
}

function parseFrame(frame: string): ServerEvent | null {
  let name = 'message';
  const data: string[] = [];
  for (const line of frame.split('\n')) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : { name, data: data.join('\n') };
}
