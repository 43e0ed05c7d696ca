// Asks again and again while there is something to wait for: soon after a change, later each time nothing changes or
// the server is not reached; not while the page is hidden; at once when it is shown again or the network is back.
import { ApiFailure, isAbort } from '../api/failure';

export interface PollerOptions<T> {
  ask: (signal: AbortSignal) => Promise<T>;
  goesOn: (value: T) => boolean; // whether there is something to wait for
  onValue: (value: T) => void;
  onFailure: (error: unknown) => void;
}

export const kFirstDelay = 700; // milliseconds
export const kLastDelay = 15_000;
const kGrowth = 1.6;

export const laterThan = (delay: number): number => Math.min(kLastDelay, Math.round(delay * kGrowth));

// What may be otherwise in a while; what the server refuses stays refused.
const passes = (error: unknown): boolean => !(error instanceof ApiFailure) || error.status === 0 || error.status === 429 || error.status >= 498;

export class Poller<T> {
  readonly #options: PollerOptions<T>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | null = null;
  #delay = kFirstDelay;
  #last = '';
  #waits = true; // for an answer, or for something to happen

  constructor(options: PollerOptions<T>) {
    this.#options = options;
    document.addEventListener('visibilitychange', this.#wake);
    addEventListener('online', this.#wake);
    this.now();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.#wake);
    removeEventListener('online', this.#wake);
    this.#halt();
  }

  // Asks at once, whatever was waited for.
  now(): void {
    this.#halt();
    this.#delay = kFirstDelay;
    this.#waits = true;
    void this.#ask();
  }

  readonly #wake = (): void => {
    if (document.hidden) this.#halt();
    else if (this.#waits) this.now();
  };

  #halt(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
  }

  async #ask(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const value = await this.#options.ask(asking.signal);
      if (asking.signal.aborted) return;
      const text = JSON.stringify(value);
      this.#delay = text === this.#last ? laterThan(this.#delay) : kFirstDelay;
      this.#last = text;
      this.#waits = this.#options.goesOn(value);
      this.#options.onValue(value);
    } catch (error) {
      if (asking.signal.aborted || isAbort(error)) return;
      this.#delay = laterThan(this.#delay);
      this.#waits = passes(error);
      this.#options.onFailure(error);
    }
    if (this.#waits && !document.hidden) this.#timer = setTimeout(() => void this.#ask(), this.#delay);
  }
}
