// What keys do. Views say what a command means while they are shown; keys that write text into fields are left alone.
import { dialog, go, panels, viewNames } from './ui';

export type Command = 'write' | 'again' | 'edit' | 'fresh' | 'stop' | 'code';

const handlers = new Map<Command, () => void>();

// Until the function that it returns is called.
export function onCommand(command: Command, handler: () => void): () => void {
  handlers.set(command, handler);
  return () => {
    if (handlers.get(command) === handler) handlers.delete(command);
  };
}

const kKeys: Record<string, () => void> = {
  '?': () => dialog.set('shortcuts'),
  '/': () => handlers.get('write')?.(),
  n: () => { go('chat'); handlers.get('fresh')?.(); },
  r: () => handlers.get('again')?.(),
  e: () => handlers.get('edit')?.(),
  c: () => handlers.get('code')?.(),
  p: () => panels.update((old) => ({ ...old, parameters: !old.parameters })),
};

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (document.querySelector('dialog[open]') !== null) return;
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const name = event.altKey && digit !== undefined ? viewNames[Number(digit) - 1] : undefined;
    if (name !== undefined) {
      event.preventDefault();
      return go(name);
    }
    if (event.key === 'Escape') return handlers.get('stop')?.();
    // In a shadow root, as editors are, the event's target is its host.
    if (event.altKey || isTyping(event.composedPath()[0] ?? event.target)) return;
    const run = kKeys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
}
