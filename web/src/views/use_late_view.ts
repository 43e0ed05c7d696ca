import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const kFirstDelay = 1_000; // milliseconds
const kLastDelay = 15_000;
const kReloaded = 'peregrine.reloaded';

// A page of another build asks for parts that are no more: it is loaded anew, once for each part.
function reloadOnce(part: string): boolean {
  try {
    if (sessionStorage.getItem(kReloaded) === part) return false;
    sessionStorage.setItem(kReloaded, part);
  } catch {
    return false;
  }
  location.reload();
  return true;
}

const isReached = (): Promise<boolean> => fetch('/health').then(({ ok }) => ok, () => false);

export interface LateView {
  View: ComponentType | null;
  failed: boolean;
  again: () => void;
}

// A view whose code is fetched when it is opened. Where the server is not reached it is asked again, later each time.
export function useLateView(name: string, load: () => Promise<ComponentType>): LateView {
  const [state, setState] = useState<{ View: ComponentType | null; failed: boolean; round: number }>({ View: null, failed: false, round: 0 });
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const retry = (): void => {
      if (wanted) setState((old) => ({ ...old, round: old.round + 1 }));
    };
    load().then(
      (View) => { if (wanted) setState((old) => ({ ...old, View, failed: false })); },
      async () => {
        const reached = await isReached();
        if (!wanted || (reached && state.round > 0 && reloadOnce(name))) return;
        setState((old) => ({ ...old, failed: true }));
        timer = setTimeout(retry, Math.min(kLastDelay, kFirstDelay * 2 ** state.round));
      },
    );
    addEventListener('online', retry);
    return () => {
      wanted = false;
      clearTimeout(timer);
      removeEventListener('online', retry);
    };
  }, [state.round]);
  return { View: state.View, failed: state.failed, again: () => setState((old) => ({ ...old, round: old.round + 1 })) };
}
